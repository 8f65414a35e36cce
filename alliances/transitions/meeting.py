"""The verbs of meetings (议事决策): convene, set the agenda, record, write the minutes, vouch for late records."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Meeting, MeetingAttendance, RuleSet, Topic
from alliances.transitions.activity import FURTHEST, require_members
from alliances.transitions.alliance import refuse_idle
from alliances.working_days import comes_late
from members.lifecycle import lock, moving, note, touch
from members.models import Organization
from members.states import MoveRefused, Refused

State = Meeting.State
MOST_TOPICS = 30


@transaction.atomic
def convene(
    alliance: Alliance,
    *,
    kind: str,
    title: str,
    host: Organization,
    planned_on: date,
    begins_at: time | None = None,
    place: str = "",
    invitation: str = "",
    topics: Iterable[str] = (),
    by: Any,
    at: datetime,
) -> Meeting:
    """Call the members together: the invitation goes to all of them, and they may propose topics until the meeting.

    ``topics`` are the convener's own, in order; where the region's rules say so, a 第一议题 stands before them. A day
    gone by may be entered too, then held. Raises Refused ``not_running`` or ``not_member`` (the host is a current
    member), ValidationError for a day out of reach.
    """
    lock(alliance)
    refuse_idle(alliance)
    if not alliance.memberships.current().filter(organization=host).exists():
        raise Refused("not_member", _("主持单位应是联合体的现有成员。"))
    if planned_on > timezone.localdate(at) + FURTHEST or (alliance.activated_on and planned_on < alliance.activated_on):
        raise ValidationError({"planned_on": _("会议日期应在联合体成立之后、一年之内。")})
    meeting = Meeting(
        alliance=alliance, region=alliance.region, kind=kind, title=title, host=host, planned_on=planned_on,
        begins_at=begins_at, place=place, invitation=invitation,
    )  # fmt: skip
    meeting.clean_fields(exclude=["alliance", "region", "host"])
    meeting.save()
    rules = RuleSet.objects.for_region(alliance.region_id)
    if rules.first_agenda_item and kind != Meeting.Kind.OTHER:
        _put(meeting, _("第一议题"), host, first=True)
    for words in topics:
        _put(meeting, words, host)
    note(meeting, "convene", at=at, by=by, organization=host, to_state=State.PLANNED)
    return meeting


@transaction.atomic
def propose_topic(
    meeting: Meeting, organization: Organization, *, title: str, detail: str = "", by: Any, at: datetime
) -> Topic:
    """A member puts a topic at the end of the agenda of a meeting to come. Refused ``move_refused``, ``not_member``."""
    _lock_planned(meeting)
    if not meeting.alliance.memberships.current().filter(organization=organization).exists():
        raise Refused("not_member", _("只有联合体的现有成员可以提出议题。"))
    topic = _put(meeting, title, organization, detail)
    touch(meeting)
    note(meeting, "propose_topic", at=at, by=by, organization=organization, detail={"topic": topic.title})
    return topic


@transaction.atomic
def advance_topic(topic: Topic, *, by: Any, at: datetime) -> Topic:
    """The topic changes places with the one before it; nothing moves before the first item of the rules."""
    _lock_planned(topic.meeting)
    lock(topic)
    before = topic.meeting.topics.filter(position__lt=topic.position).last()
    if before is None or before.first or topic.first:
        raise Refused("at_the_top", _("这个议题已经排在最前面。"))
    before.position, topic.position = topic.position, before.position
    before.save(update_fields=["position"])
    topic.save(update_fields=["position"])
    touch(topic.meeting)
    note(topic.meeting, "advance_topic", at=at, by=by, detail={"topic": topic.title})
    return topic


@transaction.atomic
def strike_topic(topic: Topic, *, by: Any, at: datetime, reason: str) -> Meeting:
    """The topic leaves the agenda, and why; those after it move up. The first item of the rules stays."""
    meeting = topic.meeting
    _lock_planned(meeting)
    lock(topic)
    if topic.first:
        raise Refused("first_stays", _("按本地规定，第一议题不能撤下。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    touch(meeting)
    note(
        meeting, "strike_topic", at=at, by=by, reason=reason,
        detail={"topic": topic.title, "proposed_by": topic.proposed_by_id},
    )  # fmt: skip
    topic.delete()
    for place, left in enumerate(meeting.topics.all(), start=1):
        if left.position != place:
            left.position = place
            left.save(update_fields=["position"])
    return meeting


def hold_meeting(
    meeting: Meeting, *, held_on: date, organizations: Iterable[Organization], minutes: str = "", by: Any, at: datetime
) -> Meeting:
    """The meeting has taken place: on which day, with which member organisations, and the minutes if they are there.

    Recorded more working days after the day than the region allows, it is late and waits for a second person.
    Raises ValidationError for a day to come, or for whoever was no member on that day.
    """
    with moving(meeting, State.HELD, verb="hold", at=at, by=by, organization=meeting.host):
        alliance, day = meeting.alliance, timezone.localdate(at)
        refuse_idle(alliance)
        if held_on > day or (alliance.activated_on and held_on < alliance.activated_on):
            raise ValidationError({"held_on": _("召开日期应在联合体成立之后，不晚于今天。")})
        there = {organization.pk for organization in organizations}
        require_members(alliance, there, held_on)
        MeetingAttendance.objects.bulk_create(
            [MeetingAttendance(meeting=meeting, organization_id=pk) for pk in sorted(there)]
        )
        limit = RuleSet.objects.for_region(meeting.region_id).late_working_days
        meeting.held_on, meeting.minutes, meeting.late = held_on, minutes, comes_late(held_on, day, limit)
        meeting.recorded_at = at
        meeting.recorded_by = by if getattr(by, "username", None) else None
    return meeting


@transaction.atomic
def write_minutes(meeting: Meeting, *, minutes: str, by: Any, at: datetime) -> Meeting:
    """The minutes (纪要) are there, or corrected; the earlier words stay in the history."""
    lock(meeting)
    if meeting.state != State.HELD:
        raise MoveRefused(meeting, State.HELD)
    if not minutes.strip():
        raise ValidationError({"minutes": _("请写下纪要。")})
    meeting.minutes = minutes
    meeting.save()
    note(meeting, "write_minutes", at=at, by=by, organization=meeting.host)
    return meeting


def cancel_meeting(meeting: Meeting, *, by: Any, at: datetime, reason: str) -> Meeting:
    """The meeting will not take place, and why."""
    with moving(meeting, State.CANCELLED, verb="cancel", at=at, by=by, organization=meeting.host, reason=reason):
        if not reason.strip():
            raise ValidationError({"reason": _("请写明理由。")})
    return meeting


@transaction.atomic
def confirm_meeting(meeting: Meeting, *, by: Any, at: datetime) -> Meeting:
    """A second person vouches for a late record: from now on it counts. PermissionDenied for who recorded it."""
    lock(meeting)
    if not meeting.waits_for_confirmation:
        raise Refused("not_waiting", _("这次会议不需要复核，或已经复核。"))
    if meeting.recorded_by_id == by.pk:
        raise PermissionDenied(_("录入人不能复核自己的补录，请由另一位同志复核。"))
    meeting.confirmed_at, meeting.confirmed_by = at, by
    meeting.save()
    note(meeting, "confirm_meeting", at=at, by=by)
    return meeting


def _lock_planned(meeting: Meeting) -> None:
    """The agenda is open while the meeting is to come."""
    lock(meeting)
    if meeting.state != State.PLANNED:
        raise Refused("move_refused", _("会议已经召开或取消，议题不能再改。"))


def _put(meeting: Meeting, title: str, organization: Organization, detail: str = "", first: bool = False) -> Topic:
    """At the end of the agenda."""
    last = meeting.topics.count()
    if last >= MOST_TOPICS:
        raise ValidationError({"title": _("一次会议最多%(most)s个议题。") % {"most": MOST_TOPICS}})
    topic = Topic(
        meeting=meeting, position=last + 1, title=title.strip(), detail=detail.strip(), proposed_by=organization,
        first=first,
    )  # fmt: skip
    topic.clean_fields(exclude=["meeting", "proposed_by"])
    topic.save()
    return topic
