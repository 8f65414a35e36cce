"""What published reports print for a place, beside what the system counts for the same place and day."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import urlencode

import yaml

from alliances.measures import Number, Period
from assessments.statistics import METRICS
from members.charts import count

SOURCE = Path(__file__).parent / "data" / "published_totals.yaml"

DEMO_REACHES = {"cases": date.min, "chifeng-2019": date(2019, 4, 30), "chifeng-2021": date(2021, 6, 30)}
"""Until which day the demo data of a scale repeat what the reports say."""


@dataclass(frozen=True)
class Published:
    """A printed total. ``figure`` None: we count nothing of the kind, it stands as reported.

    ``at_least`` (以上) and ``about`` (约) totals are no exact figures. A flow counts from ``since`` on.
    Without ``demo`` the demo data do not repeat it: nothing made up stands beside the print.
    """

    source: str
    place: str
    name: str
    value: int
    to: date
    figure: str | None
    at_least: bool = False
    about: bool = False
    unit: str = ""
    since: date = date(2018, 1, 1)
    demo: bool = True

    def counted(self) -> Number:
        """What the system counts for the same place and days; None where it counts nothing of the kind."""
        return METRICS[self.figure].total(Period(self.since, self.to), self.place) if self.figure else None

    def holds(self, number: Number) -> bool:
        """Whether a counted number agrees with the print: equal, or at least as much and no more than a tenth over."""
        if number is None:
            return False
        return self.value <= number <= self.value * 1.1 if self.at_least or self.about else number == self.value


@cache
def published() -> tuple[Published, ...]:
    """Every printed total, in the order of the reports."""
    kept = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return tuple(
        Published(**{("since" if name == "from" else name): value for name, value in row.items()} | {
            "source": kept["sources"][row["source"]]
        })
        for row in kept["totals"]
    )  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """A printed total and what stands beside it: ``number`` None with ``missing`` saying why."""

    printed: Published
    number: Number
    missing: str = ""  # "" | "not_counted" | "not_in_demo" | "beyond_data"

    @property
    def agrees(self) -> bool:
        return self.printed.holds(self.number)

    @property
    def print_words(self) -> str:
        """The printed number as the report gives it."""
        return f"{count(self.printed.value)}{self.printed.unit}"

    @property
    def rows_query(self) -> str:
        """What asks for the rows behind our number."""
        printed = self.printed
        asked = {"figure": printed.figure, "region": printed.place, "from": printed.since, "to": printed.to}
        return urlencode(asked) if self.number is not None else ""

    @property
    def number_words(self) -> str:
        """Our number; a dash where there is none."""
        return count(self.number)


def compared(seen: Callable[[str], bool], scale: str) -> list[Comparison]:
    """The totals of the places that ``seen`` lets pass; ``scale`` names the demo data underneath, if it is a demo."""
    return [_compare(printed, DEMO_REACHES.get(scale, date.max)) for printed in published() if seen(printed.place)]


def _compare(printed: Published, reaches: date) -> Comparison:
    if printed.figure is None:
        return Comparison(printed, None, "not_counted")
    if not printed.demo and reaches != date.max:
        return Comparison(printed, None, "not_in_demo")
    if printed.to > reaches:
        return Comparison(printed, None, "beyond_data")
    return Comparison(printed, printed.counted())
