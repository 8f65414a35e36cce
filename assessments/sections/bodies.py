"""What a section of the sheet may be: facts, a table, or words; each names its template."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Alliance

LONGEST = 60
LATEST = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, two pairs a line."""

    pairs: Sequence[tuple[Any, Any]]
    template: str = "register/_facts.html"


@dataclass(frozen=True, slots=True)
class Table:
    """A table; ``note`` says what was left out."""

    heads: Sequence[Any]
    rows: Sequence[Sequence[Any]]
    note: str = ""
    template: str = "register/_table.html"


@dataclass(frozen=True, slots=True)
class Words:
    """Running text, a paragraph for each."""

    texts: Sequence[Any]
    template: str = "register/_words.html"


Body = Facts | Table | Words | None
Tell = Callable[[Alliance, Any, date], Body]


def day_word(day: date | None) -> str:
    return day.strftime("%Y-%m-%d") if day else "—"


def cut(number: int, shown: int) -> str:
    """Says how many there are where not all are shown."""
    words = _("共 %(number)s 行，只列前 %(shown)s 行。") % {"number": number, "shown": shown}
    return words if number > shown else ""
