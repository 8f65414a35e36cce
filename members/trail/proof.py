"""To look the trail through again: every seal and every sealed row, and the chain against what was kept outside."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from members.models import TrailSeal
from members.models.trail import moment
from members.trail import DIGEST, PLAINLY, Table, key_of, tables, written
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
    known = {table.name: table for table in tables()}
    seals = TrailSeal.objects.order_by("number")
    proof = Proof()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAINLY)
        proof.seals = seals.count()
        proof.rows = seals.aggregate(rows=Sum("rows"))["rows"] or 0
        proof.findings += [*_chain(seals.iterator(), known), *_anchored(anchors)]
        for name, columns in seals.order_by("table").values_list("table", "columns").distinct():
            proof.findings += _rows(name, columns, known)
        proof.unsealed = sum(_unsealed(table) for table in known.values())
    return proof


# The chain ------------------------------------------------------------------------------------------------------


def _chain(seals: Iterable[TrailSeal], known: dict[str, Table]) -> Iterator[str]:
    """Each seal bears its own digest and that of the one before; those of a table follow each other without a gap."""
    number, digest = 0, ""
    ends: dict[str, int] = {}
    for seal in seals:
        if seal.number != number + 1:
            yield _missing(number + 1, seal.number - 1)
        elif seal.previous != digest:
            words = _("第 %(number)s 号封条与前一号不衔接：前一号或它自己被换过。")
            yield words % {"number": seal.number}
        if seal.digest != seal.reckoned():
            words = _("第 %(number)s 号封条（%(table)s）与自己的摘要不符：封条被改动。")
            yield words % {"number": seal.number, "table": seal.table}
        if seal.above is not None and seal.above > ends.get(seal.table, LEAST):
            words = _("%(table)s 编号 %(first)s 至 %(last)s 没有封条。")
            first = ends.get(seal.table, 0) + 1
            yield words % {"table": _called(seal.table, known), "first": first, "last": seal.above}
        number, digest, ends[seal.table] = seal.number, seal.digest, seal.last


def _missing(first: int, last: int) -> str:
    if first == last:
        return _("第 %(number)s 号封条不见了：封条被删除。") % {"number": first}
    return _("第 %(first)s 至 %(last)s 号封条不见了：封条被删除。") % {"first": first, "last": last}


def _anchored(anchors: Iterable[Anchor]) -> Iterator[str]:
    last = getattr(TrailSeal.objects.last(), "number", 0)
    for anchor in anchors:
        seal = TrailSeal.objects.filter(number=anchor.number).first()
        said = {"number": anchor.number, "at": anchor.sealed_at, "last": last}
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


def _rows(name: str, columns: list[str], known: dict[str, Table]) -> Iterator[str]:
    """The batches of a table that are no longer what was sealed. Only these leave the database."""
    there = _columns_of(name)
    if lost := [column for column in columns if column not in there]:
        words = _("%(table)s 无法复核：表或列（%(columns)s）已不存在。")
        yield words % {"table": _called(name, known), "columns": "、".join(lost)}
        return
    key = key_of(known[name].key if name in known else columns[0])
    line, source = written(name, columns)
    digest = DIGEST.format(line=line, key=key)
    seals = connection.ops.quote_name(TrailSeal._meta.db_table)
    asked = CHANGED.format(seals=seals, source=source, key=key, least=LEAST, digest=digest)
    with connection.cursor() as cursor:
        cursor.execute(asked, [name, columns])
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


UNSEALED = "SELECT count(*) FROM {source} WHERE {key} > %s"


def _unsealed(table: Table) -> int:
    """How many rows no seal speaks of yet."""
    last = TrailSeal.objects.filter(table=table.name).last()
    counted = UNSEALED.format(source=connection.ops.quote_name(table.name), key=connection.ops.quote_name(table.key))
    with connection.cursor() as cursor:
        cursor.execute(counted, [last.last if last else LEAST])
        return int(cursor.fetchone()[0])
