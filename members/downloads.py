"""A table as a file for the one who asked: made while it is sent, kept nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from tempfile import SpooledTemporaryFile
from typing import Any

from django.http import StreamingHttpResponse
from django.http.response import HttpResponseBase

from members.spreadsheets import Sheet, csv_lines, write_xlsx

IN_MEMORY, CHUNK = 4 * 2**20, 2**16
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, heads: Sequence[str], rows: Iterable[Sequence[Any]], form: str = "xlsx") -> HttpResponseBase:
    """The table as ``name.xlsx`` or, with ``form`` csv, ``name.csv``; the memory stays flat either way."""
    if form == "csv":
        lines = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        lines["Content-Disposition"] = f'attachment; filename="{name}.csv"'
        return guarded(lines)
    return workbook(name, Sheet(name, heads, rows))


def workbook(name: str, *sheets: Sheet) -> StreamingHttpResponse:
    """The sheets as ``name.xlsx``. ``name`` is ASCII; titles may be Chinese."""
    chunks = _written(sheets)  # the first one now: what goes wrong is said before the answer begins
    answer = StreamingHttpResponse(
        chain([next(chunks)], chunks), content_type=XLSX
    )  # an error is one before the answer
    answer["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return guarded(answer)


def _written(sheets: Sequence[Sheet]) -> Iterator[bytes]:
    """The bytes of a workbook; its file goes with the answer, also where nobody reads to the end."""
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file:
        write_xlsx(file, *sheets)
        file.seek(0)
        while chunk := file.read(CHUNK):
            yield chunk


def guarded(answer: Any) -> Any:
    """Kept by no cache, and never taken for anything but a file."""
    answer["Cache-Control"] = "no-store"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
