"""Of what a report consists: tables whose cells know both their number and how it is written.

Page and workbook are made of the same cells, so that they cannot differ.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from alliances.measures import Metric, Nature, Number
from members.charts import count, share


@dataclass(frozen=True, slots=True)
class Cell:
    """``words`` stand on paper, a day on one line; ``value`` in the workbook; ``url`` leads on from the page."""

    words: str
    value: Any
    url: str = ""
    number: bool = False
    day: bool = False


@dataclass(frozen=True, slots=True)
class Grid:
    """A table under its heading. ``note`` says what it leaves out, ``empty`` stands where it has no rows."""

    key: str
    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""
    empty: str = ""
    total: Sequence[Cell] = ()

    @property
    def lines(self) -> list[Sequence[Cell]]:
        """The rows with the sum at their end."""
        return [*self.rows, self.total] if self.total else list(self.rows)


def written(metric: Metric, value: Number) -> str:
    """A number as papers show it: rates in per cent, a dash for what is not known."""
    return share(value) if metric.nature is Nature.RATE else count(value)


def text(words: Any, url: str = "") -> Cell:
    """A cell of words; a day is written year first."""
    day = isinstance(words, date)
    said = f"{words:%Y-%m-%d}" if day else str(words)
    return Cell(said, said, url, day=day)


def figure(metric: Metric, value: Number, url: str = "") -> Cell:
    """A cell that holds a figure; a rate stands in the workbook as a number from 0 to 1."""
    return Cell(written(metric, value), "" if value is None else value, url, number=True)


def amount(value: int) -> Cell:
    """A cell that holds a count of rows."""
    return Cell(f"{value:,}", value, number=True)
