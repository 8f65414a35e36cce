"""The dashboard of a place (看板): its figures with the year behind them, the loop in all stages, the mechanisms.

Every picture is drawn from the same figures as the statistics page; the wall's screen shows a part of it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from assessments import pictures
from assessments.mechanisms import Mechanism, mechanisms_of
from assessments.reports.frame import Frame
from assessments.reports.grids import written
from assessments.reports.spans import year_until
from assessments.statistics import METRICS, rows, whole
from listings.metrics.loop import STAGES, stages_of
from members.charts import Number, Series, Slice, Tile, share
from members.models.region import child_length

TILES = (
    "alliances_active", "organizations_covered", "items_claimed", "problems_solved", "activities_held",
    "service_person_times",
)  # fmt: skip
LINES = (("items_claimed", "problems_solved"), ("activities_held", "meetings_held"))


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure of the span; ``url`` leads to the rows behind it."""

    label: str
    value: str
    unit: str
    url: str


@dataclass(frozen=True)
class Dashboard:
    """``curves`` are pairs of figures by month over the last twelve; ``tiles`` are empty without a level beneath."""

    gauges: list[Gauge]
    months: list[str]
    unfinished: bool
    curves: list[list[Series]]
    loop: list[Slice]
    ring: list[Slice]
    tiles: list[Tile]
    mechanisms: list[Mechanism]
    neighbours: int

    @property
    def axes(self) -> list[str]:
        return [one.label for one in self.mechanisms]

    @property
    def shapes(self) -> list[Series]:
        """The place's own shape in per cent, and the middle of its neighbours behind it where there are enough."""
        own = Series(_("本地"), [percent(one.share) for one in self.mechanisms])
        if self.mechanisms[0].middle is None:
            return [own]
        return [own, Series(_("同级地区中位数"), [percent(one.middle) for one in self.mechanisms])]

    @property
    def shares(self) -> list[tuple[str, str, str, str]]:
        """Each mechanism in words: name, what it asks, how many of how many, the middle of the neighbours."""
        return [
            (one.label, one.meaning, f"{share(one.share)}（{one.alive:,} / {one.alliances:,}）", share(one.middle))
            for one in self.mechanisms
        ]


def dashboard_of(frame: Frame, link: Callable[[str], str]) -> Dashboard:
    """The dashboard of a place over a span; a fixed number of statements."""
    window = year_until(frame.period.last)
    found = whole(frame.question(*TILES))
    months = window.months()

    def by_month(key: str) -> list[Number | None]:
        numbers = METRICS[key].by(window, frame.region.code, "month", frame.alliances)
        return [numbers.get(month.label, 0) for month in months]

    gauges = [
        Gauge(str(METRICS[key].label), written(METRICS[key], found[key]), str(METRICS[key].unit), frame.rows_url(key))
        for key in TILES
    ]
    mechanisms, neighbours = mechanisms_of(frame.region.code, frame.period, frame.alliances)
    question = frame.question()
    return Dashboard(
        gauges, [pictures.month_label(month.first) for month in months],
        frame.period.last != frame.span.period.last,
        [[Series(str(METRICS[key].label), by_month(key)) for key in pair] for pair in LINES],
        loop_of(frame), pictures.ring(question), tiles_of(frame, link), mechanisms, neighbours,
    )  # fmt: skip


def loop_of(frame: Frame) -> list[Slice]:
    """How far what was asked in the span had come by its end."""
    passed = stages_of(frame.period, pictures.items_of(frame.question()))
    return [Slice(str(label), passed[name]) for name, label in STAGES]


def tiles_of(frame: Frame, link: Callable[[str], str]) -> list[Tile]:
    """The places beneath by their solve rates."""
    if frame.alliances is not None or child_length(frame.region.code) is None:
        return []
    found = rows(frame.question("solve_rate"), "region")
    return [
        Tile(str(row.code), row.label, row.figures["solve_rate"], link(str(row.code)))
        for row in found
        if row.code != frame.region.code
    ]


def percent(value: float | None) -> float | None:
    return None if value is None else round(100 * value, 1)
