"""The verbs of activities (活动共搞): plan, hold, serve, cancel, and vouch for what was entered late."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Activity, Alliance, Attendance, RuleSet, ServiceRecord, Session
from alliances.transitions.alliance import refuse_idle
from alliances.working_days import comes_late
from members.lifecycle import lock, moving, note, touch
from members.models import Organization, PartyMember
from members.states import MoveRefused, Refused

State = Activity.State
FURTHEST = timedelta(days=366)


@transaction.atomic
def plan(
    alliance: Alliance,
    *,
    kind: str,
    title: str,
    host: Organization,
    planned_on: date,
    place: str = "",
    by: Any,
    at: datetime,
) -> Activity:
    """Put an activity into the calendar, hosted by a current member. A day gone by may be entered too, then held.

    Raises Refused ``not_running`` or ``not_member``.
    """
    lock(alliance)
    return put_into_calendar(
        alliance, kind=kind, title=title, host=host, planned_on=planned_on, place=place, verb="plan", by=by, at=at
    )


def put_into_calendar(
    alliance: Alliance, *, kind: str, title: str, host: Organization, planned_on: date, place: str = "", verb: str,
    by: Any, at: datetime,
) -> Activity:  # fmt: skip
    """What ``plan`` does, within a transaction that has locked the alliance; ``verb`` is the Step's."""
    refuse_idle(alliance)
    if not alliance.memberships.current().filter(organization=host).exists():
        raise Refused("not_member", _("主办单位应是联合体的现有成员。"))
    if planned_on > timezone.localdate(at) + FURTHEST or (alliance.activated_on and planned_on < alliance.activated_on):
        raise ValidationError({"planned_on": _("计划日期应在联合体成立之后、一年之内。")})
    activity = Activity(
        alliance=alliance, region=alliance.region, kind=kind, title=title, host=host, planned_on=planned_on, place=place
    )
    activity.clean_fields(exclude=["alliance", "region", "host"])
    activity.save()
    note(activity, verb, at=at, by=by, organization=host, to_state=State.PLANNED)
    return activity


def hold(
    activity: Activity,
    *,
    held_on: date,
    organizations: Iterable[Organization],
    people: Iterable[PartyMember] = (),
    note: str = "",
    by: Any,
    at: datetime,
) -> Session:
    """Record a session: which member organisations came and who served. The first one makes a planned activity held.

    Recorded more working days after the day than the region allows, it is late and waits for a second person.
    Raises ValidationError for a day to come, or for whoever was no member on that day.
    """
    words: dict[str, Any] = {"held_on": held_on, "organizations": organizations, "people": people, "text": note}
    with transaction.atomic():
        lock(activity)
        if activity.state == State.HELD:
            return record_session(activity, by=by, at=at, **words)
        with moving(activity, State.HELD, verb="hold", at=at, by=by, organization=activity.host):
            return _session(activity, by=by, at=at, **words)


def record_session(
    activity: Activity,
    *,
    held_on: date,
    organizations: Iterable[Organization],
    people: Iterable[PartyMember] = (),
    text: str = "",
    by: Any,
    at: datetime,
) -> Session:
    """Record a further session of an activity already held; a day may have several."""
    with transaction.atomic():
        lock(activity)
        if activity.state != State.HELD:
            raise MoveRefused(activity, State.HELD)
        session = _session(
            activity, held_on=held_on, organizations=organizations, people=people, text=text, by=by, at=at
        )
        touch(activity)
        note(activity, "record_session", at=at, by=by, organization=activity.host, detail={"session": session.pk})
        return session


def cancel(activity: Activity, *, by: Any, at: datetime, reason: str) -> Activity:
    """A planned activity will not take place, and why."""
    with moving(activity, State.CANCELLED, verb="cancel", at=at, by=by, organization=activity.host, reason=reason):
        pass
    return activity


