"""What the statistics page and the work-bench show: from numbers to tiles, tables, curves and rings."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.measures import Metric, Nature, Number, Period
from assessments.statistics import METRICS, Figures, Question, whole, whole_and_rows
from listings.metrics import loop_of, states_at
from listings.models import Item
from members.charts import Series, Slice, Tile, count, share

HEADLINES = (
    "alliances_active", "organizations_covered", "listings_signed", "items_claimed", "problems_solved",
    "service_person_times",
)  # fmt: skip
WHISTLE_RATES = ("whistle_response_rate", "whistle_solved_rate", "whistle_satisfied_rate")
COLUMNS = (*HEADLINES[:5], "solve_rate", "service_person_times")
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


@dataclass(frozen=True)
class Headline:
    """A figure with its comparison to the same days of the year before."""

    label: str
    value: str
    unit: str
    note: str


@dataclass(frozen=True)
class Line:
    """A line of a table: a region, an alliance, or the sum."""

    label: str
    cells: list[str]
    url: str = ""


@dataclass(frozen=True)
class Table:
    """Figures in columns; ``total`` holds the figures of the whole, counted as a whole."""

    head: list[Metric]
    lines: list[Line]
    total: Line
    of_alliances: bool = False


def written(metric: Metric, value: Number) -> str:
    """A number as pages and files show it."""
    return share(value) if metric.nature is Nature.RATE else count(value)


def region_figures(question: Question, link: Link) -> tuple[Figures, Table, list[Tile]]:
    """The headline figures, the table of the next level and its map of solve rates: counted once."""
    figures, rows = whole_and_rows(question.of(*COLUMNS), "region")
    head = [METRICS[key] for key in COLUMNS]
    lines = [
        Line(
            row.label,
            [written(metric, row.figures[metric.key]) for metric in head],
            "" if row.code == question.code else link(str(row.code)),
        )
        for row in rows
    ]
    tiles = [
        Tile(str(row.code), row.label, row.figures["solve_rate"], link(str(row.code)))
        for row in rows
        if row.code != question.code
    ]
    return figures, Table(head, lines, sum_line(head, figures)), tiles


def alliance_table(question: Question, alliances: QuerySet, figures: Figures) -> Table:
    """The same figures of each alliance: where there is no lower level, and for organisations."""
    head = [METRICS[key] for key in COLUMNS if key != "alliances_active"]
    shown = list(alliances)
    numbers = {m.key: m.per_alliance(question.period, [alliance.pk for alliance in shown]) for m in head}
    lines = [
        Line(alliance.name, [written(m, numbers[m.key][alliance.pk]) for m in head], alliance.get_absolute_url())
        for alliance in shown
    ]
    return Table(head, lines, sum_line(head, figures), of_alliances=True)


def sum_line(head: list[Metric], figures: Figures) -> Line:
    """The last line of a table: the region as a whole."""
    return Line(_("合计"), [written(metric, figures[metric.key]) for metric in head])


def headlines(figures: Figures, before: Figures | None) -> list[Headline]:
    """The tiles on top; ``before`` None where the period is not yet complete."""
    return [
        Headline(
            str(m.label),
            count(figures[m.key]),
            str(m.unit),
            compared(figures[m.key], before[m.key] if before else None),
        )
        for m in (METRICS[key] for key in HEADLINES)
    ]


def compared(now: Number, before: Number) -> str:
    """同比 in per cent; nothing is compared with a period of nothing."""
    if before is None:
        return _("本期未结束，不作同比")
    if not before:
        return _("上年同期为 0")
    return _("同比 %(change)s") % {"change": f"{(now or 0) / before - 1:+.1%}"}


def a_year_before(period: Period) -> Period:
    """The same days of the year before; 29 February becomes 28."""
    return Period(*(_year_back(day) for day in period.days))


def _year_back(day: date) -> date:
    year = max(day.year - 1, 1)
    return day.replace(year=year, day=28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def curves(question: Question) -> tuple[list[str], list[Series], bool]:
    """The last year of the period by month, and whether its last month is unfinished."""
    last = question.period.last
    window = Period(max(question.period.first, _months_back(last, 11)), last)
    months = window.months()
    found = {key: METRICS[key].by(window, question.code, "month", question.alliances) for key in CURVES}
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


def pace(question: Question) -> list[tuple[str, str]]:
    """How many of the period's problems are solved, with numerator and denominator, and how fast."""
    found = whole(question.of("solve_rate", "solve_rate_numerator", "solve_rate_denominator", "median_days_to_solve"))
    parts = {
        "rate": share(found["solve_rate"]),
        "solved": count(found["solve_rate_numerator"]),
        "asked": count(found["solve_rate_denominator"]),
    }
    days = found["median_days_to_solve"]
    return [
        (str(METRICS["solve_rate"].label), _("%(rate)s（%(solved)s / %(asked)s 件）") % parts),
        (
            str(METRICS["median_days_to_solve"].label),
            _("%(days)s 天") % {"days": count(days)} if days is not None else "—",
        ),
    ]


def whistled(question: Question) -> list[tuple[str, str]]:
    """The three rates of whistles with numerator and denominator; nothing where none was blown."""
    parts = [key + part for key in WHISTLE_RATES for part in ("", "_numerator", "_denominator")]
    found = whole(question.of(*parts))
    return [
        (
            str(METRICS[key].label),
            f"{share(found[key])}（{count(found[f'{key}_numerator'])} / {count(found[f'{key}_denominator'])} "
            f"{METRICS[f'{key}_denominator'].unit}）",
        )
        for key in WHISTLE_RATES
        if found[f"{key}_denominator"]
    ]


def definitions(metrics: Iterable[Metric]) -> list[tuple[str, str]]:
    """Name and meaning of figures."""
    return [(str(metric.label), str(metric.definition)) for metric in metrics]
