"""Regions from a file: streamed, checked column by column, poured in; the whole country in one go.

What the table does not hold yet goes into it by COPY as it comes, batch by batch, and what it holds is compared; only
who took over from whom waits in a stage that this transaction alone sees, for the codes that come later.
"""

from __future__ import annotations

import csv
import gzip
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from operator import itemgetter, lt
from pathlib import Path
from typing import IO, Any

from django.db import connection, transaction

from members.pouring import undisturbed

BATCH = 20_000
PIECE = 2**17
CODE = re.compile(r"(?:[0-9]{12}|[0-9]{9}|[0-9]{6}|[0-9]{4}|[0-9]{2})")
"""The longest first: what a possessive repetition has taken it does not give back."""

NAME = re.compile(r"[^\x00-\x1f\x7f\ud800-\udfff]{1,80}")
CODES = re.compile(rf"{CODE.pattern}(?:\n{CODE.pattern})*+")
NAMES = re.compile(rf"{NAME.pattern}(?:\n{NAME.pattern})*+")
OPTIONAL = re.compile(rf"(?:{CODE.pattern})?(?:\n(?:{CODE.pattern})?)*+")
MOST_TOLD = 1000

LOCK = "LOCK TABLE members_region IN SHARE ROW EXCLUSIVE MODE"
STAGE = """
DROP TABLE IF EXISTS pg_temp.stage;
CREATE TEMP TABLE stage (code text COLLATE "C", successor text COLLATE "C") ON COMMIT DROP
"""
STRETCH = "SELECT code, name FROM members_region WHERE code BETWEEN %s AND %s"
THESE = "SELECT code, name FROM members_region WHERE code = ANY(%s)"
ADD = "COPY members_region (code, name) FROM STDIN"
SUCCESSORS = "COPY stage (code, successor) FROM STDIN"
RENAME = """
UPDATE members_region r SET name = s.name, updated_at = now() FROM unnest(%s, %s) s (code, name) WHERE s.code = r.code
"""
LAST_COUNTS = "DELETE FROM stage a USING stage b WHERE a.code = b.code AND a.ctid < b.ctid"
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
        self.reader, self.loaded, self.last, self.ascending = csv.reader(lines_of(file)), loaded, "", True
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
        if min(map(len, rows), default=self.width) < self.width:
            rows = [cells + [""] * (self.width - len(cells)) for cells in rows]
        successors = list(map(itemgetter(self.successor), rows)) if self.successor is not None else []
        return list(map(itemgetter(self.code), rows)), list(map(itemgetter(self.name), rows)), successors

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
    with undisturbed(), transaction.atomic(), opened(path) as file, connection.cursor() as cursor:
        source = Source(file, loaded)
        cursor.execute(LOCK)
        cursor.execute(STAGE)
        for codes, names, successors in source:
            loaded.written += add(cursor, codes, names, ascending=source.ascending)
            if successors:
                copy(cursor, SUCCESSORS, codes, successors)
            told(loaded.rows)
        if source.successor is not None:
            succeed(cursor, loaded, ascending=source.ascending)
    return loaded


def opened(path: Path) -> IO[str]:
    """The file as text, unpacked where its name ends in .gz."""
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def lines_of(file: IO[str]) -> Iterator[str]:
    """The lines, cut from long pieces: to ask a packed file for each one is dear."""
    while piece := file.read(PIECE):
        yield from StringIO(piece + file.readline(), newline="")


def add(cursor: Any, codes: list[str], names: list[str], *, ascending: bool) -> int:
    """Write what is new, rename what is known by another name: how many that were. Of twins the last counts."""
    if not codes:
        return 0
    if ascending:
        cursor.execute(STRETCH, [codes[0], codes[-1]])
    else:
        called = dict(zip(codes, names, strict=True))
        codes, names = list(called), list(called.values())
        cursor.execute(THESE, [codes])
    known = dict(cursor.fetchall())
    if not known:
        copy(cursor, ADD, codes, names)
        return len(codes)
    pairs = list(zip(codes, names, strict=True))
    renamed = [pair for pair in pairs if known.get(pair[0], pair[1]) != pair[1]]
    new = [pair for pair in pairs if pair[0] not in known]
    if renamed:
        cursor.execute(RENAME, [*map(list, zip(*renamed, strict=True))])
    if new:
        copy(cursor, ADD, *zip(*new, strict=True))
    return len(renamed) + len(new)


def copy(cursor: Any, into: str, *columns: Sequence[str]) -> None:
    """Send columns whose cells hold neither tabulators nor line breaks."""
    text = "\n".join(map("\t".join, zip(*columns, strict=True)))
    cursor.copy_expert(into, StringIO(text.replace("\\", r"\\")), PIECE)


def succeed(cursor: Any, loaded: Loaded, *, ascending: bool) -> None:
    """Write down who took over from whom."""
    if not ascending:
        cursor.execute(LAST_COUNTS)
    cursor.execute("ANALYZE stage")
    cursor.execute(SUCCEED)
    cursor.execute(LOST)
    for code, successor in cursor.fetchall():
        loaded.refuse(f"successor {successor} of {code} is unknown")


def orphans() -> list[str]:
    """Codes whose next higher code is missing: a figure's parts would not sum to the whole there."""
    with connection.cursor() as cursor:
        cursor.execute(ORPHANS)
        return [code for (code,) in cursor.fetchall()]
