"""The burden ledger (负担台账): what the system asked of each branch in a month. Computed, never entered.

``fillings``: what its heads had to fill in, counted from the forms of the deeds that they did; ``requests``: messages
that ask it to do something; ``messages``: all of them. One deed told to two heads of a branch is one message.
Messages are kept for ninety days, so the ledger reaches back over this month and the two before.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from assessments.asked import FORMS, REQUESTS, Deed
from assessments.models import BurdenCeiling
from members.lifecycle import note
from members.models import Notice, Organization, Region, Role, Step, User
from members.models.region import ancestors

MEASURES = ("fillings", "requests", "messages")
KEPT_MONTHS = 3


class Line(NamedTuple):
    """One kind of deed or of message in a month."""

    deed: Step
    times: int
    fillings: int
    asks: bool


@dataclass
class Burden:
    """What was asked of one organisation; ``ceiling`` None: nobody above it has set one."""

    organization: Organization
    ceiling: BurdenCeiling | None = None
    lines: list[Line] = field(default_factory=list)
    fillings: int = 0
    requests: int = 0
    messages: int = 0

    @property
    def above(self) -> bool:
        """Whether any of the three has passed the ceiling."""
        return self.ceiling is not None and any(
            getattr(self, name) > getattr(self.ceiling, name) for name in MEASURES
        )


def months_until(day: date) -> list[date]:
    """The first days of the months of which there is a ledger, the present one first."""
    found = [day.replace(day=1)]
    while len(found) < KEPT_MONTHS:
        found.append((found[-1] - timedelta(days=1)).replace(day=1))
    return found


def ledger(organizations: Sequence[Organization], month: date) -> list[Burden]:
    """The burden of each in the month, in the given order; always three statements."""
    ceilings = _ceilings()
    kept = {one.pk: Burden(one, _nearest(ceilings, one.region_id)) for one in organizations}
    for pk, deed, times in _filled(Q(by__roles__organization__in=list(kept)), month):
        fillings = times * _fields_of(deed)
        if fillings:
            kept[pk].fillings += fillings
            kept[pk].lines.append(Line(deed, times, fillings, asks=False))
    for pk, deed, times in _told(Q(user__roles__organization__in=list(kept)), month):
        asks = _asks(deed)
        kept[pk].messages += times
        kept[pk].requests += times if asks else 0
        kept[pk].lines.append(Line(deed, times, 0, asks))
    return list(kept.values())


def above(organizations: QuerySet[Organization], month: date) -> QuerySet[Organization]:
    """Those of them above their ceiling."""
    ceilings = _ceilings()
    if not ceilings:
        return organizations.none()
    inside = organizations.order_by().values("pk")
    sums: dict[int, Counter[str]] = {}
    for pk, deed, times in _filled(Q(by__roles__organization__in=inside), month):
        sums.setdefault(pk, Counter())["fillings"] += times * _fields_of(deed)
    for pk, deed, times in _told(Q(user__roles__organization__in=inside), month):
        sums.setdefault(pk, Counter()).update(messages=times, requests=times * _asks(deed))
    places = organizations.filter(pk__in=sums).values_list("pk", "region")
    passed = [pk for pk, code in places if _passed(sums[pk], _nearest(ceilings, code))]
    return organizations.filter(pk__in=passed)


def set_ceiling(
    region: Region, *, fillings: int, requests: int, messages: int, by: User, at: datetime
) -> BurdenCeiling:  # fmt: skip
    """From now on the region's organisations have this ceiling; what it was before stands in the Step."""
    now = {"fillings": fillings, "requests": requests, "messages": messages}
    with transaction.atomic():
        before = BurdenCeiling.objects.select_for_update().filter(region=region).first()
        was = {name: getattr(before, name) for name in now} if before else None
        kept, _made = BurdenCeiling.objects.update_or_create(region=region, defaults=now | {"set_at": at})
        note(kept, "set_ceiling", at=at, by=by, detail={"was": was, "now": now})
    return kept


