"""To look the trail through again: every seal and every sealed row, and the chain against what was kept outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.utils.translation import gettext as _
from psycopg2.sql import SQL, Identifier

from members.models import TrailSeal
from members.models.trail import moment
from members.trail import DIGEST, PLAINLY, Table, tables, written
from members.trail.seals import LEAST


@dataclass(frozen=True, slots=True)
class Anchor:
    """The head of the chain as it was at some moment: what is kept where nobody of the database can write."""

    number: int
    digest: str
    sealed_at: str

    def __str__(self) -> str:
        return f"{self.number} {self.digest} {self.sealed_at}"


class Unreadable(Exception):
    """A line of an anchor file that is none."""


LINE = re.compile(r"(?P<number>[1-9]\d{0,18}) (?P<digest>[0-9a-f]{64}) (?P<sealed_at>\S+)")


def head() -> Anchor | None:
    """The last seal, to be kept outside; None while nothing is sealed."""
    last = TrailSeal.objects.last()
    return Anchor(last.number, last.digest, moment(last.sealed_at)) if last else None


def anchors_in(text: str) -> list[Anchor]:
    """An anchor a line; empty lines and those that begin with # are passed over. Raises Unreadable."""
    found = []
    for place, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        read = LINE.fullmatch(line.strip())
        if read is None:
            told = _("第 %(line)s 行不是锚点：每行应为“封条编号 64 位摘要 时间”，由 audit_anchor 打印。")
            raise Unreadable(told % {"line": place})
        found.append(Anchor(int(read["number"]), read["digest"], read["sealed_at"]))
    if not found:
        raise Unreadable(_("文件里没有锚点。请用 manage.py audit_anchor 打印一行，存到别处。"))
    return found


