"""What the verbs of lists are called on pages, the buttons that speak them, and the stages of the closed loop."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from listings.models import Item
from listings.words import deadline, loop, project
from members.buttons import Button
from members.models import Step

VERB_WORDS = {
    **project.VERB_WORDS,
    "undo_import": _("撤销导入"),
    "collect": _("提出"),
    "amend": _("修改内容"),
    "study": _("研判"),
    "open": _("开放认领"),
    "return": _("退回"),
    "resubmit": _("补充后重新提出"),
    "refuse": _("不予受理"),
    "link": _("对接服务事项"),
    "unlink": _("解除对接"),
    "join": _("并入已有事项"),
    "match": _("提议对接资源"),
    "claim": _("认领"),
    "wait": _("排队候补"),
    "offer": _("提供名额"),
    "accept": _("接受名额"),
    "decline": _("退出候补"),
    "lapse": _("候补失效"),
    "report": _("填报进展"),
    "finish": _("报告办结"),
    "release": _("退出认领"),
    "confirm": _("确认办结"),
    "send_back": _("退回重办"),
    "close": _("归档"),
    "draw_up": _("拟定清单"),
    "sign": _("签署"),
    "sign_for": _("部门签收（吹哨）"),
    "evaluate": _("吹哨单位评价"),
    "call_off": _("吹哨撤销"),
    "sign_in_silence": _("沉默期满，视为会签完成"),
    "revise": _("拟定新版"),
    "arrange": _("调整次序"),
    "carry": _("结转下期"),
    **deadline.VERB_WORDS,
    **loop.VERB_WORDS,
}

ITEM_BUTTONS = (
    Button(_("我要认领"), "items:claim", "claimable_by", "hand-helping", primary=True),
    Button(_("排队候补"), "items:claim", "queueable_by", "hourglass"),
    Button(_("确认办结"), "items:confirm", "confirmable_by", "circle-check", primary=True),
    Button(_("退回重办"), "items:send_back", "sendable_back_by", "undo-2"),
    Button(_("开放认领"), "items:open", "openable_by", "megaphone", primary=True),
    Button(_("研判"), "items:study", "freshly_studyable_by", "search-check"),
    Button(_("对接服务事项"), "items:link", "linkable_by", "link"),
    Button(_("补充后重新提出"), "items:resubmit", "resubmittable_by", "send", primary=True, sheet=False),
    *deadline.BUTTONS,
    Button(_("吹哨报到"), "whistles:blow", "whistleable_by", "megaphone", sheet=False),
    Button(_("修改"), "items:amend", "amendable_by", "pencil", sheet=False),
    Button(_("退回"), "items:return", "studyable_by", "undo-2"),
    Button(_("不予受理"), "items:refuse", "studyable_by", "ban", danger=True),
    *loop.ITEM_BUTTONS,
)

CLAIM_BUTTONS = (
    Button(_("接受名额"), "claims:accept", "acceptable_by", "circle-check", primary=True),
    Button(_("退出候补"), "claims:decline", "declinable_by", "log-out"),
    Button(_("填报进展"), "claims:report", "reportable_by", "pen-line", primary=True),
    Button(_("报告办结"), "claims:finish", "finishable_by", "circle-check"),
    Button(_("退出认领"), "claims:release", "releasable_by", "log-out", danger=True),
    *loop.CLAIM_BUTTONS,
)

LISTING_BUTTONS = (
    Button(_("签署清单"), "listings:sign", "signable_by", "signature", primary=True),
    Button(_("提出事项"), "items:new", "writable_by", "plus", sheet=False),
    Button(_("调整次序"), "listings:arrange", "arrangeable_by", "arrow-down-up", sheet=False),
    Button(_("结转下期"), "listings:carry", "carriable_by", "forward"),
    Button(_("拟定新版"), "listings:revise", "revisable_by", "copy-plus"),
)

State = Item.State
SERVICE_STAGES = (
    (State.COLLECTED, _("收集")),
    (State.STUDIED, _("研判")),
    (State.OPEN, _("待认领")),
    (State.CLAIMED, _("认领")),
    (State.IN_HAND, _("办理")),
    (State.DONE, _("待确认")),
    (State.CONFIRMED, _("提出方确认")),
    (State.CLOSED, _("归档")),
)
PROBLEM_STAGES = (*SERVICE_STAGES[:3], (State.LINKED, _("对接办理")), *SERVICE_STAGES[6:])


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the closed loop as the tracker shows it; ``at`` None = not reached."""

    label: str
    at: datetime | None
    current: bool


def stages_of(item: Item, steps: Iterable[Step]) -> list[Stage]:
    """The stages that the item has passed and those before it; one that was skipped is left out."""
    table = PROBLEM_STAGES if item.is_problem else SERVICE_STAGES
    order = [str(state) for state, _label in table]
    here = order.index(item.state) if item.state in order else -1
    entered = {step.to_state: step.at for step in steps if step.to_state}
    return [
        Stage(str(label), entered.get(state) if place <= here else None, place == here)
        for place, (state, label) in enumerate(table)
        if place > here or state in entered or place == here
    ]
