"""Regions from a file: streamed, checked line by line, merged in batches; the whole country in one go."""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from django.db import connection, transaction


BATCH = 20_000
CODE = re.compile(r"[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12}")
LONGEST = 80
MOST_TOLD = 1000
MERGE = """
INSERT INTO members_region (code, name) SELECT * FROM unnest(%s::text[], %s::text[])
ON CONFLICT (code) DO UPDATE SET name = excluded.name WHERE members_region.name <> excluded.name
"""
SUCCEED = """
UPDATE members_region SET successor_id = given.successor
FROM unnest(%s::text[], %s::text[]) AS given (code, successor)
WHERE members_region.code = given.code AND members_region.successor_id IS DISTINCT FROM given.successor
"""


class Row(NamedTuple):
    line: int
    code: str
    name: str
    successor: str


@dataclass
class Loaded:
    """What a file brought: ``rows`` read, ``written`` new or renamed, ``bad`` by line (at most a thousand are kept)."""

    rows: int = 0
    written: int = 0
    bad_count: int = 0
    bad: list[str] = field(default_factory=list)

    def refuse(self, line: int, why: str) -> None:
        self.bad_count += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append(f"line {line}: {why}")


def load_regions(path: Path, told: Callable[[int], None] = lambda rows: None) -> Loaded:
    """Write the file's regions; good rows are kept, bad ones named. Twice is once. ``told`` hears of the progress.

    Columns ``code`` and ``name``, optionally ``successor``. Raises ValueError for a file without them.
    """
    loaded = Loaded()
    with transaction.atomic(), opened(path) as file:
        successors: list[Row] = []
        for batch in batches(checked(rows_of(file, loaded), loaded)):
            loaded.written += merge(batch)
            successors += [row for row in batch if row.successor]
            told(loaded.rows)
        succeed(successors, loaded)
    return loaded


def opened(path: Path) -> IO[str]:
    """The file as text, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def rows_of(file: IO[str], loaded: Loaded) -> Iterator[Row]:
    """The lines under the header; a line without a code or a name is refused."""
    reader = csv.reader(file)
    header = [name.strip() for name in next(reader, [])]
    if not {"code", "name"} <= set(header):
        raise ValueError("the first line must name the columns: code,name")
    code, name = header.index("code"), header.index("name")
    successor = header.index("successor") if "successor" in header else None
    for cells in reader:
        loaded.rows += 1
        if len(cells) < len(header):
            loaded.refuse(reader.line_num, f"{len(cells)} cells, {len(header)} expected")
            continue
        yield Row(
            reader.line_num, cells[code].strip(), cells[name].strip(), cells[successor].strip() if successor is not None else ""
        )


def checked(rows: Iterable[Row], loaded: Loaded) -> Iterator[Row]:
    """Only the rows that may be written; each other one is refused with its line and its value."""
    for row in rows:
        why = fault(row)
        if why:
            loaded.refuse(row.line, why)
        else:
            yield row


def fault(row: Row) -> str:
    """What is wrong with a row; nothing for a good one."""
    if not CODE.fullmatch(row.code) or not row.code.isascii():
        return f"code {row.code[:40]!r} has not 2, 4, 6, 9 or 12 digits"
    if not row.name or len(row.name) > LONGEST or "\0" in row.name:
        return f"name {row.name[:40]!r} of {row.code} is empty, too long or unprintable"
    if row.successor and not CODE.fullmatch(row.successor):
        return f"successor {row.successor[:40]!r} of {row.code} is no code"
    return ""


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Lists of at most BATCH rows; of a code that comes twice in a batch the last name counts."""
    batch: dict[str, Row] = {}
    for row in rows:
        batch[row.code] = row
        if len(batch) >= BATCH:
            yield list(batch.values())
            batch = {}
    if batch:
        yield list(batch.values())


def merge(batch: list[Row]) -> int:
    """Insert or rename; returns how many rows changed."""
    with connection.cursor() as cursor:
        cursor.execute(MERGE, [[row.code for row in batch], [row.name for row in batch]])
        return int(cursor.rowcount)


def succeed(rows: list[Row], loaded: Loaded) -> None:
    """Write down which code took over; a successor that nobody knows is refused."""
    if not rows:
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT code FROM members_region WHERE code = ANY(%s)", [[row.successor for row in rows]])
        known = {code for (code,) in cursor.fetchall()}
        good = [row for row in rows if row.successor in known]
        cursor.execute(SUCCEED, [[row.code for row in good], [row.successor for row in good]])
    for row in rows:
        if row.successor not in known:
            loaded.refuse(row.line, f"successor {row.successor} of {row.code} is unknown")


def orphans() -> list[str]:
    """Codes whose next higher code is missing: told after a load, because a figure's parts would not sum to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT code FROM members_region r WHERE length(code) > 2 AND NOT EXISTS (SELECT 1 FROM members_region p "
            "WHERE p.code = left(r.code, CASE length(r.code) WHEN 12 THEN 9 WHEN 9 THEN 6 WHEN 6 THEN 4 ELSE 2 END)) "
            "ORDER BY code LIMIT 20"
        )
        return [code for (code,) in cursor.fetchall()]


