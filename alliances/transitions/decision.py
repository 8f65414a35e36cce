"""The verbs of decisions (决议): written down at the meeting, or put to the vote of the members."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from alliances.models import Decision, Meeting, Topic, Voice
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, moving, note, touch
from members.models import Organization
from members.states import Refused

State = Decision.State


@transaction.atomic
def decide(
    meeting: Meeting,
    *,
    title: str,
    text: str = "",
    topic: Topic | None = None,
    put_to_vote: bool = False,
    by: Any,
    at: datetime,
) -> Decision:
    """Write down what the meeting decided; with ``put_to_vote`` the members vote on it first.

    Numbered within the alliance and the year of the meeting, without gaps. Raises Refused ``not_held``,
    ``not_running``, ValidationError for a topic of another meeting.
    """
    alliance = meeting.alliance
    lock(alliance)  # one after the other: the numbers have no gap and no double
    lock(meeting)
    refuse_idle(alliance)
    if meeting.held_on is None:
        raise Refused("not_held", _("会议召开之后才能形成决议。"))
    if topic is not None and topic.meeting_id != meeting.pk:
        raise ValidationError({"topic": _("只能选择本次会议的议题。")})
    last = alliance.decisions.filter(year=meeting.held_on.year).aggregate(last=Max("serial"))["last"]
    decision = Decision(
        meeting=meeting, topic=topic, alliance=alliance, region=meeting.region, year=meeting.held_on.year,
        serial=(last or 0) + 1, title=title.strip(), text=text, state=State.VOTING if put_to_vote else State.ADOPTED,
    )  # fmt: skip
    decision.clean_fields(exclude=["meeting", "topic", "alliance", "region"])
    decision.save()
    touch(meeting)
    note(decision, "decide", at=at, by=by, organization=meeting.host, to_state=decision.state)
    return decision


@transaction.atomic
def vote(decision: Decision, organization: Organization, *, choice: str, by: Any, at: datetime) -> Decision:
    """A member gives its voice, or changes it; the vote ends by itself as soon as the outcome is certain.

    Adopted by more than half of the current members, rejected once so many can no longer be for it. Raises Refused
    ``move_refused`` after the end, ``not_member``.
    """
    lock(decision)
    if decision.state != State.VOTING:
        raise Refused("move_refused", _("表决已经结束。"))
    if choice not in Voice.Choice.values:
        raise ValidationError({"choice": _("请选择同意、不同意或弃权。")})
    members = set(decision.alliance.memberships.current().values_list("organization_id", flat=True))
    if organization.pk not in members:
        raise Refused("not_member", _("只有联合体的现有成员可以表决。"))
    Voice.objects.update_or_create(
        decision=decision, organization=organization, defaults={"choice": choice, "voted_at": at}
    )
    touch(decision)
    note(decision, "vote", at=at, by=by, organization=organization)
    voices = decision.voices.filter(organization__in=members)
    agree = voices.filter(choice=Voice.Choice.FOR).count()
    silent = len(members) - voices.count()
    if 2 * agree > len(members):
        _end(decision, State.ADOPTED, at)
    elif 2 * (agree + silent) <= len(members):
        _end(decision, State.REJECTED, at)
    return decision


def close_vote(decision: Decision, *, by: Any, at: datetime) -> Decision:
    """The lead ends a vote that has found no majority: the decision is not adopted."""
    reason = _("未获过半数成员同意。")
    with moving(decision, State.REJECTED, verb="close_vote", at=at, by=by, reason=reason):
        pass
    return decision


def _end(decision: Decision, to: str, at: datetime) -> None:
    with moving(decision, to, verb="adopt" if to == State.ADOPTED else "reject", at=at):
        pass
