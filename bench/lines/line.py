"""A line of the table: what was measured, against what, and whether it is within its bar."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from bench.timing import Cost


@dataclass(frozen=True)
class Line:
    """``ratio`` is what ``bar`` limits; ``key`` is the same on every scale, so that growth can be told."""

    key: str
    label: str
    ours: Cost
    floor: Cost
    ratio: float
    bar: float
    unit: str = "x"
    at_least: bool = False
    note: str = ""

    @property
    def passed(self) -> bool:
        return self.ratio >= self.bar if self.at_least else self.ratio <= self.bar

    def saved(self) -> dict[str, Any]:
        return asdict(self) | {"passed": self.passed}


Topic = Callable[[str], Iterable[Line]]
"""Measures its lines at a scale."""


def against(key: str, label: str, costs: Iterable[Cost], bar: float, note: str = "") -> Line:
    """Ours and its floor, as a ratio of CPU."""
    ours, floor = costs
    return Line(key, label, ours, floor, ours.cpu / floor.cpu, bar, note=note)


def counted(deed: Callable[[], Any]) -> int:
    """How many statements it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        deed()
    return len(asked)
