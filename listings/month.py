"""The month of terms (期限月历): what is due on which day and not yet done."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, QuerySet, Window
from django.db.models.functions import RowNumber

from alliances.filters.activity import last_day
from listings.models import Item
from listings.querysets import CLAIMABLE

SHOWN_A_DAY = 4


@dataclass(slots=True)
class Day:
    """A day: its first few items, and how many more."""

    on: date
    outside: bool
    today: bool
    late: bool
    items: list[Item] = field(default_factory=list)
    more: int = 0


def weeks_of(items: QuerySet, month: date, today: date) -> list[list[Day]]:
    """The weeks of the month, Monday first, in one statement."""
    days = {
        on: Day(on, on.month != month.month, on == today, on < today)
        for on in Calendar().itermonthdates(month.year, month.month)
    }
    due = items.filter(due_on__range=(month, last_day(month)), state__in=CLAIMABLE).order_by()
    ranked = due.annotate(
        place_of_day=Window(RowNumber(), partition_by="due_on", order_by="pk"),
        that_day=Window(Count("pk"), partition_by="due_on"),
    )
    for item in ranked.filter(place_of_day__lte=SHOWN_A_DAY).only("pk", "title", "due_on", "state"):
        days[item.due_on].items.append(item)
        days[item.due_on].more = max(0, item.that_day - SHOWN_A_DAY)
    for day in days.values():
        day.items.sort(key=lambda item: item.pk)
    ordered = list(days.values())
    return [ordered[start : start + 7] for start in range(0, len(ordered), 7)]
