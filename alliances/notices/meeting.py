"""Who hears of meetings: the members, whoever conducts, a second person of what is recorded late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import members_of
from members.models import Step
from members.notices import Message, Writer, heads_of


def _convened(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    words = {"day": f"{meeting.planned_on:%m-%d}", "title": meeting.title}
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("%(day)s 召开：%(title)s。会前可以提出议题。") % words, meeting.get_absolute_url()


def _topic_proposed(step: Step) -> Iterable[Message]:
    """Whoever conducts the meeting hears of a new topic."""
    meeting: Any = step.thing
    words = {"title": meeting.title, "topic": step.detail.get("topic", "")}
    for user in heads_of({meeting.host_id, meeting.alliance.lead_id}, step):
        yield user, _("“%(title)s”有新议题：%(topic)s") % words, meeting.get_absolute_url()


def _topic_struck(step: Step) -> Iterable[Message]:
    """Whoever proposed it hears why."""
    meeting: Any = step.thing
    words = {"topic": step.detail.get("topic", ""), "reason": step.reason}
    for user in heads_of([step.detail["proposed_by"]], step):
        yield user, _("议题已撤下：%(topic)s。%(reason)s") % words, meeting.get_absolute_url()


def _meeting_cancelled(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    words = {"title": meeting.title, "reason": step.reason}
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("会议取消：%(title)s。%(reason)s") % words, meeting.get_absolute_url()


def _meeting_held(step: Step) -> Iterable[Message]:
    """The members hear of the minutes where they are there; of a late record, the lead, as a second person."""
    meeting: Any = step.thing
    if meeting.minutes:
        yield from _minutes_there(step)
    if meeting.waits_for_confirmation:
        for user in heads_of([meeting.alliance.lead_id], step):
            yield user, _("“%(title)s”是补录的会议，等待复核。") % {"title": meeting.title}, meeting.get_absolute_url()


def _minutes_there(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("会议纪要可以看了：%(title)s") % {"title": meeting.title}, meeting.get_absolute_url()


def _voting(text: str, state: str) -> Writer:
    """Asks all members for their voice, or tells the outcome; what was decided in the room stands in the minutes."""

    def write(step: Step) -> Iterable[Message]:
        decision: Any = step.thing
        if step.to_state == state:
            for user in heads_of(members_of(decision.alliance), step):
                yield user, _(text) % {"title": decision.title}, decision.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.meeting", "convene"): _convened,
    ("alliances.meeting", "propose_topic"): _topic_proposed,
    ("alliances.meeting", "strike_topic"): _topic_struck,
    ("alliances.meeting", "cancel"): _meeting_cancelled,
    ("alliances.meeting", "hold"): _meeting_held,
    ("alliances.meeting", "write_minutes"): _minutes_there,
    ("alliances.decision", "decide"): _voting(noop("请表决：%(title)s"), "voting"),
    ("alliances.decision", "adopt"): _voting(noop("决议通过：%(title)s"), "adopted"),
    ("alliances.decision", "reject"): _voting(noop("决议未通过：%(title)s"), "rejected"),
    ("alliances.decision", "close_vote"): _voting(noop("决议未通过：%(title)s"), "rejected"),
}
