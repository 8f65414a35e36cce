"""The verbs of joint cases: begun by the lead, joined, measured, recorded in by the department that did the work,
corrected by counter entry, closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions.alliance import refuse_idle
from listings.models import JointCase, Measure, Record, Taking
from members.lifecycle import lock, moving, note, touch
from members.models import Organization
from members.states import Refused

State = JointCase.State
EARLIEST = date(1990, 1, 1)


@transaction.atomic
def begin(
    alliance: Alliance,
    *,
    kind: str,
    title: str,
    lead: Organization,
    departments: Iterable[Organization] = (),
    measures: Iterable[Mapping[str, Any]] = (),
    detail: str = "",
    begun_on: date,
    by: Any,
    at: datetime,
) -> JointCase:
    """Begin a joint case of a running alliance with its departments (current members) and its measures.

    ``measures``: name, unit, exact. Refused ``not_running``, ``not_member``; ValidationError for a day to come.
    """
    refuse_idle(alliance)
    if not EARLIEST <= begun_on <= timezone.localdate(at):
        raise ValidationError({"begun_on": _("开始日期不能晚于今天。")})
    case = JointCase(
        alliance=alliance, region_id=alliance.region_id, kind=kind, title=title.strip(), detail=detail.strip(),
        begun_on=begun_on,
    )  # fmt: skip
    case.clean_fields(exclude=["alliance", "region"])
    case.save()
    note(case, "begin", at=at, by=by, organization=lead, to_state=State.UNDER_WAY)
    _take_in(case, list(dict.fromkeys([lead, *departments])), at=at, lead=lead)
    for measure in measures:
        _measure(case, **measure)
    return case


@transaction.atomic
def take_in(case: JointCase, *, departments: Iterable[Organization], by: Any, at: datetime) -> JointCase:
    """More members of the alliance take part. Who does already stays as it is."""
    lock(case)
    _refuse_closed(case)
    known = set(case.takings.values_list("organization_id", flat=True))
    new = [one for one in dict.fromkeys(departments) if one.pk not in known]
    _take_in(case, new, at=at)
    note(case, "take_in", at=at, by=by, detail={"organizations": [one.pk for one in new]})
    return case


@transaction.atomic
def measure_by(case: JointCase, *, name: str, unit: str, exact: bool = False, by: Any, at: datetime) -> Measure:
    """The case is measured by one thing more. Refused ``known`` where it has that name already."""
    lock(case)
    _refuse_closed(case)
    made = _measure(case, name=name, unit=unit, exact=exact)
    touch(case)
    note(case, "measure_by", at=at, by=by, reason=str(made))
    return made


@transaction.atomic
def record(
    case: JointCase,
    *,
    measure: Measure,
    organization: Organization,
    period_from: date,
    period_to: date,
    value: Decimal,
    basis: str = "",
    by: Any,
    at: datetime,
) -> Record:
    """A department enters what it has reached in a period that is over, once.

    Refused ``not_taking_part`` (also for who has left the alliance), ``closed``, and ``already_recorded`` where the
    department has a standing line of that measure for a part of the period. ValidationError for a measure of another
    case, a period to come, a value that is none.
    """
    lock(case)
    _refuse_closed(case)
    if measure.case_id != case.pk:
        raise ValidationError({"measure": _("没有这样的成效项目。")})
    member = case.alliance.memberships.current().filter(organization=organization)
    if not case.takings.filter(organization=organization).exists() or not member.exists():
        raise Refused("not_taking_part", _("只有参加的部门可以登记。"))
    if not EARLIEST <= period_from <= period_to <= timezone.localdate(at):
        raise ValidationError({"period_to": _("请填已经过去的时段，止日不早于起日。")})
    if period_to < case.begun_on:
        raise ValidationError({"period_from": _("时段早于联动开始之日。")})
    standing = Record.objects.standing().filter(measure=measure, organization=organization)
    if standing.filter(period_from__lte=period_to, period_to__gte=period_from).exists():
        raise Refused("already_recorded", _("这一时段（或其中一段）已经登记过；有误的请更正，不要重填。"))
    line = Record(
        measure=measure, organization=organization, period_from=period_from, period_to=period_to,
        value=_value(measure, value), note=basis.strip(),
    )  # fmt: skip
    return _write(line, "record", by=by, at=at)


@transaction.atomic
def correct(line: Record, *, reason: str, value: Decimal | None = None, by: Any, at: datetime) -> Record:
    """Take a wrong line back by a counter entry, and enter the right ``value`` in the same step (None: there is none).

    Returns the line that stands now, or the counter entry. Refused ``reversed`` for what does not stand any more.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    lock(line.measure.case)
    lock(line)
    if not line.standing:
        raise Refused("reversed", _("这一笔已经更正，或本身就是冲正，不能再改。"))
    line.standing = False
    line.save(update_fields=["standing", "updated_at"])
    same = {name: getattr(line, name) for name in ("measure", "organization", "period_from", "period_to", "synthetic")}
    counter = Record(**same, value=-line.value, standing=False, reverses=line, reason=reason.strip())
    written = _write(counter, "reverse", by=by, at=at, reason=reason.strip())
    if value is None:
        return written
    right = Record(**same, value=_value(line.measure, value), note=line.note)
    return _write(right, "record", by=by, at=at)


def close_case(case: JointCase, *, outcome: str = "", by: Any, at: datetime) -> JointCase:
    """The joint work is over; its records stay and can still be corrected."""
    with moving(case, State.CLOSED, at=at, by=by, reason=outcome.strip(), verb="close_case"):
        case.outcome, case.closed_on = outcome.strip(), timezone.localdate(at)
    return case


def _refuse_closed(case: JointCase) -> None:
    if case.state != State.UNDER_WAY:
        raise Refused("closed", _("这项联动已经结束。"))


def _take_in(
    case: JointCase, departments: list[Organization], *, at: datetime, lead: Organization | None = None
) -> None:
    ids = {one.pk for one in departments}
    if case.alliance.memberships.current().filter(organization__in=ids).count() != len(ids):
        raise Refused("not_member", _("参加的部门应是联合体的现有成员。"))
    day = timezone.localdate(at)
    Taking.objects.bulk_create(
        Taking(case=case, organization=one, leads=lead is not None and one == lead, since=day) for one in departments
    )


def _measure(case: JointCase, *, name: str, unit: str, exact: bool = False) -> Measure:
    made = Measure(case=case, name=name.strip(), unit=unit.strip(), exact=exact)
    made.clean_fields(exclude=["case"])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as wall:
        raise Refused("known", _("已经有同名的成效项目。")) from wall
    return made


def _value(measure: Measure, value: Decimal) -> Decimal:
    """Not below zero; whole, or with two places for what is exact."""
    if not value.is_finite() or value < 0 or value != value.quantize(Decimal("0.01") if measure.exact else Decimal(1)):
        raise ValidationError({"value": _("请填不小于 0 的数；件数、人数填整数，金额最多两位小数。")})
    return value


def _write(line: Record, verb: str, *, by: Any, at: datetime, reason: str = "") -> Record:
    line.at, line.by = at, by if getattr(by, "username", None) else None
    line.clean_fields(exclude=["measure", "organization", "by", "reverses"])
    try:
        with transaction.atomic():
            line.save()
    except IntegrityError as wall:
        raise Refused("already_recorded", _("这一时段已经登记过。")) from wall
    touch(line.measure.case)
    note(line, verb, at=at, by=by, organization=line.organization, reason=reason, detail={"value": str(line.value)})
    return line
