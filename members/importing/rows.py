"""Rows of an import: cells under their headings, what they say, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from members.importing.columns import Bad, Column, holds_identity_number, letter
from members.models.organization import masked
from members.spreadsheets import Unreadable

REASONS = "错误原因"
"""The extra column of the marked file, which an import passes over."""

FORBIDDEN = re.compile(r"身份证|证件号|公民身份|id\s*card|idcard", re.IGNORECASE)
SHORT = 40


@dataclass(frozen=True, slots=True)
class Fault:
    """``column`` None: the row as a whole."""

    column: Column | None
    wrong: Any
    mend: Any


@dataclass(slots=True)
class Row:
    """One row: its number in the file, its cells by column key, what they mean, what is wrong, what it would do.

    ``deed``: new, changed, same. ``thing`` is what it is about where it exists; ``changes`` field -> (before, after).
    """

    number: int
    cells: dict[str, str]
    values: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    deed: str = ""
    thing: Any = None
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)

    @property
    def good(self) -> bool:
        return not self.faults

    def refuse(self, column: Column | None, wrong: Any, mend: Any) -> None:
        """Say what is wrong; a refused row does nothing."""
        self.faults.append(Fault(column, wrong, mend))
        self.deed = ""

    def is_new(self) -> None:
        self.deed = "new"

    def meets(self, thing: Any, changes: dict[str, tuple[Any, Any]]) -> None:
        """The row is about a thing that exists; without changes it does nothing."""
        self.thing, self.changes, self.deed = thing, changes, "changed" if changes else "same"


class Table:
    """The headings of a file matched with the columns of an importer. Raises Unreadable where they do not fit."""

    def __init__(self, heads: Sequence[str], columns: Sequence[Column]) -> None:
        names = [head.strip().rstrip("*＊").strip() for head in heads]
        self.columns = columns
        self.places: dict[str, int] = {}
        by_label = {str(column.label): column for column in columns}
        self.ignored: list[str] = []
        for place, name in enumerate(names):
            if FORBIDDEN.search(name):
                raise Unreadable(_("本系统不收集身份证号：请删去“%(name)s”这一列再导入。") % {"name": name[:SHORT]})
            column = by_label.get(name)
            if column is None and name and name != REASONS:
                self.ignored.append(name[:SHORT])
            elif column is not None and column.key in self.places:
                raise Unreadable(_("“%(name)s”这一列有两个，请只留一个。") % {"name": name})
            elif column is not None:
                self.places[column.key] = place
        self._demand_required()

    def _demand_required(self) -> None:
        missing = [str(c.label) for c in self.columns if c.required and c.key not in self.places]
        if missing:
            words = _("第一行缺少这些列：%(names)s。请用下载的模板，不要改动第一行的列名。")
            raise Unreadable(words % {"names": "、".join(missing)})

    def letter_of(self, column: Column | None) -> str:
        return letter(self.places[column.key]) if column is not None and column.key in self.places else ""

    def rows(self, lines: Iterable[tuple[int, Sequence[str]]], *, strict: bool) -> list[Row]:
        """The rows that are not empty, read column by column; ``lines`` are numbered as in the file."""
        keys, places, width = list(self.places), list(self.places.values()), max(self.places.values(), default=-1) + 1
        numbers, taken = [], []
        for number, line in lines:
            full = line if len(line) >= width else [*line, *[""] * (width - len(line))]
            cells = [full[place].strip() for place in places]
            if any(cells):
                numbers.append(number)
                taken.append(cells)
        columns = dict(zip(keys, zip(*taken, strict=True), strict=True)) if taken else {}
        read = [column for column in self.columns if column.key in columns and not column.shown]
        meant = {column.key: readings(column, columns[column.key], strict=strict) for column in read}
        values = zip(*([known[cell] for cell in columns[key]] for key, known in meant.items()), strict=True)
        rows = [
            Row(number, dict(zip(keys, cells, strict=True)), dict(zip(meant, row, strict=True)))
            for number, cells, row in zip(numbers, taken, values, strict=True)
        ]
        for column in read:
            if any(isinstance(value, Fault) for value in meant[column.key].values()):
                _refuse_bad(rows, column)
        return rows


def readings(column: Column, cells: Iterable[str], *, strict: bool) -> dict[str, Any]:
    """What each of the cells means, or the Fault that stands in the way; equal cells are read once."""
    return {cell: reading(column, cell, strict=strict) for cell in set(cells)}


def reading(column: Column, cell: str, *, strict: bool) -> Any:
    """The value of one cell, or its Fault."""
    if not cell:
        return Fault(column, _("没有填"), _("这一列必须填写")) if column.required else column.empty
    if len(cell) >= 18 and holds_identity_number(cell, strict):
        return Fault(column, _("像是身份证号，本系统不收集"), _("删去这个号码"))
    try:
        return column.parse(cell, column)
    except Bad as bad:
        return Fault(column, bad.wrong, bad.mend)


def _refuse_bad(rows: Iterable[Row], column: Column) -> None:
    """A cell that cannot be taken becomes a fault of its row and leaves no value; a missing one leaves the empty."""
    for row in rows:
        fault = row.values[column.key]
        if isinstance(fault, Fault):
            row.faults.append(fault)
            if row.cells[column.key]:
                del row.values[column.key]
            else:
                row.values[column.key] = column.empty


def shown_value(row: Row, column: Column | None) -> str:
    """The offending value, shortened; digits that could be a person's are masked."""
    cell = row.cells.get(column.key, "") if column is not None else ""
    cell = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", "\ufffd", cell)
    if re.search(r"\d[\d\s\-]{14,}", cell) and holds_identity_number(cell, strict=True):
        cell = re.sub(r"\d", "*", cell)
    elif column is not None and column.key == "phone":
        cell = masked(cell)
    return cell if len(cell) <= SHORT else cell[: SHORT - 1] + "…"
