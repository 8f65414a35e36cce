"""Rows of an import: cells under their headings, what they say, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
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
    """One row: its number and its cells in the file, what they mean by column key, what is wrong, what it would do.

    ``deed``: new, changed, same. ``thing`` is what it is about where it exists; ``changes`` field -> (before, after).
    """

    number: int
    cells: Sequence[str]
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
        """The rows that are not empty, read column by column, equal cells once; ``lines`` are numbered as in the
        file. A cell that cannot be taken leaves a fault and no value, a missing one a fault and the empty value."""
        taken = list(self._filled(lines))
        read = [column for column in self.columns if column.key in self.places and not column.shown]
        values, bad = [], []
        for column in read:
            cells = [line[self.places[column.key]] for _number, line in taken]
            known = {cell: reading(column, cell.strip(), strict=strict) for cell in set(cells)}
            values.append([known[cell] for cell in cells])
            if any(isinstance(value, Fault) for value in known.values()):
                bad.append(column)
        keys = [column.key for column in read]
        rows = [
            Row(number, line, dict(zip(keys, own, strict=True)))
            for (number, line), own in zip(taken, zip(*values, strict=True), strict=True)
        ]
        for column in bad:
            self._refuse(rows, column)
        return rows

    def _filled(self, lines: Iterable[tuple[int, Sequence[str]]]) -> Iterator[tuple[int, Sequence[str]]]:
        """The lines that say something, each as long as the headings ask."""
        places = list(self.places.values())
        wide = max(places) + 1
        for number, line in lines:
            full = line if len(line) >= wide else [*line, *[""] * (wide - len(line))]
            if any(full[place].strip() for place in places):
                yield number, full

    def _refuse(self, rows: Iterable[Row], column: Column) -> None:
        for row in rows:
            fault = row.values[column.key]
            if isinstance(fault, Fault):
                row.faults.append(fault)
                del row.values[column.key]
                if not self.cell(row, column):
                    row.values[column.key] = column.empty

    def cell(self, row: Row, column: Column | None) -> str:
        """What stands there in the file; nothing for the row as a whole."""
        return row.cells[self.places[column.key]].strip() if column and column.key in self.places else ""


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


def shown_value(cell: str, column: Column | None) -> str:
    """The offending value, shortened; digits that could be a person's are masked."""
    cell = re.sub(r"[\x00-\x1f\x7f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ud800-\udfff]", "\ufffd", cell)
    if re.search(r"\d[\d\s\-]{14,}", cell) and holds_identity_number(cell, strict=True):
        cell = re.sub(r"\d", "*", cell)
    elif column is not None and column.key == "phone":
        cell = masked(cell)
    return cell if len(cell) <= SHORT else cell[: SHORT - 1] + "…"