@dataclass(slots=True)
class Proof:
    """What was looked at and what was found wrong, in words; nothing found = the trail is as it was sealed."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    findings: list[str] = field(default_factory=list)


def prove(anchors: Iterable[Anchor] = ()) -> Proof:
    """Compare everything with its seals, the seals with each other, and the chain with the anchors."""
    proof = Proof()
    by_name = {table.name: table for table in tables()}
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAINLY)
        seals = list(TrailSeal.objects.all())
        proof.seals, proof.rows = len(seals), sum(seal.rows for seal in seals)
        proof.findings += [*_chain(seals), *_ranges(seals, by_name), *_anchored(seals, anchors)]
        kinds = dict.fromkeys((seal.table, tuple(seal.columns)) for seal in seals)
        for name, columns in kinds:
            proof.findings += _rows(name, columns, by_name)
        proof.unsealed = sum(_unsealed(table) for table in by_name.values())
    return proof


# The chain ------------------------------------------------------------------------------------------------------


def _chain(seals: list[TrailSeal]) -> Iterator[str]:
    number, digest = 0, ""
    for seal in seals:
        if seal.number != number + 1:
            yield _missing(number + 1, seal.number - 1)
        elif seal.previous != digest:
            words = _("第 %(number)s 号封条与前一号不衔接：前一号或它自己被换过。")
            yield words % {"number": seal.number}
        if seal.digest != seal.reckoned():
            words = _("第 %(number)s 号封条（%(table)s）与自己的摘要不符：封条被改动。")
            yield words % {"number": seal.number, "table": seal.table}
        number, digest = seal.number, seal.digest


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("第 %(number)s 号封条不见了：封条被删除。") % {"number": first}
    return _("第 %(first)s 至 %(last)s 号封条不见了：封条被删除。") % {"first": first, "last": last}


def _ranges(seals: list[TrailSeal], known: dict[str, Table]) -> Iterator[str]:
    """The seals of each table follow each other without a gap."""
    ends: dict[str, int | None] = {}
    for seal in seals:
        before = ends.get(seal.table)
        if seal.above is not None and (before is None or seal.above > before):
            words = _("%(table)s 编号 %(first)s 至 %(last)s 没有封条。")
            yield words % {"table": _called(seal.table, known), "first": (before or 0) + 1, "last": seal.above}
        ends[seal.table] = seal.last


def _anchored(seals: list[TrailSeal], anchors: Iterable[Anchor]) -> Iterator[str]:
    by_number = {seal.number: seal for seal in seals}
    last = seals[-1].number if seals else 0
    for anchor in anchors:
        seal, said = by_number.get(anchor.number), {"number": anchor.number, "at": anchor.sealed_at, "last": last}
        if seal is None and anchor.number > last:
            yield _("锚点记有第 %(number)s 号封条（%(at)s），而现在只到第 %(last)s 号：链尾被截去。") % said
        elif seal is None:
            yield _("锚点记有第 %(number)s 号封条（%(at)s），现在没有它：封条被删除。") % said
        elif (seal.digest, moment(seal.sealed_at)) != (anchor.digest, anchor.sealed_at):
            yield _("第 %(number)s 号封条与锚点（%(at)s）不符：封条链被重写。") % said


# The rows -------------------------------------------------------------------------------------------------------

CHANGED = """
SELECT s.number, s.above, s.last, s.rows, found.rows
FROM {seals} s CROSS JOIN LATERAL (
  SELECT count(*) AS rows, coalesce({digest}, '') AS content FROM {source}
  WHERE {key} > coalesce(s.above, {least}) AND {key} <= s.last
) found
WHERE s.table = %s AND s.columns = %s::varchar[] AND (found.rows <> s.rows OR found.content <> s.content)
ORDER BY s.number
"""


def _rows(name: str, columns: tuple[str, ...], known: dict[str, Table]) -> Iterator[str]:
    """The batches of a table that are no longer what was sealed. Only these leave the database."""
    there = _columns_of(name)
    if lost := [column for column in columns if column not in there]:
        words = _("%(table)s 无法复核：表或列（%(columns)s）已不存在。")
        yield words % {"table": _called(name, known), "columns": "、".join(lost)}
        return
    key = known[name].key if name in known else columns[0]
    line, source = written(name, key, columns)
    own = SQL("t.{}").format(Identifier(key))
    asked = SQL(CHANGED).format(
        seals=Identifier(TrailSeal._meta.db_table), source=source, key=own, least=SQL(str(LEAST)),
        digest=DIGEST.format(line=line, key=own),
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(asked, [name, list(columns)])
        for number, above, last, sealed, found in cursor.fetchall():
            said = {"table": _called(name, known), "first": (above or 0) + 1, "last": last, "number": number}
            yield _("%(table)s 编号 %(first)s 至 %(last)s（第 %(number)s 号封条）：") % said + _what(sealed, found)


def _what(sealed: int, found: int) -> str:
    said = {"sealed": sealed, "found": found, "many": abs(sealed - found)}
    if found < sealed:
        return _("封存时 %(sealed)s 行，现在 %(found)s 行，少了 %(many)s 行，有记录被删除。") % said
    if found > sealed:
        return _("封存时 %(sealed)s 行，现在 %(found)s 行，多了 %(many)s 行，有记录是事后插入的。") % said
    return _("行数相符（%(found)s 行）而内容不符，有记录被改动或被替换。") % said


def _columns_of(name: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT column_name FROM information_schema.columns "
            "WHERE table_schema = current_schema() AND table_name = %s",
            [name],
        )
        return {column for (column,) in cursor.fetchall()}


def _called(name: str, known: dict[str, Table]) -> str:
    return f"{name}（{known[name].label}）" if name in known else name


def _unsealed(table: Table) -> int:
    """How many rows no seal speaks of yet."""
    last = TrailSeal.objects.filter(table=table.name).last()
    counted = SQL("SELECT count(*) FROM {} WHERE {} > %s").format(Identifier(table.name), Identifier(table.key))
    with connection.cursor() as cursor:
        cursor.execute(counted, [last.last if last else LEAST])
        return int(cursor.fetchone()[0])
