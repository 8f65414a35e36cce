"""Which days a plan falls on: an alliance's year from its templates, the repeats of one activity. Only arithmetic."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.measures import month_end
from alliances.models import ActivityTemplate

Every = ActivityTemplate.Every
MONTHS = {Every.MONTH: 1, Every.QUARTER: 3, Every.HALF_YEAR: 6, Every.YEAR: 12, Every.ONCE: 12}
QUARTERS = (noop("一季度"), noop("二季度"), noop("三季度"), noop("四季度"))
HALVES = (noop("上半年"), noop("下半年"))
MIDDLE = 15


@dataclass(frozen=True, slots=True)
class Proposed:
    """A day that a template proposes; ``present``: the period has an activity of the kind already."""

    kind: str
    title: str
    planned_on: date
    place: str
    present: bool


def year_plan(
    templates: Iterable[ActivityTemplate], year: int, reach: tuple[date, date], there: Collection[tuple[str, date]]
) -> list[Proposed]:
    """What the templates propose for the days of the year within ``reach``, by day.

    ``there``: kind and day of what is planned or held already; what happens once is not proposed a second time.
    """
    found = []
    for template in templates:
        length = MONTHS[Every(template.every)]
        once = template.every == Every.ONCE
        if once and any(kind == template.kind for kind, _day in there):
            continue
        for number in range(12 // length):
            first = date(year, number * length + 1, 1)
            last = month_end(year, (number + 1) * length)
            day = day_of(template, first, length)
            if reach[0] <= day <= reach[1]:
                present = any(kind == template.kind and first <= other <= last for kind, other in there)
                title = template.title if once else f"{label_of(template.every, year, number)}{template.title}"
                found.append(Proposed(template.kind, title, day, template.place, present))
    return sorted(found, key=lambda proposed: proposed.planned_on)


def day_of(template: ActivityTemplate, first: date, length: int) -> date:
    """The hinted day of the period that begins with ``first``; a month too short ends earlier."""
    month = first.month + min(template.month or 1, length) - 1
    return on_day(first.year, month, template.day or MIDDLE)


def label_of(every: str, year: int, number: int) -> str:
    """What a period is called before a title: 3月, 一季度, 上半年, 2026年."""
    if every == Every.MONTH:
        return _("%(month)s月") % {"month": number + 1}
    if every == Every.QUARTER:
        return _(QUARTERS[number])
    return _(HALVES[number]) if every == Every.HALF_YEAR else _("%(year)s年") % {"year": year}


def repeats(first: date, every: str, until: date) -> list[date]:
    """The days after ``first`` up to ``until``, every week, month or quarter; a month too short ends earlier."""
    if every == "week":
        return [first + timedelta(days=7 * n) for n in range(1, (until - first).days // 7 + 1)]
    step, found = {"month": 1, "quarter": 3}[every], []
    for n in range(1, 400):
        years, month = divmod(first.month - 1 + n * step, 12)
        if first.year + years > until.year:
            break
        day = on_day(first.year + years, month + 1, first.day)
        if day <= until:
            found.append(day)
    return found


def on_day(year: int, month: int, day: int) -> date:
    """That day of the month, or its last one."""
    return min(month_end(year, month), date(year, month, 1) + timedelta(days=day - 1))
