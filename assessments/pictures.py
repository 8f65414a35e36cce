"""What the statistics page and the work-bench draw: from numbers to curves, rings, funnels and rates in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.measures import Period
from assessments.comparing import in_full
from assessments.statistics import METRICS, Question, whole, with_parts
from listings.metrics import loop_of, states_at
from listings.models import Item
from members.charts import Series, Slice

PACE = ("solve_rate", "median_days_to_solve", "satisfied_rate")
WHISTLE_RATES = ("whistle_response_rate", "whistle_solved_rate", "whistle_satisfied_rate")
CURVES = ("items_claimed", "problems_solved")

LOOP = (
    ("collected", gettext_lazy("收集")),
    ("claimed", gettext_lazy("认领")),
    ("done", gettext_lazy("办结")),
    ("confirmed", gettext_lazy("提出方确认")),
)

RINGS = (
    (gettext_lazy("已办结"), "green", ("confirmed", "closed")),
    (gettext_lazy("待确认"), "red", ("done",)),
    (gettext_lazy("办理中"), "blue", ("in_hand",)),
    (gettext_lazy("已认领、已对接"), "violet", ("claimed", "linked")),
    (gettext_lazy("待认领"), "amber", ("open",)),
    (gettext_lazy("收集研判、退回"), "slate", ("collected", "studied", "returned")),
)
"""Items by where they stand; what was refused is no part of the whole."""

Link = Callable[[str], str]


def curves(question: Question) -> tuple[list[str], list[Series], bool]:
    """The last year of the period by month, and whether its last month is unfinished."""
    last = question.period.last
    window = Period(max(question.period.first, _months_back(last, 11)), last)
    months = window.months()
    found = {key: METRICS[key].by(window, question.code, "month", question.alliances, question.kind) for key in CURVES}
    series = [Series(str(METRICS[key].label), [found[key].get(m.label, 0) for m in months]) for key in CURVES]
    return [month_label(month.first) for month in months], series, (last + timedelta(days=1)).day != 1


def complete_months(today: date) -> Period:
    """The twelve calendar months before the one that contains the day."""
    last = today.replace(day=1) - timedelta(days=1)
    return Period(_months_back(last, 11), last)


def _months_back(day: date, months: int) -> date:
    """The first day of the month so many months before."""
    number = max(day.year * 12 + day.month - 1 - months, 12)
    return date(number // 12, number % 12 + 1, 1)


def month_label(day: date) -> str:
    """A month on an axis; January says the year."""
    return _("%(year)s年") % {"year": day.year} if day.month == 1 else _("%(month)s月") % {"month": day.month}


def items_of(question: Question) -> QuerySet:
    """The items of the region (and of the asked alliances)."""
    items = Item.objects.within(question.code)
    if question.kind:
        items = items.filter(kind=question.kind)
    if question.alliances is None:
        return items
    return items.filter(alliance__in=question.alliances.order_by().values("pk"))


def ring(question: Question) -> list[Slice]:
    """Items by state at the end of the period."""
    standing = states_at(question.period.last, items_of(question))
    return [Slice(str(label), sum(standing.get(s, 0) for s in states), tone) for label, tone, states in RINGS]


def loop(question: Question) -> list[Slice]:
    """The closed loop of the items collected in the period."""
    passed = loop_of(question.period, items_of(question))
    return [Slice(str(label), passed[name]) for name, label in LOOP]


def rates(question: Question, keys: Iterable[str], link: Link) -> list[tuple[str, SafeString]]:
    """Rates with numerator and denominator, and medians, each leading to its rows; what has no rows is left out."""
    found = whole(question.of(*with_parts(keys)))
    return [
        (str(METRICS[key].label), format_html('<a href="{}">{}</a>', link(key), in_full(METRICS[key], found)))
        for key in keys
        if found[key] is not None
    ]
