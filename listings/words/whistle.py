"""What the verbs of whistles are called on pages, the buttons that speak them, and the stages of a whistle."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from listings.models import Call, Whistle
from listings.words.item import Stage
from members.buttons import Button
from members.models import Step

VERB_WORDS = {
    "blow": _("提出吹哨"),
    "approve": _("批准吹哨"),
    "turn_down": _("不批准"),
    "call_in": _("加叫部门"),
    "sign_for": _("签收"),
    "arrive": _("到场"),
    "report": _("报告处置情况"),
    "refuse": _("说明不由本部门承担"),
    "all_reported": _("部门均已报告，待评价"),
    "evaluate": _("评价"),
    "call_off": _("撤销吹哨"),
}

WHISTLE_BUTTONS = (
    Button(_("批准吹哨"), "whistles:approve", "approvable_by", "megaphone", primary=True),
    Button(_("评价"), "whistles:evaluate", "evaluable_by", "star", primary=True, sheet=False),
    Button(_("不批准"), "whistles:turn_down", "approvable_by", "undo-2"),
    Button(_("加叫部门"), "whistles:call_in", "extendable_by", "user-plus"),
    Button(_("撤销吹哨"), "whistles:call_off", "cancellable_by", "ban", danger=True),
)

CALL_BUTTONS = (
    Button(_("签收"), "calls:sign_for", "signable_by", "pen-line", primary=True),
    Button(_("说明到场"), "calls:arrive", "arrivable_by", "footprints", primary=True),
    Button(_("报告处置情况"), "calls:report", "reportable_by", "clipboard-pen", primary=True),
    Button(_("不由本部门承担"), "calls:refuse", "refusable_by", "corner-up-right"),
)

State = Whistle.State


def stages_of(whistle: Whistle, steps: Sequence[Step], calls: Sequence[Call]) -> list[Stage]:
    """Asked, sounded, signed for, there, reported, evaluated: each with the time at which the first department (the
    last one for the report) came so far."""
    entered = {step.to_state: step.at for step in steps if step.to_state}
    signed = min((call.signed_at for call in calls if call.signed_at), default=None)
    arrived = min((call.arrived_at for call in calls if call.arrived_at), default=None)
    times = (
        (_("提出"), entered.get(State.ASKED)),
        (_("批准吹响"), entered.get(State.SOUNDED)),
        (_("部门签收"), signed),
        (_("到场"), arrived),
        (_("报告"), entered.get(State.REPORTED)),
        (_("评价"), entered.get(State.EVALUATED)),
    )
    reached = max(place for place, (_label, at) in enumerate(times) if at is not None)
    return [Stage(str(label), at, place == reached) for place, (label, at) in enumerate(times)]
