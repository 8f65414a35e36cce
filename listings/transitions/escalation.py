"""Supervision (督办): an overdue item climbs one level at a time, in office hours, each level once a term.

The lead hears of it on the first working day after the term, the supervising organisation and then the organisation
department so many working days later as the region's rules say. Each item climbs in a transaction of its own, with
its row locked and freshly read: two clocks at once, or one that is killed, lose and double nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from alliances.models import RuleSet
from alliances.working_days import Calendar
from listings.models import Item
from listings.querysets import CLAIMABLE, HIGHEST
from listings.transitions.order import lock_items, retried
from members.lifecycle import note


def escalate(at: datetime, among: Iterable[int] | None = None) -> int:
    """Let every overdue item whose time has come climb one level; how many did. Outside office hours: none.

    ``among`` limits it to the items of those ids. Who waits for others, or is done, does not climb.
    """
    calendar, day = Calendar.present(), timezone.localdate(at)
    if not calendar.in_office_hours(at):
        return 0
    late = Item.objects.escalatable(day)
    late = late if among is None else late.filter(pk__in=among)
    terms: dict[str, int] = {}
    climbed = 0
    for item in late.order_by("pk").only("state", "region", "due_on", "supervision", "supervised_on").iterator():
        if item.region_id not in terms:
            terms[item.region_id] = RuleSet.objects.for_region(item.region_id).escalation_working_days
        if is_ripe(item, day, calendar, terms[item.region_id]):
            climbed += _climb(item.pk, at, calendar, terms[item.region_id])
    return climbed


def is_ripe(item: Item, day: date, calendar: Calendar, term: int) -> bool:
    """Whether the item climbs on that working day: one working day after its term, then every ``term`` of them."""
    if item.state not in CLAIMABLE or item.due_on is None or item.due_on >= day or item.supervision >= HIGHEST:
        return False
    if item.supervised_on is None:
        return calendar.between(item.due_on, day) >= 1
    return calendar.between(item.supervised_on, day) >= term


@retried
def _climb(pk: int, at: datetime, calendar: Calendar, term: int) -> bool:
    with transaction.atomic():
        day = timezone.localdate(at)
        item = lock_items(Q(pk=pk))[0]
        if not is_ripe(item, day, calendar, term):
            return False
        item.supervision, item.supervised_on = item.supervision + 1, day
        item.save(update_fields=["supervision", "supervised_on", "updated_at"])
        level = item.get_supervision_display()
        note(item, "escalate", at=at, reason=level, detail={"level": item.supervision, "due_on": str(item.due_on)})
        return True