def watch(month: date, at: datetime) -> int:
    """Leave a Step, once a month and ceiling, where organisations have passed it; how many ceilings were passed."""
    passed = 0
    for ceiling in BurdenCeiling.objects.all():
        if Step.objects.of(ceiling).filter(verb="pass_ceiling", detail__month=str(month)).exists():
            continue
        nearer = BurdenCeiling.objects.within(ceiling.region_id).exclude(pk=ceiling.pk)
        own = Organization.objects.standing().within(ceiling.region_id)
        for one in nearer:
            own = own.exclude(pk__in=Organization.objects.within(one.region_id).values("pk"))
        count = above(own, month).count()
        if count:
            note(ceiling, "pass_ceiling", at=at, detail={"month": str(month), "count": count})
            passed += 1
    return passed


def _filled(whose: Q, month: date) -> Iterable[tuple[int, Step, int]]:
    """What heads did for their organisation: (organisation, kind of deed, how often)."""
    held = Q(by__roles__role=Role.Kind.BRANCH, by__roles__since__lte=F("day"))
    held &= Q(by__roles__until=None) | Q(by__roles__until__gte=F("day"))
    own = Q(organization=None) | Q(organization=F("by__roles__organization"))
    steps = Step.objects.filter(_in(month)).alias(day=TruncDate("at")).filter(held & own & whose)
    return _grouped(steps, "by__roles__organization", "")


def _told(whose: Q, month: date) -> Iterable[tuple[int, Step, int]]:
    """What heads were told: (organisation, kind of deed, how many deeds)."""
    held = Q(user__roles__role=Role.Kind.BRANCH, user__roles__since__lte=F("day"))
    held &= Q(user__roles__until=None) | Q(user__roles__until__gte=F("day"))
    notices = Notice.objects.filter(_in(month)).alias(day=TruncDate("at")).filter(held & whose)
    return _grouped(notices, "user__roles__organization", "step__")


def _grouped(rows: QuerySet[Any], owner: str, step: str) -> Iterable[tuple[int, Step, int]]:
    names = (f"{step}thing_type", f"{step}verb", f"{step}to_state")
    counted = Count("step" if step else "pk", distinct=True)
    for row in rows.order_by().values(owner, *names).annotate(times=counted).order_by(owner, *names):
        kind, verb, state = (row[name] for name in names)
        thing_type = ContentType.objects.get_for_id(kind)
        yield row[owner], Step(thing_type=thing_type, verb=verb, to_state=state), row["times"]


def _in(month: date) -> Q:
    following = (month + timedelta(days=32)).replace(day=1)
    begin, end = (timezone.make_aware(datetime(day.year, day.month, 1)) for day in (month, following))
    return Q(at__gte=begin, at__lt=end)


def _names(deed: Step) -> tuple[Deed, Deed]:
    label = f"{deed.thing_type.app_label}.{deed.thing_type.model}"
    return (label, deed.verb), (label, deed.to_state)


def _asks(deed: Step) -> bool:
    return not REQUESTS.isdisjoint(_names(deed))


def _fields_of(deed: Step) -> int:
    """How many fields of its form have to be filled in."""
    form: Any = FORMS.get(_names(deed)[0])
    if form is None:
        return 0
    return sum(one.required and not one.widget.is_hidden for one in form.base_fields.values())


def _passed(sums: Counter[str], ceiling: BurdenCeiling | None) -> bool:
    return ceiling is not None and any(sums[name] > getattr(ceiling, name) for name in MEASURES)


def _ceilings() -> dict[str, BurdenCeiling]:
    return {one.region_id: one for one in BurdenCeiling.objects.select_related("region")}


def _nearest(ceilings: Mapping[str, BurdenCeiling], code: str) -> BurdenCeiling | None:
    """The one of the place, else of the nearest place above it."""
    return next((ceilings[one] for one in [code, *reversed(ancestors(code))] if one in ceilings), None)
