"""Spreadsheets in and out: Excel and CSV, written so that no cell is a formula, read so that no file can do harm.

What :func:`write_xlsx` and :func:`csv_lines` write, :func:`read` reads back cell by cell the same.
"""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _

from members import sheet_child
from members.uploads import TABLES, check_upload

MOST_ROWS, MOST_COLUMNS = 100_000, 64
LONGEST_CELL = 32_767
"""What a cell of Excel holds."""

UNSAFE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""With what a spreadsheet would begin a formula, fullwidth signs included."""

BEYOND = re.compile(rb'<(?:\w+:)?c\b[^>]*?\sr\s*=\s*["\'](?:[A-Z]{3,}|[C-Z][A-Z]|B[M-Z]|[A-Z]+(?:[2-9]\d{5}|1\d{6}))')
"""The reference of a cell to the right of the 64th column, or far beneath the last row: the reader counts the rest."""

PERHAPS_BEYOND = re.compile(rb'r\s*=\s*["\'](?:[A-Z]{3,}|[C-Z][A-Z]|B[M-Z]|[A-Z]+(?:[2-9]\d{5}|1\d{6}))')
"""What every such reference holds: a quick look, for the long texts in which there is none."""

ENTITY = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
Cells = list[str]


class Unreadable(Exception):
    """A file that is refused as a whole; the text says why and how to mend it."""


@dataclass(frozen=True)
class Sheet:
    """One table: headings and rows. ``choices``: column number -> the words that may stand there, as a drop-down;
    ``marked``: columns that are emphasised; ``hints``: column number -> what is shown beside the cell."""

    title: str
    heads: Sequence[str]
    rows: Iterable[Sequence[Any]]
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    marked: Sequence[int] = ()
    hints: Mapping[int, str] = field(default_factory=dict)
    widths: Mapping[int, int] = field(default_factory=dict)


# Out ---------------------------------------------------------------------------------------------------------


def write_xlsx(target: IO[bytes], *sheets: Sheet) -> None:
    """Write the sheets row by row with flat memory; every text is a cell of type text, numbers are numbers."""
    import xlsxwriter

    with xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#F5F6F8", "border": 1, "border_color": "#E5E8EE"})
        mark = book.add_format({"font_color": "#B42318", "text_wrap": True})
        plain = book.add_format({"num_format": "@"})
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.title[:31]), sheet, bold, mark, plain)


def _write_sheet(page: Any, sheet: Sheet, bold: Any, mark: Any, plain: Any) -> None:
    for number, head in enumerate(sheet.heads):
        page.set_column(number, number, sheet.widths.get(number) or max(12, 2 * len(str(head)) + 4), plain)
        if words := sheet.choices.get(number):
            page.data_validation(1, number, MOST_ROWS, number, _drop_down(words))
    page.freeze_panes(1, 0)
    for number, head in enumerate(sheet.heads):
        page.write_string(0, number, str(head), bold)
    for place, row in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(row):
            _write_cell(page, place, number, cell, mark if number in sheet.marked else plain)


def _drop_down(words: Sequence[str]) -> dict[str, Any]:
    """A warning only: the check accepts more words than Excel's 255 characters of choices can show."""
    shown = list(words)
    while len(",".join(shown)) > 255:
        shown.pop()
    return {"validate": "list", "source": shown, "error_type": "warning", "error_title": _("请从下拉项中选择")}


def _write_cell(page: Any, row: int, column: int, cell: Any, form: Any) -> None:
    if isinstance(cell, int | float | Decimal) and not isinstance(cell, bool):
        page.write_number(row, column, cell)
    elif cell is not None and (text := str(cell)):
        page.write_string(row, column, text[:LONGEST_CELL], form)


