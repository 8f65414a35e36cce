"""Pages of posts (领岗): what communities offer, who holds it; one tap to take a post up."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliances.filters import ServicePostFilter
from alliances.forms.alliance import RemarkForm
from alliances.forms.registration import OfferForm, PersonForm, ThanksForm
from alliances.models import PostHolding, ServicePost
from alliances.transitions import close_post, leave_post, offer, take, thank
from alliances.views.dual import RegistrationVerbView, tabs_for
from alliances.words import SERVICE_POST_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, Page
from members.scope import rights_of
from members.words import events_of


class PostListView(ListPage):
    """The posts of one's own community, of those near oneself, or of the governed subtree."""

    model = ServicePost
    filterset_class = ServicePostFilter
    template_name = "registrations/post_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_taken().select_related("community__region")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(
            tabs=tabs_for(user, "posts"), offering=bool(rights_of(user).places), **kwargs
        )
        takeable = ServicePost.objects.order_by().takeable_by(user).values_list("pk", flat=True)
        return context | {"takeable": set(takeable.filter(pk__in=[one.pk for one in context["object_list"]]))}


class PostOfferView(Page, FormView):
    """A community offers a post."""

    form_class = OfferForm
    template_name = "registrations/offer.html"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not rights_of(request.user).places:
            raise PermissionDenied(_("岗位由社区或嘎查村党组织发布。"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        made = offer(**form.cleaned_data, by=self.request.user, at=timezone.now())
        messages.success(self.request, _("岗位已发布。"))
        return HttpResponseRedirect(made.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class PostDetailView(DetailPage):
    """One post: what is to be done, how many places are taken, by whom."""

    model = ServicePost
    template_name = "registrations/post_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_taken().select_related("community__region")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        holdings = PostHolding.objects.visible_to(user).filter(post=self.object).order_by("state", "pk").reverse()
        ids = PostHolding.objects.filter(post=self.object).order_by()
        steps = Step.objects.of(self.object).with_actors()
        return super().get_context_data(
            thing=self.object,
            buttons=buttons_for(self.object, user, SERVICE_POST_BUTTONS),
            holdings=holdings.select_related("person__organization"),
            leavable=set(ids.leavable_by(user).values_list("pk", flat=True)),
            thankable=set(ids.thankable_by(user).values_list("pk", flat=True)),
            events=events_of(steps),
            **kwargs,
        )


class PostTakeView(RegistrationVerbView):
    """Take a post up: for oneself one tap; a branch chooses which of its registered people."""

    model = ServicePost
    able, who, form_class = "takeable_by", "near", PersonForm
    title, button, done = _("领岗"), _("领岗"), _("已领岗。")
    explain = _("名额以提交时为准；以后可以随时离岗。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "community": self.thing.community_id}

    def speak(self, form: forms.Form) -> Any:
        return take(self.thing, form.cleaned_data["person"], by=self.request.user, at=timezone.now())


class PostCloseView(RegistrationVerbView):
    model = ServicePost
    able, who, form_class = "closable_by", "kept_by", ThanksForm
    title, button, done, danger = _("结束岗位"), _("致谢并结束"), _("岗位已结束。"), True
    explain = _("在岗的党员会收到致谢。")

    def speak(self, form: forms.Form) -> Any:
        return close_post(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class HoldingVerbView(RegistrationVerbView):
    model = PostHolding

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("post", "person")

    def get_success_url(self) -> str:
        return str(self.thing.post.get_absolute_url())


class PostLeaveView(HoldingVerbView):
    able, who, form_class = "leavable_by", "acted_for_by", RemarkForm
    title, button, done = _("离岗"), _("离岗"), _("已离岗，名额已空出。")

    def speak(self, form: forms.Form) -> Any:
        return leave_post(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class PostThankView(HoldingVerbView):
    able, who, form_class = "thankable_by", "kept_by", ThanksForm
    title, button, done = _("致谢"), _("致谢"), _("已致谢，名额已空出。")
    explain = _("这位党员的服务到此结束，名额空出。")

    def speak(self, form: forms.Form) -> Any:
        return thank(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
