"""Figures in tables and tiles: of a region, of the level beneath it or its alliances, of a whole list of figures.

Each number leads to the rows that it counts; with ``before`` it stands beside the same days of the year before.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.measures import DENOMINATOR, NUMERATOR, Metric, Nature, Number
from alliances.models import Alliance
from assessments.asking import Asking, Links
from assessments.comparing import compared, in_full, parts_of, plain, plain_change, signed, written
from assessments.statistics import METRICS, Figures, Question, whole, whole_and_rows, with_parts
from members.charts import Tile, count

HEADLINES = (
    "alliances_active", "organizations_covered", "listings_signed", "items_claimed", "problems_solved",
    "service_person_times",
)  # fmt: skip
COLUMNS = (*HEADLINES[:5], "solve_rate", "service_person_times")
COUNTED = with_parts(COLUMNS)

SECTIONS = (
    (gettext_lazy("联合体与成员"), ("alliances_active", "demonstration_sites", "belts", "organizations_covered",
        "party_members_covered", "alliances_rectified", "alliances_rewarded")),
    (gettext_lazy("清单与事项"), ("listings_signed", "items_open", "items_claimed", "problems_solved", "solve_rate",
        "median_days_to_solve", "satisfied_rate")),
    (gettext_lazy("活动与服务"), ("activities_held", "theme_days_held", "meetings_held", "service_person_times",
        "service_people")),
    (gettext_lazy("双报到与党建指导员"), ("organs_linked", "members_registered", "instructor_rate")),
    (gettext_lazy("吹哨报到"), ("whistle_response_rate", "whistle_solved_rate", "whistle_satisfied_rate")),
    (gettext_lazy("金点子与项目"), ("idea_calls_held", "ideas_proposed", "projects_fixed", "projects_accepted",
        "project_organizations", "project_money")),
)  # fmt: skip
"""Every figure under a heading; a rate brings its numerator and denominator along."""


@dataclass(frozen=True)
class Headline:
    """A figure with its comparison to the same days of the year before, and the rows behind it."""

    label: str
    value: str
    unit: str
    note: str
    url: str


@dataclass(frozen=True)
class Cell:
    """A number; ``parts`` of a rate what it divides; ``before`` and ``change`` where one compares; ``plain`` all of it
    as a file holds it."""

    text: str
    plain: tuple[Number | str, ...]
    url: str = ""
    parts: str = ""
    before: str = ""
    change: str = ""


@dataclass(frozen=True)
class Line:
    """A line of a table: a region, an alliance, or the whole."""

    label: str
    cells: list[Cell]
    url: str = ""


@dataclass(frozen=True)
class Table:
    """Figures in columns; ``total`` holds the figures of the whole, counted as a whole."""

    head: list[Metric]
    lines: list[Line]
    total: Line
    of_alliances: bool = False
    compares: bool = False

    def heads(self) -> list[str]:
        """The columns of a file: a rate is followed by what it divides, a compared figure by the year before."""
        named = [_("联合体") if self.of_alliances else _("地区")]
        for metric in self.head:
            named += [str(metric.label)] + [str(METRICS[key].label) for key in with_parts([metric.key])[1:]]
            named += [_("%(label)s（上年同期）") % {"label": metric.label}, _("增减")] if self.compares else []
        return named

    def rows(self) -> Iterable[list[Number | str]]:
        """The lines of a file, the whole last."""
        for line in (*self.lines, self.total):
            yield [line.label, *(value for one in line.cells for value in one.plain)]


@dataclass(frozen=True)
class Told:
    """A figure in the list of all: now, a year before, the difference, what it means."""

    metric: Metric
    value: str
    url: str
    parts: list[tuple[str, str, str]]
    before: str
    before_url: str
    change: str
    words: str


def opens(metric: Metric, value: Number) -> bool:
    """Whether there are rows to list: of nought only a rate has some."""
    return value is not None and (bool(value) or metric.nature is Nature.RATE)


def cell(metric: Metric, now: Figures, before: Figures | None, url: str) -> Cell:
    """One number of a table."""
    value = now[metric.key]
    told = tuple(plain(METRICS[key], now[key]) for key in with_parts([metric.key]))
    alone = Cell(written(metric, value), told, url if opens(metric, value) else "", parts_of(metric, now))
    if before is None:
        return alone
    then = before[metric.key]
    told += (plain(metric, then), plain_change(metric, value, then))
    return replace(alone, plain=told, before=written(metric, then), change=signed(metric, value, then))


def region_table(asking: Asking, links: Links) -> tuple[Figures, Table, list[Tile]]:
    """The figures of the whole, the table of the next level and its map of solve rates: counted once."""
    figures, rows = whole_and_rows(asking.question.of(*COUNTED), "region")
    whole_then, rows_then = whole_and_rows(asking.before.of(*COUNTED), "region") if asking.compares else (None, [])
    then = {row.code: row.figures for row in rows_then}
    head, here = [METRICS[key] for key in COLUMNS], asking.region.code
    lines = []
    for row in rows:
        place: dict[str, Any] = {"own": 1} if row.code == here else {"region": row.code}
        cells = [cell(m, row.figures, then.get(row.code), links.rows(m.key, **place)) for m in head]
        lines.append(Line(row.label, cells, "" if row.code == here else links.page(region=row.code)))
    tiles = [
        Tile(str(row.code), row.label, row.figures["solve_rate"], links.page(region=row.code))
        for row in rows
        if row.code != here
    ]
    return figures, Table(head, lines, _sum(head, figures, whole_then, links), compares=asking.compares), tiles


def alliance_table(asking: Asking, alliances: Sequence[Alliance], links: Links) -> tuple[Figures, Table]:
    """The same figures of each alliance: where there is no lower level, and for organisations.

    Left out is what had not begun by the last day and counts nothing.
    """
    head = [METRICS[key] for key in COLUMNS if key != "alliances_active"]
    ids = [alliance.pk for alliance in alliances]
    now, then = _each(asking.question, ids), _each(asking.before, ids) if asking.compares else {}
    figures = whole(asking.question.of(*COUNTED))
    whole_then = whole(asking.before.of(*COUNTED)) if asking.compares else None
    lines = [
        Line(
            one.name,
            [cell(m, now[one.pk], then.get(one.pk), links.rows(m.key, alliance=one.pk)) for m in head],
            links.page(alliance=one.pk),
        )
        for one in alliances
        if one.has_begun(asking.question.period.last) or any(now[one.pk].values())
    ]
    total = _sum(head, figures, whole_then, links)
    return figures, Table(head, lines, total, of_alliances=True, compares=asking.compares)


def _each(question: Question, ids: list[int]) -> dict[int, Figures]:
    """Alliance id -> its figures: one statement a figure."""
    asked = {key: METRICS[key] for key in COUNTED}
    found = {
        key: m.per_alliance(question.period, ids, question.kind) if question.knows(m) else {}
        for key, m in asked.items()
    }
    return {pk: {key: numbers.get(pk) for key, numbers in found.items()} for pk in ids}


def _sum(head: list[Metric], figures: Figures, before: Figures | None, links: Links) -> Line:
    """The last line of a table: the region as a whole."""
    return Line(_("合计"), [cell(m, figures, before, links.rows(m.key)) for m in head])


def headlines(figures: Figures, before: Figures, links: Links) -> list[Headline]:
    """The tiles on top."""
    return [
        Headline(
            str(m.label), count(figures[m.key]), str(m.unit) if figures[m.key] is not None else "",
            compared(m, figures[m.key], before[m.key]), links.rows(m.key) if opens(m, figures[m.key]) else "",
        )
        for m in (METRICS[key] for key in HEADLINES)
    ]  # fmt: skip


def sections(asking: Asking, links: Links) -> list[tuple[str, list[Told]]]:
    """Every figure with the same days of the year before: two statements each."""
    now, then = whole(asking.question), whole(asking.before)
    days = asking.before.period
    back = {"from": days.first, "to": days.last, "year": "", "quarter": "", "month": ""}
    return [
        (str(title), [_told(METRICS[key], now, then, links, back) for key in keys]) for title, keys in SECTIONS
    ]


def _told(metric: Metric, now: Figures, then: Figures, links: Links, back: dict[str, Any]) -> Told:
    value: Number = now[metric.key]
    parts = [
        (str(METRICS[key].label), count(now[key]), links.rows(key) if now[key] else "")
        for key in (metric.key + NUMERATOR, metric.key + DENOMINATOR)
        if key in METRICS and now[key] is not None
    ]
    unit = f" {metric.unit}" if metric.unit and value is not None else ""
    return Told(
        metric, written(metric, value) + unit, links.rows(metric.key) if opens(metric, value) else "", parts,
        in_full(metric, then), links.rows(metric.key, **back) if opens(metric, then[metric.key]) else "",
        signed(metric, value, then[metric.key]), compared(metric, value, then[metric.key]),
    )  # fmt: skip


def listed_heads() -> list[str]:
    """The columns of the file of all figures."""
    return [_("指标"), _("单位"), _("本期"), _("上年同期"), _("增减"), _("口径")]


def listed(asking: Asking) -> Iterable[list[Number | str]]:
    """Every figure in a line of its own, also numerators and denominators."""
    now, then = whole(asking.question), whole(asking.before)
    for key, metric in METRICS.items():
        value, past = now[key], then[key]
        told = [plain(metric, value), plain(metric, past), plain_change(metric, value, past)]
        yield [str(metric.label), str(metric.unit), *told, str(metric.definition)]