def csv_lines(heads: Sequence[str], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The lines of a CSV file, the first with the mark by which Excel knows UTF-8; no text is a formula."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([neutralised(str(head)) for head in heads])
    for row in rows:
        yield writer.writerow(["" if cell is None else _plain(cell) for cell in row])


class _Echo:
    """A file that hands each line back instead of keeping it."""

    def write(self, line: str) -> str:
        return line


def _plain(cell: Any) -> str:
    number = isinstance(cell, int | float | Decimal) and not isinstance(cell, bool)
    return str(cell) if number else neutralised(str(cell))


def neutralised(text: str) -> str:
    """The text with an apostrophe before what a spreadsheet would take for a formula; undone by :func:`restored`."""
    return f"'{text}" if text.lstrip("'").startswith(UNSAFE) else text


def restored(text: str) -> str:
    """The text that was neutralised."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(UNSAFE) else text


# In ----------------------------------------------------------------------------------------------------------


def read(path: Path) -> Iterator[Cells]:
    """Every row of the first sheet (``.xlsx``) or of the file (``.csv``) as texts; row 1 comes first, none is left out.

    Raises Unreadable, at once or on the way.
    """
    with path.open("rb") as file:
        ending = ".xlsx" if file.read(2) == b"PK" else ".csv"
        try:
            check_upload(File(file, name=f"table{ending}"), TABLES)
        except ValidationError as refused:
            raise Unreadable("".join(refused.messages)) from refused
    return _read_workbook(path) if ending == ".xlsx" else _read_csv(path)


def _read_workbook(path: Path) -> Iterator[Cells]:
    inspect_workbook(path)
    child = [sys.executable, "-I", sheet_child.__file__, str(path), str(MOST_ROWS + 1), str(MOST_COLUMNS)]
    with subprocess.Popen(child, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as reader:  # noqa: S603
        try:
            for line in reader.stdout or ():
                yield from json.loads(line)
        finally:
            if reader.poll() is None and sys.exc_info()[0] is not None:
                reader.kill()
    if reader.returncode:
        raise Unreadable(_why(reader.returncode))


def _why(code: int) -> str:
    if code == sheet_child.TOO_LARGE:
        return _too_large()
    if code == sheet_child.LOCKED:
        return _("文件加了密码，请去掉密码再导入。")
    return _("这个表格无法读取：文件损坏，或内容超出限度。请用模板重新制作。")


def _too_large() -> str:
    return _("表格超过 %(rows)s 行或 %(columns)s 列，请删去多余的行列（包括空白格式），或分成几个文件。") % {
        "rows": f"{MOST_ROWS:,}", "columns": MOST_COLUMNS,
    }  # fmt: skip


def inspect_workbook(path: Path) -> None:
    """Refuse, in words, entities, and cells so far out that a reader would lay out millions of empty ones."""
    with zipfile.ZipFile(path) as packed:
        for part in packed.infolist():
            if part.filename.endswith((".xml", ".rels", ".vml")):
                with packed.open(part) as text:
                    _inspect_text(text)


def _inspect_text(text: IO[bytes]) -> None:
    rest = b""
    while chunk := text.read(2**20):
        window = rest + chunk
        if ENTITY.search(window):
            raise Unreadable(_("文件里有外部实体声明，不予读取。请用 Excel 另存为 .xlsx 再导入。"))
        if PERHAPS_BEYOND.search(window) and BEYOND.search(window):
            raise Unreadable(_too_large())
        rest = window[-256:]


def _read_csv(path: Path) -> Iterator[Cells]:
    text = _decoded(path.read_bytes())
    head = text.partition("\n")[0]
    mark = max(",\t;", key=head.count)
    number = 0
    try:
        for number, row in enumerate(csv.reader(text.splitlines(keepends=True), delimiter=mark), start=1):
            if number > MOST_ROWS + 1 or len(row) > MOST_COLUMNS:
                raise Unreadable(_too_large())
            yield [restored(cell) for cell in row]
    except csv.Error as broken:
        words = _("第 %(number)s 行之后无法读取：引号不成对，或单元格过长。") % {"number": number}
        raise Unreadable(words) from broken


def _decoded(raw: bytes) -> str:
    """UTF-8 with or without its mark, or GB18030 as Chinese Excel writes it: the upload's check knows no other."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        return raw.decode("gb18030")
