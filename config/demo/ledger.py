"""A ledger of rows: the demo writes into it row by row, it hands them to PostgreSQL by the thousand.

Keys are counted here, so that rows can point at each other before any of them is written; foreign keys are checked
at the end of the transaction. Histories are written with their things, so that they are legal by construction.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management.color import no_style
from django.db import connection, models

from members.models import Step

BATCH = 20_000

Columns = dict[str, list[Any]]
Writer = Callable[[type[models.Model], Columns], None]


@dataclass(frozen=True, slots=True)
class Move:
    """One step of a history: the state that the thing came to, when, by which verb, for whom and why."""

    to: str
    at: datetime
    verb: str
    organization: int | None = None
    reason: str = ""
    detail: dict[str, Any] | None = None


class Table:
    """Rows of one model that wait to be written."""

    def __init__(self, model: type[models.Model]) -> None:
        self.model = model
        self.keys = count(1)
        fields = [field for field in model._meta.concrete_fields if field.column is not None]
        self.defaults = {field.attname: _default(field) for field in fields}
        self.by_database = {field.attname for field in fields if field.has_db_default()}
        self.rows: list[dict[str, Any]] = []

    def add(self, values: dict[str, Any]) -> None:
        self.rows.append(self.defaults | values)

    def take(self) -> Columns:
        """The waiting rows column by column; they wait no longer. What the database fills in, and nobody said, is left
        out."""
        taken, self.rows = self.rows, []
        columns = {name: [row[name] for row in taken] for name in self.defaults}
        unsaid = {name for name in self.by_database if not any(value is not None for value in columns[name])}
        return {name: column for name, column in columns.items() if name not in unsaid}


def _default(field: models.Field) -> Any:
    """What stands where nothing is said; mutable defaults become their JSON at the border."""
    if field.has_default():
        return field.get_default()
    return "" if isinstance(field, models.CharField | models.TextField) and not field.null else None


class Ledger:
    """Where the demo writes. ``actor`` is the account in whose name the synthetic deeds are done."""

    def __init__(self, write: Writer, actor: int | None = None) -> None:
        self._write = write
        self._tables: dict[type[models.Model], Table] = {}
        self._kinds: dict[type[models.Model], int] = {}
        self.actor = actor

    def key(self, model: type[models.Model]) -> int:
        """A fresh primary key, for a row that comes later."""
        return next(self._table(model).keys)

    def put(self, model: type[models.Model], **values: Any) -> int:
        """Enter a row under ``id``, or under a fresh key; columns by attname (``region_id``)."""
        table = self._table(model)
        pk: int = values.setdefault("id", 0) or next(table.keys)
        values["id"] = pk
        table.add(values)
        if len(table.rows) >= BATCH:
            self._write(model, table.take())
        return pk

    def history(self, model: type[models.Model], pk: int, moves: Sequence[Move]) -> None:
        """The steps of a thing, each stage ended by the next one; all of them told already."""
        kind = self._kind(model)
        before = ""
        for place, move in enumerate(moves):
            until = moves[place + 1].at if place + 1 < len(moves) else None
            self.put(
                Step,
                thing_type_id=kind,
                thing_id=pk,
                verb=move.verb,
                from_state=before,
                to_state=move.to,
                at=move.at,
                until=until,
                by_id=self.actor,
                organization_id=move.organization,
                reason=move.reason,
                detail=move.detail or {},
                told_at=move.at,
            )
            before = move.to

    def close(self) -> None:
        """Write what still waits."""
        for model, table in self._tables.items():
            if table.rows:
                self._write(model, table.take())

    @property
    def written(self) -> list[type[models.Model]]:
        return list(self._tables)

    def _table(self, model: type[models.Model]) -> Table:
        if model not in self._tables:
            self._tables[model] = Table(model)
        return self._tables[model]

    def _kind(self, model: type[models.Model]) -> int:
        if model not in self._kinds:
            self._kinds[model] = ContentType.objects.get_for_model(model).pk
        return self._kinds[model]


def insert(model: type[models.Model], columns: Columns) -> None:
    """One statement for a whole batch: an array per column, unnested side by side."""
    quote = connection.ops.quote_name
    fields = {field.attname: field for field in model._meta.concrete_fields}
    names, kinds, arrays = [], [], []
    for name, values in columns.items():
        field = fields[name]
        kind = _column_type(field)
        names.append(quote(str(field.column)))
        kinds.append((f"%s::{'text' if kind == 'jsonb' else kind}[]", kind))
        arrays.append([json.dumps(value) for value in values] if kind == "jsonb" else values)
    aliases = [f"c{place}" for place in range(len(names))]
    chosen = ", ".join(f"{a}::jsonb" if kind == "jsonb" else a for a, (_, kind) in zip(aliases, kinds, strict=True))
    sql = (
        f"INSERT INTO {quote(model._meta.db_table)} ({', '.join(names)}) SELECT {chosen} "  # noqa: S608
        f"FROM unnest({', '.join(array for array, _ in kinds)}) AS rows({', '.join(aliases)})"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, arrays)


def _column_type(field: models.Field) -> str:
    """The column's type without the width, which arrays do not need."""
    kind = str(field.rel_db_type(connection) if field.is_relation else field.db_type(connection))
    return kind.partition("(")[0].partition(" COLLATE")[0]


FOREIGN_KEYS = """
    SELECT conrelid::regclass::text, quote_ident(conname), pg_get_constraintdef(oid)
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace ORDER BY conname
"""


@contextmanager
def keys_checked_at_once() -> Iterator[None]:
    """Foreign keys are set aside and put back: PostgreSQL then checks each by one join, not row by row."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(FOREIGN_KEYS)
        keys = cursor.fetchall()
        for table, name, _ in keys:
            cursor.execute(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        yield
        for table, name, definition in keys:
            cursor.execute(f"ALTER TABLE {table} ADD CONSTRAINT {name} {definition}")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def renumber(written: list[type[models.Model]]) -> None:
    """The sequences go on after the keys that were counted here."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), written):
            cursor.execute(statement)


class Digest:
    """A writer that writes nothing: the fingerprint of all that it was given."""

    def __init__(self) -> None:
        self._sums: dict[str, Any] = {}
        self.sizes: dict[str, int] = {}

    def __call__(self, model: type[models.Model], columns: Columns) -> None:
        label = model._meta.label
        body = json.dumps(columns, default=str, sort_keys=True).encode()
        self._sums.setdefault(label, hashlib.sha256()).update(body)
        self.sizes[label] = self.sizes.get(label, 0) + len(next(iter(columns.values())))

    def hexdigest(self) -> str:
        whole = hashlib.sha256()
        for label in sorted(self._sums):
            whole.update(label.encode() + self._sums[label].digest())
        return whole.hexdigest()
