"""To seal the trail: whatever is new and final, in batches, outside of everybody's request.

**What is final.** An id may be drawn long before its row is committed, so the rows that are visible are no measure. But
who has drawn from a sequence holds a lock on it (RowExclusiveLock, taken before the id) until the end of the
transaction. So: read how far each sequence has come, look who holds a lock on it or on its table, and wait until those
transactions have ended. Every id up to there then has its row, or never will. Nobody waits for the sealer. A table
in which somebody works longer than our patience is left to the next run.

(The sequences keep no ids in a session: Django makes them with CACHE 1.)
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from members.alone import alone
from members.models import TrailSeal
from members.states import Refused
from members.trail import DIGEST, PLAINLY, Table, key_of, tables, written

LOCK_SPACE = 6_011
BATCH = 1_000
PATIENCE = 20.0
"""Seconds for transactions in flight to end."""

PAUSE = 0.02
SETTLING = timedelta(minutes=10)
"""The words of who asks can still change within the request that wrote them (at a log-in); no request lasts as long."""

LEAST = -(2**63)

DRAWN = """
SELECT name, pg_sequence_last_value(sequence), ARRAY[sequence::oid, quote_ident(name)::regclass::oid]
FROM unnest(%s::text[], %s::text[]) AS t (name, key)
CROSS JOIN LATERAL (SELECT pg_get_serial_sequence(quote_ident(name), key)::regclass AS sequence) s
"""
HOLDERS = """
SELECT relation, virtualtransaction FROM pg_locks
WHERE locktype = 'relation' AND mode = 'RowExclusiveLock' AND granted AND relation = ANY(%s)
  AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
  AND pid IS DISTINCT FROM pg_backend_pid()
"""


@dataclass(slots=True)
class Sealed:
    """What a run has done: so many seals over so many rows; the tables that must wait for the next run."""

    seals: int = 0
    rows: int = 0
    waiting: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Bound:
    """How far a table's ids were drawn, and whose locks can tell of it: the table's and the sequence's."""

    table: Table
    drawn: int
    relations: frozenset[int]


def seal_trail(at: datetime, *, batch: int = BATCH, patience: float = PATIENCE) -> Sealed:
    """Seal everything that is new and final. Twice at once: the second is Refused ``sealing``; twice: nothing new."""
    done = Sealed()
    with alone(LOCK_SPACE, 0, Refused("sealing", _("封存正在进行，请稍后再试。"))):
        bounds = list(_bounds())
        held = _held_after(bounds, patience)
        for bound in bounds:
            if bound.relations & held:
                done.waiting.append(bound.table.name)
            else:
                _seal_table(bound, at, batch, done)
    return done


def _bounds() -> Iterator[Bound]:
    """The tables in which ids were drawn since they were last sealed."""
    by_name = {table.name: table for table in tables()}
    sealed = dict(TrailSeal.objects.order_by().values_list("table").annotate(Max("last")))
    with connection.cursor() as cursor:
        cursor.execute(DRAWN, [list(by_name), [table.key for table in by_name.values()]])
        for name, drawn, relations in cursor.fetchall():
            if drawn is not None and drawn > sealed.get(name, LEAST):
                yield Bound(by_name[name], drawn, frozenset(relations))


def _held_after(bounds: list[Bound], patience: float) -> frozenset[int]:
    """Wait for the transactions that were at work when the bounds had been read; those tables and sequences in which
    some still are."""
    relations = [relation for bound in bounds for relation in bound.relations]
    left, until = _holders(relations), time.monotonic() + patience
    while left and time.monotonic() < until:
        time.sleep(PAUSE)
        left &= _holders(relations)
    return frozenset(relation for relation, _who in left)


def _holders(relations: list[int]) -> set[tuple[int, str]]:
    with connection.cursor() as cursor:
        cursor.execute(HOLDERS, [relations])
        return set(cursor.fetchall())


def _seal_table(bound: Bound, at: datetime, batch: int, done: Sealed) -> None:
    """One seal a batch, each in the order of ids; all of a table in one transaction."""
    table = bound.table
    line, source = written(table.name, table.columns)
    digest = DIGEST.format(line="line", key="id")
    one = ONE_BATCH.format(key=key_of(table.key), line=line, source=source, digest=digest)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(PLAINLY)
        previous = TrailSeal.objects.last()
        before = TrailSeal.objects.filter(table=table.name).last()
        above = before.last if before else None
        final = _settled(bound, LEAST if above is None else above, at) if table.has_context else bound.drawn
        while True:
            cursor.execute(one, {"above": LEAST if above is None else above, "final": final, "batch": batch})
            rows, last, content = cursor.fetchone()
            if not rows:
                return
            previous = _seal(table, above, (rows, last, content), previous, at)
            above, done.seals, done.rows = last, done.seals + 1, done.rows + rows


def _settled(bound: Bound, above: int, at: datetime) -> int:
    """Up to where nobody's context can still change: the first that can, and what comes after it, waits."""
    quote = connection.ops.quote_name
    young = YOUNG.format(key=quote(bound.table.key), table=quote(bound.table.name))
    with connection.cursor() as cursor:
        cursor.execute(young, [above, at - SETTLING])
        first = cursor.fetchone()[0]
    return bound.drawn if first is None else min(bound.drawn, first - 1)


def _seal(
    table: Table, above: int | None, found: tuple[int, int, str], previous: TrailSeal | None, at: datetime
) -> TrailSeal:
    rows, last, content = found
    made = TrailSeal(
        number=previous.number + 1 if previous else 1, table=table.name, above=above, last=last, rows=rows,
        columns=list(table.columns), content=content, previous=previous.digest if previous else "", sealed_at=at,
    )  # fmt: skip
    made.digest = made.reckoned()
    made.save(force_insert=True)
    return made


YOUNG = "SELECT min({key}) FROM {table} WHERE {key} > %s AND pgh_context_id IS NOT NULL AND pgh_created_at > %s"

ONE_BATCH = """
WITH batch AS (
  SELECT {key} AS id, {line} AS line FROM {source} WHERE {key} > %(above)s AND {key} <= %(final)s
  ORDER BY {key} LIMIT %(batch)s
)
SELECT count(*), max(id), {digest} FROM batch
"""
