"""A table as a file for the one who asked: made while it is sent, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import FileResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from members.spreadsheets import Sheet, csv_lines, write_xlsx

IN_MEMORY = 4 * 2**20
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], form: str = "xlsx") -> HttpResponseBase:
    """The table as ``name.xlsx`` or, with ``form`` csv, ``name.csv``; the memory stays flat either way."""
    if form == "csv":
        lines = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        lines["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return guarded(lines)
    return workbook(name, Sheet(name, heads, rows))


def workbook(name: str, *sheets: Sheet) -> FileResponse:
    """The sheets as ``name.xlsx``. ``name`` is ASCII; titles may be Chinese."""
    file = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the answer closes it)
    write_xlsx(file, *sheets)
    file.seek(0)
    return guarded(FileResponse(file, as_attachment=True, filename=f"{name}.xlsx", content_type=XLSX))


def guarded(answer: Any) -> Any:
    """Kept by no cache, and never taken for anything but a file."""
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
