"""The screen on the wall (大屏): the running year of a place in big numbers; no person, no title, no asker."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from assessments import pictures
from assessments.dashboards import loop_of, tiles_of
from assessments.reports.frame import Frame
from assessments.reports.grids import written
from assessments.reports.spans import year_until
from assessments.statistics import METRICS, whole
from listings.models import Item
from members.charts import Series, Slice, Tile

NUMBERS = (
    "alliances_active", "organizations_covered", "items_claimed", "problems_solved", "solve_rate",
    "service_person_times",
)  # fmt: skip
LATEST = 8


@dataclass(frozen=True, slots=True)
class News:
    """That something was confirmed by whoever asked: when, where, of what kind, after how many days."""

    on: date
    place: str
    kind: str
    category: str
    days: int


@dataclass(frozen=True)
class Screen:
    numbers: list[tuple[str, str, str]]
    tiles: list[Tile]
    loop: list[Slice]
    ring: list[Slice]
    months: list[str]
    unfinished: bool
    series: list[Series]
    news: list[News]


def screen_of(frame: Frame, link: Callable[[str], str]) -> Screen:
    """What the wall shows; a fixed number of statements."""
    found = whole(frame.question(*NUMBERS))
    question = frame.question(period=year_until(frame.period.last))
    months, series, unfinished = pictures.curves(question)
    numbers = [(str(METRICS[key].label), written(METRICS[key], found[key]), str(METRICS[key].unit)) for key in NUMBERS]
    ring = pictures.ring(frame.question())
    return Screen(
        numbers, tiles_of(frame, link), loop_of(frame), ring, months, unfinished, series, latest(frame)
    )  # fmt: skip


def latest(frame: Frame) -> list[News]:
    """What whoever asked has confirmed last."""
    confirmed = Item.objects.within(frame.region.code).filter(confirmed_on__lte=frame.period.last)
    found: Any = confirmed.select_related("region").order_by("-confirmed_on", "-id")[:LATEST]
    return [
        News(
            one.confirmed_on, one.region.name, one.get_kind_display(), one.get_category_display(),
            (one.confirmed_on - one.collected_on).days,
        )
        for one in found
    ]  # fmt: skip