def serve(session: Session, *, organization: Organization, people: Iterable[PartyMember], by: Any, at: datetime) -> int:
    """A member organisation that came names its own people who served in the session; returns how many were new.

    Raises Refused ``too_late`` after the term of late records, where the session itself was on time.
    """
    activity, day = session.activity, timezone.localdate(at)
    if not session.late and _is_late(activity, session.held_on, day):
        raise Refused("too_late", _("已超过补录期限，不能再向这一场次补记服务人员。"))
    with transaction.atomic():
        lock(session)
        if session.confirmed_at is not None:
            raise Refused("confirmed", _("这一场次已经复核，不能再补记。"))
        before = session.service_records.count()
        if not session.attendances.filter(organization=organization).exists():
            raise Refused("not_there", _("贵组织没有参加这一场次。"))
        _record_service(session, {organization.pk}, people)
        added = session.service_records.count() - before
        touch(activity)
        note(activity, "serve", at=at, by=by, organization=organization, detail={"session": session.pk, "added": added})
        return added


def confirm_session(session: Session, *, by: Any, at: datetime) -> Session:
    """A second person vouches for a late record: from now on it counts. PermissionDenied for who recorded it."""
    with transaction.atomic():
        lock(session)
        if not session.late or session.confirmed_at is not None:
            raise Refused("not_waiting", _("这一场次不需要复核，或已经复核。"))
        if session.recorded_by_id == by.pk:
            raise PermissionDenied(_("录入人不能复核自己的补录，请由另一位同志复核。"))
        session.confirmed_at, session.confirmed_by = at, by
        session.save()
        touch(session.activity)
        note(session.activity, "confirm_session", at=at, by=by, detail={"session": session.pk})
    return session


def _session(
    activity: Activity, *, held_on: date, organizations: Iterable[Organization], people: Iterable[PartyMember],
    text: str, by: Any, at: datetime,
) -> Session:  # fmt: skip
    alliance, day = activity.alliance, timezone.localdate(at)
    refuse_idle(alliance)
    if held_on > day or (alliance.activated_on and held_on < alliance.activated_on):
        raise ValidationError({"held_on": _("开展日期应在联合体成立之后，不晚于今天。")})
    there = {organization.pk for organization in organizations}
    require_members(alliance, there, held_on)
    session = Session.objects.create(
        activity=activity, region=activity.region, held_on=held_on, note=text, late=_is_late(activity, held_on, day),
        recorded_at=at, recorded_by=by if getattr(by, "username", None) else None,
    )  # fmt: skip
    Attendance.objects.bulk_create([Attendance(session=session, organization_id=pk) for pk in sorted(there)])
    _record_service(session, there, people)
    return session


def require_members(alliance: Alliance, organizations: set[int], day: date) -> None:
    """Raise ValidationError unless there are some, and all were members on that day."""
    members = set(alliance.memberships.as_of(day).values_list("organization_id", flat=True))
    if not organizations:
        raise ValidationError({"organizations": _("请选择至少一个参加的成员党组织。")})
    if organizations - members:
        raise ValidationError({"organizations": _("有的组织在活动当天还不是成员，或已经退出。")})


def _record_service(session: Session, organizations: set[int], people: Iterable[PartyMember]) -> None:
    """One person-time each; who is recorded already stays so. ValidationError for people of organisations not there."""
    wanted = {person.pk for person in people}
    belong = PartyMember.objects.as_of(session.held_on).filter(organization__in=organizations, pk__in=wanted)
    if belong.count() != len(wanted):
        raise ValidationError({"people": _("服务人员应是参加组织当天在册的党员。")})
    ServiceRecord.objects.bulk_create(
        [
            ServiceRecord(
                session=session, alliance_id=session.activity.alliance_id, region_id=session.region_id,
                person_id=pk, served_on=session.held_on,
            )
            for pk in sorted(wanted)
        ],
        ignore_conflicts=True,
    )  # fmt: skip


def _is_late(activity: Activity, held_on: date, day: date) -> bool:
    return comes_late(held_on, day, RuleSet.objects.for_region(activity.region_id).late_working_days)
