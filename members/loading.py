"""Regions from a file: streamed, checked line by line, staged, merged; the whole country in one go.

The rows travel as two long texts a batch (far cheaper than a parameter a cell) into a stage that only this
transaction sees; two statements then bring the stage into the table.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from operator import lt
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

BATCH = 20_000
CODE = re.compile(r"(?:[0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})")
NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,80}")
CODES = re.compile(rf"{CODE.pattern}(?:\n{CODE.pattern})*+")
NAMES = re.compile(rf"{NAME.pattern}(?:\n{NAME.pattern})*+")
OPTIONAL = re.compile(rf"(?:{CODE.pattern})?(?:\n(?:{CODE.pattern})?)*+")
MOST_TOLD = 1000

STAGE = """
DROP TABLE IF EXISTS pg_temp.stage;
CREATE TEMP TABLE stage (code text COLLATE "C", name text, successor text COLLATE "C") ON COMMIT DROP
"""
FILL = "INSERT INTO stage SELECT * FROM unnest(string_to_array(%s, E'\\n'), string_to_array(%s, E'\\n'), {successors})"
LAST_COUNTS = "DELETE FROM stage a USING stage b WHERE a.code = b.code AND a.ctid < b.ctid"
LOCK = "LOCK TABLE members_region IN SHARE ROW EXCLUSIVE MODE"
RENAME = """
UPDATE members_region r SET name = s.name, updated_at = now() FROM stage s WHERE s.code = r.code AND s.name <> r.name
"""
ADD = """
INSERT INTO members_region (code, name)
SELECT code, name FROM stage s WHERE NOT EXISTS (SELECT 1 FROM members_region r WHERE r.code = s.code)
"""
SUCCEED = """
UPDATE members_region r SET successor_id = s.successor, updated_at = now() FROM stage s
WHERE s.code = r.code AND s.successor <> '' AND r.successor_id IS DISTINCT FROM s.successor
AND EXISTS (SELECT 1 FROM members_region n WHERE n.code = s.successor)
"""
LOST = """
SELECT code, successor FROM stage s
WHERE successor <> '' AND NOT EXISTS (SELECT 1 FROM members_region n WHERE n.code = s.successor) ORDER BY code
"""
ORPHANS = """
SELECT code FROM members_region r WHERE length(code) > 2 AND NOT EXISTS (
  SELECT 1 FROM members_region p
  WHERE p.code = left(r.code, CASE length(r.code) WHEN 12 THEN 9 WHEN 9 THEN 6 WHEN 6 THEN 4 ELSE 2 END)
) ORDER BY code LIMIT 20
"""


@dataclass
class Loaded:
    """What a file brought: ``rows`` read, ``written`` new or renamed, ``bad`` by line (at most a thousand are kept)."""

    rows: int = 0
    written: int = 0
    bad_count: int = 0
    bad: list[str] = field(default_factory=list)

    def refuse(self, why: str) -> None:
        self.bad_count += 1
        if len(self.bad) < MOST_TOLD:
            self.bad.append(why)


class Source:
    """The rows of a file in batches of (codes, names, successors); what is wrong is refused by line in ``loaded``.

    ``ascending`` stays true as long as each code was greater than the one before: then none comes twice.
    """

    def __init__(self, file: IO[str], loaded: Loaded) -> None:
        self.reader, self.loaded, self.last, self.ascending = csv.reader(file), loaded, "", True
        header = [name.strip() for name in next(self.reader, [])]
        if not {"code", "name"} <= set(header):
            raise ValueError("the first line must name the columns: code,name")
        self.width, self.code, self.name = len(header), header.index("code"), header.index("name")
        self.successor = header.index("successor") if "successor" in header else None

    def __iter__(self) -> Iterator[tuple[list[str], ...]]:
        before = self.reader.line_num
        while rows := list(islice(self.reader, BATCH)):
            self.loaded.rows += len(rows)
            codes, names, successors = self.columns(rows)
            if not sound(codes, names, successors):  # only then is it worth looking row by row
                rows = [
                    cells for cells, line in numbered(rows, before) if self.fits(cells) or self.refused(cells, line)
                ]
                codes, names, successors = self.columns(rows)
            self.ascending = self.ascending and all(map(lt, [self.last, *codes], codes))
            self.last, before = codes[-1] if codes else self.last, self.reader.line_num
            yield codes, names, successors

    def columns(self, rows: list[list[str]]) -> tuple[list[str], list[str], list[str]]:
        """The cells by column; too short a row leaves an empty cell, which is never sound."""
        if any(len(cells) < self.width for cells in rows):
            rows = [cells + [""] * (self.width - len(cells)) for cells in rows]
        successors = [cells[self.successor] for cells in rows] if self.successor is not None else []
        return [cells[self.code] for cells in rows], [cells[self.name] for cells in rows], successors

    def fits(self, cells: list[str]) -> bool:
        """Whether the row may be written as it stands."""
        return bool(
            len(cells) >= self.width
            and CODE.fullmatch(cells[self.code])
            and NAME.fullmatch(cells[self.name])
            and (self.successor is None or not cells[self.successor] or CODE.fullmatch(cells[self.successor]))
        )

    def refused(self, cells: list[str], line: int) -> bool:
        """Try once more without blanks around the cells, then name the fault. True when the row is good after all."""
        cells[:] = [cell.strip() for cell in cells]
        if self.fits(cells):
            return True
        self.loaded.refuse(f"line {line}: {self.fault(cells)}")
        return False

    def fault(self, cells: list[str]) -> str:
        if len(cells) < self.width:
            return f"{len(cells)} cells, {self.width} expected"
        code, name = cells[self.code], cells[self.name]
        if not CODE.fullmatch(code):
            return f"code {code[:40]!r} has not 2, 4, 6, 9 or 12 digits"
        if not NAME.fullmatch(name):
            return f"name {name[:40]!r} of {code} is empty, longer than 80 or unprintable"
        return f"successor of {code} is no code"


def sound(codes: list[str], names: list[str], successors: list[str]) -> bool:
    """Whether every cell of a batch may be written as it stands: one look at each column as a whole."""
    for pattern, cells in ((CODES, codes), (NAMES, names), (OPTIONAL, successors)):
        text = "\n".join(cells)
        if text.count("\n") != max(len(cells) - 1, 0) or not pattern.fullmatch(text):
            return False
    return True


def numbered(rows: list[list[str]], before: int) -> Iterator[tuple[list[str], int]]:
    """Each row with the number of its last line in the file; empty lines are passed over."""
    line = before
    for cells in rows:
        line += 1 + sum(cell.count("\n") for cell in cells)
        if cells:
            yield cells, line


def load_regions(path: Path, told: Callable[[int], None] = lambda rows: None) -> Loaded:
    """Write the file's regions; good rows are kept, bad ones named. Twice is once. ``told`` hears of the progress.

    Columns ``code`` and ``name``, optionally ``successor``; of a code that comes twice the last row counts.
    Raises ValueError for a file without them.
    """
    loaded = Loaded()
    with transaction.atomic(), opened(path) as file, connection.cursor() as cursor:
        source = Source(file, loaded)
        cursor.execute(STAGE)
        for batch in source:
            stage(cursor, *batch)
            told(loaded.rows)
        if not source.ascending:
            cursor.execute(LAST_COUNTS)
        merge(cursor, loaded, successors=source.successor is not None)
    return loaded


def opened(path: Path) -> IO[str]:
    """The file as text, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def stage(cursor: Any, codes: list[str], names: list[str], successors: list[str]) -> None:
    """Send one batch; no cell holds a line break, so a line is a cell."""
    if not codes:
        return
    columns = ["\n".join(codes), "\n".join(names)]
    if successors:
        cursor.execute(FILL.format(successors="string_to_array(%s, E'\\n')"), [*columns, "\n".join(successors)])
    else:
        cursor.execute(FILL.format(successors="NULL::text[]"), columns)


def merge(cursor: Any, loaded: Loaded, *, successors: bool) -> None:
    """Rename what is known, add what is new, write down who took over from whom."""
    cursor.execute("ANALYZE stage")
    cursor.execute(LOCK)
    for statement in (RENAME, ADD):
        cursor.execute(statement)
        loaded.written += int(cursor.rowcount)
    if successors:
        cursor.execute(SUCCEED)
        cursor.execute(LOST)
        for code, successor in cursor.fetchall():
            loaded.refuse(f"successor {successor} of {code} is unknown")


def orphans() -> list[str]:
    """Codes whose next higher code is missing: a figure's parts would not sum to the whole there."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS)
        return [code for (code,) in cursor.fetchall()]
