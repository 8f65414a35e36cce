"""Pages of idea calls and ideas: what is called for, who handed in what, which became projects."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import AllianceFilter
from alliances.models import Alliance
from listings.filters.project import CallFilter
from listings.forms.idea import AnswerForm, CallForm, IdeaForm, StudyIdeaForm
from listings.models import Idea, IdeaCall, Project
from listings.projects.figures import figures_of
from listings.transitions import (
    cancel_call,
    choose,
    close_call,
    decline_idea,
    open_call,
    propose_idea,
    publish_call,
    study_idea,
    withdraw_idea,
)
from listings.views.story import StoryVerbView, lists_tabs
from listings.words.project import CALL_BUTTONS, IDEA_BUTTONS
from members.buttons import buttons_for
from members.idempotency import OncePage
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm
from members.words import events_of

SHOWN = 200
"""Ideas that a call's page shows."""


class CallListView(ListPage):
    """金点子: the calls in one's scope, with what came of them."""

    model = IdeaCall
    filterset_class = CallFilter
    template_name = "ideas/call_list.html"
    ordering = ("-opens_on", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_counts().select_related("alliance", "region")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        seen = self.filter.qs if self.filter.is_valid() else IdeaCall.objects.none()
        return super().get_context_data(
            tabs=lists_tabs("calls"),
            figures=figures_of(seen),
            may_call=Alliance.objects.sponsorable_by(user).exists(),
            answerable=set(IdeaCall.objects.answerable_by(user).values_list("pk", flat=True)[:SHOWN]),
            **kwargs,
        )


class CallWhereView(ListPage):
    """For which alliance to call: those that run and that the user steers."""

    model = Alliance
    filterset_class = AllianceFilter
    template_name = "ideas/call_where.html"
    ordering = ("name", "id")

    def get_queryset(self) -> QuerySet:
        mine = Alliance.objects.sponsorable_by(self.request.user).values("pk")
        return super().get_queryset().filter(pk__in=mine).select_related("region", "lead")


class CallDetailView(DetailPage):
    model = IdeaCall
    context_object_name = "call"
    template_name = "ideas/call_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        call, user = self.object, self.request.user
        ideas = Idea.objects.visible_to(user).filter(call=call).select_related("proposed_by", "project")
        steers = IdeaCall.objects.steered_by(user).filter(pk=call.pk).exists()
        return super().get_context_data(
            ideas=ideas.order_by("pk")[:SHOWN],
            figures=figures_of(IdeaCall.objects.filter(pk=call.pk)) if steers or call.published_on else None,
            steers=steers,
            undecided=call.ideas.undecided().count() if steers else 0,
            buttons=buttons_for(call, user, CALL_BUTTONS),
            events=events_of(Step.objects.of(call).with_actors()),
            days_left=call.days_left(timezone.localdate()),
            **kwargs,
        )


class CallOpenView(OncePage, StoryVerbView):
    """Call for ideas on behalf of an alliance."""

    model = Alliance
    able, who = "sponsorable_by", "steered_by"
    form_class: Any = CallForm
    title, button, done = _("发起金点子征集"), _("发起征集"), _("已发起征集，成员会收到通知。")
    explain = _("联合体所在地区的党组织都可以提交；入选的点子列入这个联合体的项目清单，经费从联合体经费账支付。")
    dates = ("opens_on",)
    verb = staticmethod(open_call)

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else reverse("ideas:list")


class CallVerbView(StoryVerbView):
    model = IdeaCall
    who: str | None = "steered_by"


class CallCloseView(CallVerbView):
    able, verb = "closable_by", staticmethod(close_call)
    title, button, done = _("截止征集，开始评选"), _("截止并评选"), _("征集已截止，可以逐条评选。")
    explain = _("截止后不再收新的点子，所有点子放在一起评选。")


class CallCancelView(CallVerbView):
    able, form_class, verb, danger = "cancellable_by", ReasonForm, staticmethod(cancel_call), True
    title, button, done = _("撤销征集"), _("撤销征集"), _("已撤销。")
    explain = _("还没有人提交的征集可以撤销；已有人提交的，应逐条答复。")


class CallPublishView(CallVerbView):
    able, verb = "publishable_by", staticmethod(publish_call)
    title, button, done = _("公布结果"), _("公布"), _("已公布，提出方都会收到通知。")
    explain = _("公布后，能看到征集的人都能看到入选的点子和理由；未入选的理由只告知提出方。")


class IdeaProposeView(OncePage, StoryVerbView):
    """Hand in an idea: a few fields, on a phone too."""

    model = IdeaCall
    able, who = "answerable_by", "answered_by"
    form_class: Any = IdeaForm
    title, button, done = _("提交金点子"), _("提交"), _("已提交，结果会告知您。")
    verb = staticmethod(propose_idea)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "call": self.thing}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class OwnIdeaListView(ListPage):
    """我提的: what one's organisations handed in, and what came of it."""

    model = Idea
    template_name = "ideas/idea_mine.html"

    def get_queryset(self) -> QuerySet:
        return Idea.objects.proposed_by_user(self.request.user).select_related("call", "proposed_by", "project")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tabs=lists_tabs("mine"), **kwargs)


class IdeaDetailView(DetailPage):
    """One idea. Whose account handed it in, only those read who decide on it or handed it in themselves."""

    model = Idea
    context_object_name = "idea"
    template_name = "ideas/idea_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("call__alliance", "proposed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        idea, user = self.object, self.request.user
        steers = Idea.objects.steered_by(user).filter(pk=idea.pk).exists()
        steps = Step.objects.of(idea).with_actors()
        if not steers and not Idea.objects.proposed_by_user(user).filter(pk=idea.pk).exists():
            steps = steps.exclude(verb="propose_idea")
        return super().get_context_data(
            project=Project.objects.visible_to(user).filter(idea=idea).first(),
            steers=steers,
            buttons=buttons_for(idea, user, IDEA_BUTTONS),
            events=events_of(steps),
            **kwargs,
        )


class IdeaVerbView(StoryVerbView):
    model = Idea
    who: str | None = "steered_by"
    form_class: type[forms.Form] = AnswerForm

    @property
    def crumbs(self) -> list[tuple[Any, str]]:
        return [(self.thing.call, self.thing.call.get_absolute_url()), (self.thing, self.thing.get_absolute_url())]


class IdeaStudyView(IdeaVerbView):
    able, form_class, verb = "studyable_by", StudyIdeaForm, staticmethod(study_idea)
    title, button, done = _("研究这条点子"), _("记下研究意见"), _("已记下。")


class IdeaChooseView(IdeaVerbView):
    able, verb = "choosable_by", staticmethod(choose)
    title, button, done = _("选为项目"), _("选为项目"), _("已入选，列入项目清单，开始征集承接方。")
    explain = _("入选后立即列入联合体的项目清单，由提出方最后确认办结。")

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class IdeaDeclineView(IdeaVerbView):
    able, verb = "declinable_by", staticmethod(decline_idea)
    title, button, done = _("不入选"), _("不入选"), _("已答复提出方。")


class IdeaWithdrawView(IdeaVerbView):
    able, who, form_class, danger = "withdrawable_by", "proposed_by_user", ReasonForm, True
    verb = staticmethod(withdraw_idea)
    title, button, done = _("撤回金点子"), _("撤回"), _("已撤回。")
