"""The trail (留痕): Steps, Denials and the history that the database keeps by triggers, as tables to be sealed.

The tables are found by asking the models, so that a new history is sealed without a line here. What a legal update
writes is left out of the seals: ``MUTABLE``. No rule deletes from these tables (see ``members.purging``): a row that
has gone is always a finding.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import Model
from pghistory.models import Context, Event

from members.models import Denial, Step

MUTABLE: dict[type[Model], set[str]] = {Step: {"until", "told_at"}}
"""``until`` repeats the ``at`` of the stage that ended this one, ``told_at`` is the outbox's mark."""

CONTEXT = "pgh_context_id"
"""Where a table has this column, the context's words (who, which page) are sealed with each row."""


@dataclass(frozen=True, slots=True)
class Table:
    """One table of the trail: its name, its key, what of it is sealed, and what people call it."""

    name: str
    key: str
    columns: tuple[str, ...]
    label: str

    @property
    def has_context(self) -> bool:
        return CONTEXT in self.columns


def tables() -> list[Table]:
    """All tables of the trail, by name."""
    events = [model for model in apps.get_models() if issubclass(model, Event) and model._meta.managed]
    kept: list[type[Model]] = [Step, Denial, *events]
    return sorted(map(_table, kept), key=lambda table: table.name)


def _table(model: type[Model]) -> Table:
    changing = MUTABLE.get(model, set())
    columns = (str(field.column) for field in model._meta.concrete_fields if field.attname not in changing)
    of: Any = getattr(model, "pgh_tracked_model", model)
    return Table(model._meta.db_table, str(model._meta.pk.column), tuple(columns), str(of._meta.verbose_name))


def written(table: str, columns: Sequence[str]) -> tuple[str, str]:
    """SQL: a row ``t`` in one unambiguous text, and the FROM that it needs."""
    quote = connection.ops.quote_name
    parts = [f"t.{quote(column)}" for column in columns]
    source = f"{quote(table)} t"
    if CONTEXT in columns:
        parts.append("c.metadata")
        source += f" LEFT JOIN {quote(Context._meta.db_table)} c ON c.id = t.{quote(CONTEXT)}"
    return f"ROW({', '.join(parts)})::text", source


def key_of(column: str) -> str:
    """SQL: the key of the row ``t``."""
    return f"t.{connection.ops.quote_name(column)}"


DIGEST = "encode(sha256(convert_to(string_agg({line}, E'\\n' ORDER BY {key}), 'UTF8')), 'hex')"
"""The digest of rows: the same statement when they are sealed and when they are looked at again."""

PLAINLY = """
SET LOCAL timezone = 'UTC'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'
"""
"""How values become text must not depend on who asks; until the end of the transaction."""
