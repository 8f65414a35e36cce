"""Pages of an order to rectify: its way from the plan to the re-check, the verbs of the lead and of those above."""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Rectification, RectificationAppeal, RectificationPart
from alliances.transitions import appeal as appeals
from alliances.transitions import rectification as verbs
from alliances.words.rectification import APPEAL_BUTTONS, ORDER_BUTTONS, PART_BUTTONS, stages_of
from assessments.appeals import lodge
from assessments.approvals import word_of
from assessments.forms import rectification as shapes
from assessments.models import Proposal
from assessments.words import found_of
from listings.views.story import StoryVerbView, with_buttons
from members.buttons import buttons_for
from members.idempotency import OncePage
from members.models import Approval, Step
from members.pages import DetailPage, ReasonForm
from members.words import events_of


class RectificationDetailView(DetailPage):
    """One order: why, its term, the plan and how far it is, the appeal, the re-check that waits for a second person."""

    model = Rectification
    context_object_name = "order"
    template_name = "rectifications/rectification_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        order, user = self.object, self.request.user
        own = RectificationAppeal.objects.visible_to(user).filter(rectification=order)
        heard = with_buttons(own.select_related("addressed_to"), user, APPEAL_BUTTONS)
        proposal = Proposal.objects.visible_to(user).filter(rectification=order).select_related("run").first()
        recheckable = Alliance.objects.reinstatable_by(user).filter(pk=order.alliance_id)
        context = super().get_context_data(
            stages=stages_of(order),
            parts=with_buttons(order.parts.all(), user, PART_BUTTONS),
            appeals=heard,
            proposal=proposal,
            rules=found_of(proposal) if proposal else (),
            buttons=buttons_for(order, user, ORDER_BUTTONS),
            may_recheck=order.ended_on is None and recheckable.exists(),
            waiting=waiting_on(order, user),
            events=events_of(steps_of(order, heard)),
            **kwargs,
        )
        return context | {"days_left": None if order.ended_on else (order.due_on - context["today"]).days}


def steps_of(order: Rectification, heard: list[RectificationAppeal]) -> QuerySet[Step]:
    """The deeds on an order and on the appeals against it that one may see."""
    kinds = ContentType.objects.get_for_models(Rectification, RectificationAppeal)
    on_order = Q(thing_type=kinds[Rectification], thing_id=order.pk)
    on_appeals = Q(thing_type=kinds[RectificationAppeal], thing_id__in=[appeal.pk for appeal in heard])
    return Step.objects.filter(on_order | on_appeals).with_actors()


def waiting_on(order: Rectification, user: Any) -> list[Any]:
    """The re-check, or the dissolution, that waits for a second person, with its word."""
    if order.ended_on is not None:
        return []
    kind = ContentType.objects.get_for_model(Alliance)
    pending = Approval.objects.visible_to(user).pending().filter(thing_type=kind, thing_id=order.alliance_id)
    found: list[Any] = list(pending.filter(verb__in=("alliances.reinstate", "alliances.dissolve")))
    for approval in found:
        approval.word = word_of(approval)
    return found


class OrderVerbView(StoryVerbView):
    """A verb on an order; the lead's unless it says otherwise."""

    model: Any = Rectification
    who: str | None = "led_by"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance")

    @property
    def about(self) -> str:
        return str(self.thing.alliance)


class PlanView(OrderVerbView):
    able, verb, form_class = "plannable_by", staticmethod(verbs.plan), shapes.PlanForm
    template_name = "rectifications/plan.html"
    title, button, done = _("整改方案"), _("报送方案"), _("已报送，等待组织部门审核。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"order": self.thing}


class AcceptPlanView(OrderVerbView):
    able, who, verb = "acceptable_by", "directed_by", staticmethod(verbs.accept_plan)
    form_class: Any = shapes.AcceptPlanForm
    title, button, done = _("同意整改方案"), _("同意"), _("已同意，牵头党组织按方案整改。")


class ReturnPlanView(OrderVerbView):
    able, who, verb = "returnable_by", "directed_by", staticmethod(verbs.return_plan)
    form_class: Any = ReasonForm
    title, button, done = _("退回整改方案"), _("退回"), _("已退回，牵头党组织会收到理由。")


class ReportProgressView(OncePage, OrderVerbView):
    able, verb, form_class = "reportable_by", staticmethod(verbs.report_progress), shapes.ProgressForm
    title, button, done = _("记进展"), _("记下"), _("已记入整改记录。")


class DeclareReadyView(OrderVerbView):
    able, verb, form_class = "declarable_by", staticmethod(verbs.declare_ready), shapes.ReadyForm
    title, button, done = _("申请复核"), _("申请复核"), _("已申请，组织部门会来复核。")
    explain = _("整改事项都完成之后申请。复核由一位同志提出结论、另一位同志同意。")


class LodgeView(OrderVerbView):
    able, verb, form_class = "appealable_by", staticmethod(lodge), shapes.AppealForm
    title, button, done = _("申诉"), _("提出申诉"), _("已提出申诉。申诉期间整顿照常进行。")
    explain = _("由上一级组织部门办理；作出决定的两位同志不参加。一次整顿只能申诉一次。")


class FinishPartView(StoryVerbView):
    model = RectificationPart
    able, who, verb = "finishable_by", "led_by", staticmethod(verbs.finish_part)
    form_class = shapes.FinishForm
    title, button, done = _("完成整改事项"), _("完成"), _("已记为完成。")


class AppealVerbView(StoryVerbView):
    """A verb on an appeal."""

    model: Any = RectificationAppeal

    @property
    def about(self) -> str:
        return str(self.thing.alliance)


class ForwardView(AppealVerbView):
    able, who, verb, form_class = "forwardable_by", "passed_by", staticmethod(appeals.forward), shapes.OpinionForm
    title, button, done = _("转呈申诉"), _("转呈"), _("已转呈。")


class AnswerView(AppealVerbView):
    who = "addressed_to"
    form_class = shapes.AnswerAppealForm

    @property
    def explain(self) -> str:
        return str(self.thing.text)


class UpholdView(AnswerView):
    able, verb = "upholdable_by", staticmethod(appeals.uphold)
    title, button, done = _("申诉成立"), _("撤销整顿"), _("申诉成立，整顿已撤销，不再计入统计。")


class DismissView(AnswerView):
    able, verb = "dismissable_by", staticmethod(appeals.dismiss)
    title, button, done = _("维持原决定"), _("维持原决定"), _("已答复，整顿照常进行。")


class WithdrawView(AppealVerbView):
    able, who, verb = "withdrawable_by", "lodged_by", staticmethod(appeals.withdraw_appeal)
    form_class = shapes.WithdrawForm
    title, button, done = _("撤回申诉"), _("撤回"), _("已撤回。")
