"""What the deeds of putting in order are called on pages, its stages, and the buttons that speak the verbs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.models import Rectification
from members.buttons import Button

VERBS = {
    "order": _("下达规范整顿"),
    "plan": _("报送整改方案"),
    "accept_plan": _("同意整改方案"),
    "return_plan": _("退回整改方案"),
    "report_progress": _("报告整改进展"),
    "finish_part": _("完成整改事项"),
    "declare_ready": _("自查完成，申请复核"),
    "pass": _("复核通过"),
    "fail": _("复核未通过，继续整顿"),
    "remind": _("期限将到，提醒"),
    "pass_term": _("期限已过，上报"),
    "lift": _("申诉成立，撤销整顿"),
    "end": _("随联合体终止"),
    "lodge": _("提出申诉"),
    "forward": _("转呈申诉"),
    "uphold": _("申诉成立"),
    "dismiss": _("申诉不成立，维持原决定"),
    "withdraw_appeal": _("撤回申诉"),
}

ORDER_BUTTONS = (
    Button(_("报送整改方案"), "rectifications:plan", "plannable_by", "pencil", primary=True, sheet=False),
    Button(_("同意方案"), "rectifications:accept_plan", "acceptable_by", "circle-check", primary=True),
    Button(_("退回方案"), "rectifications:return_plan", "returnable_by", "undo-2"),
    Button(_("记进展"), "rectifications:report_progress", "reportable_by", "pen-line", primary=True),
    Button(_("申请复核"), "rectifications:declare_ready", "declarable_by", "clipboard-check"),
    Button(_("申诉"), "rectifications:lodge", "appealable_by", "scale", sheet=False),
)
PART_BUTTONS = (Button(_("完成"), "rectifications:finish_part", "finishable_by", "circle-check", primary=True),)
APPEAL_BUTTONS = (
    Button(_("转呈"), "rectifications:forward", "forwardable_by", "forward", primary=True),
    Button(_("申诉成立"), "rectifications:uphold", "upholdable_by", "circle-check", primary=True),
    Button(_("维持原决定"), "rectifications:dismiss", "dismissable_by", "circle-x"),
    Button(_("撤回申诉"), "rectifications:withdraw", "withdrawable_by", "undo-2"),
)

State = Rectification.State
ENDS = {
    State.PASSED: _("复核通过"),
    State.LIFTED: _("申诉成立，撤销"),
    State.ENDED: _("随联合体终止"),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage, with the day on which it was reached and whether it is the present one."""

    label: str | Promise
    at: date | None
    current: bool


def stages_of(order: Rectification) -> list[Stage]:
    """The order's way from its day to its end, each stage with its day."""
    way = (
        (State.ORDERED, _("下达，待报方案"), order.ordered_on),
        (State.ANSWERED, _("方案报送"), order.planned_on),
        (State.UNDER_WAY, _("方案同意，整改"), order.accepted_on),
        (State.READY, _("申请复核"), order.ready_on),
    )
    places = [state for state, _label, _day in way]
    here = places.index(State(order.state)) if order.state in places else len(way)
    stages = [
        Stage(label, day if place <= here else None, place == here)
        for place, (_state, label, day) in enumerate(way)
        if here < len(way) or day
    ]
    return [*stages, Stage(ENDS.get(State(order.state), _("复核")), order.ended_on, here == len(way))]
