"""Who hears of what becomes of an alliance: the approver, the applicant, the lead, the members."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import address, members_of, supervisors_of
from members.models import Step
from members.notices import Message, Writer, heads_of


def _submitted(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    for user in supervisors_of(thing, step):
        yield user, _("“%(alliance)s”申请成立，等待审批。") % {"alliance": thing}, address("approve", thing)


def _to_members(text: str) -> Writer:
    """Tells the lead and all current members; ``text`` has a place for the alliance's name and the reason."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        said = _(text) % {"alliance": thing, "reason": step.reason}
        for user in heads_of(members_of(thing), step):
            yield user, said, thing.get_absolute_url()

    return write


def _returned(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    said = _("“%(alliance)s”的申请被退回：%(reason)s") % {"alliance": thing, "reason": step.reason}
    applicant = [thing.applied_by] if thing.applied_by else []
    for user in {*heads_of([thing.lead_id], step), *applicant}:
        yield user, said, thing.get_absolute_url()


def _ended(step: Step) -> Iterable[Message]:
    """The memberships have ended by now: those who were members up to that day hear of it."""
    thing: Any = step.thing
    day = localdate(step.at)
    left = thing.memberships.filter(left_on=day).values_list("organization_id", flat=True)
    said = _("“%(alliance)s”已撤销：%(reason)s") % {"alliance": thing, "reason": step.reason}
    for user in heads_of([thing.lead_id, *left], step):
        yield user, said, thing.get_absolute_url()


def _merged(step: Step) -> Iterable[Message]:
    """Those who were members up to that day, and the lead of the alliance into which theirs has gone."""
    thing: Any = step.thing
    words = {"alliance": thing, "other": thing.merged_into, "reason": step.reason}
    left = thing.memberships.filter(left_on=localdate(step.at)).values_list("organization_id", flat=True)
    for user in heads_of([thing.lead_id, *left], step):
        yield user, _("“%(alliance)s”已并入“%(other)s”：%(reason)s") % words, thing.get_absolute_url()
    for user in heads_of([thing.merged_into.lead_id], step):
        said = _("“%(alliance)s”并入“%(other)s”，它的成员收到了邀请。") % words
        yield user, said, address("members", thing.merged_into)


def _placed(step: Step) -> Iterable[Message]:
    """The members, and who governs at the new committee."""
    thing: Any = step.thing
    said = _("“%(alliance)s”的上级党组织变更为%(who)s：%(reason)s") % {
        "alliance": thing, "who": thing.supervising, "reason": step.reason,
    }  # fmt: skip
    for user in {*heads_of(members_of(thing), step), *supervisors_of(thing, step)}:
        yield user, said, thing.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.alliance", "submit"): _submitted,
    ("alliances.alliance", "approve"): _to_members(noop("“%(alliance)s”已批准成立。")),
    ("alliances.alliance", "return"): _returned,
    ("alliances.alliance", "activate"): _to_members(noop("“%(alliance)s”已启动运行。")),
    ("alliances.alliance", "hand_over"): _to_members(noop("“%(alliance)s”的牵头已移交。")),
    ("alliances.alliance", "rectify"): _to_members(noop("“%(alliance)s”被要求规范整顿：%(reason)s")),
    ("alliances.alliance", "prolong"): _to_members(noop("“%(alliance)s”复核未通过，继续整顿：%(reason)s")),
    ("alliances.alliance", "reinstate"): _to_members(noop("“%(alliance)s”整顿复核通过，恢复运行。")),
    ("alliances.alliance", "lift"): _to_members(noop("“%(alliance)s”申诉成立，规范整顿已撤销。")),
    ("alliances.alliance", "reward"): _to_members(noop("“%(alliance)s”列入政策资金倾斜。")),
    ("alliances.alliance", "designate"): _to_members(noop("“%(alliance)s”被命名为示范点：%(reason)s")),
    ("alliances.alliance", "undesignate"): _to_members(noop("“%(alliance)s”不再是示范点：%(reason)s")),
    ("alliances.alliance", "dissolve"): _ended,
    ("alliances.alliance", "merge"): _merged,
    ("alliances.alliance", "place_under"): _placed,
}
