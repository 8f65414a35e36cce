"""All places of the country from their file, against COPY of the same rows into the same table."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from bench.lines.line import Line, against
from bench.lines.review import undone
from bench.timing import in_turn, peak
from members.loading import load_regions


def lines(scale: str) -> Iterator[Line]:
    """Nothing without the file: ``REGIONS=path`` (code,name as CSV, packed with gzip)."""
    path = Path(os.environ.get("REGIONS") or "missing")
    if not path.exists():
        print("     load_regions: left out, because REGIONS= names no file")
        return

    def copied() -> None:
        with connection.cursor() as cursor, gzip.open(path) as file:
            cursor.execute("CREATE TABLE copied (LIKE members_region INCLUDING ALL)")
            cursor.copy_expert("COPY copied (code, name) FROM STDIN (FORMAT csv, HEADER)", file)

    ours, floor = in_turn(undone(lambda: load_regions(path)), undone(copied), rounds=3)
    note = f"at most {peak(undone(lambda: load_regions(path))):.0f} MB of Python's memory"
    yield against("load_regions", "全国区划", (ours, floor), 2, note=note)
