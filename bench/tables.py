"""Rows of a model straight by SQL. What is not said takes the field's default: a new column needs no word here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models


def pour(model: type[models.Model], source: str, /, **columns: str) -> None:
    """Rows of ``model``: ``source`` is what follows FROM, ``columns`` are SQL expressions over it."""
    said = {**defaults(model, columns), **columns}
    names = ", ".join(f'"{name}"' for name in said)
    statement = f'INSERT INTO "{model._meta.db_table}" ({names}) SELECT {", ".join(said.values())} FROM {source}'
    with connection.cursor() as cursor:
        cursor.execute(statement)


def defaults(model: type[models.Model], said: dict[str, str]) -> dict[str, str]:
    """The columns that must hold something and of which nothing was said."""
    wanted = [
        field for field in model._meta.concrete_fields
        if not field.null and field.column not in said and not isinstance(field, models.AutoField)
    ]  # fmt: skip
    return {field.column: literal(field) for field in wanted}


def literal(field: Any) -> str:
    """The default as SQL; a day or an hour of "now" is that of the last day of the world."""
    if isinstance(field, models.DateTimeField):
        return "timestamptz '2021-12-31 10:00+08'"
    if not field.has_default() and not field.empty_strings_allowed:
        raise ValueError(f"{field} has no default: say what stands in it")
    value = field.get_db_prep_save(field.get_default() if field.has_default() else "", connection)
    with connection.cursor() as cursor:
        return str(cursor.mogrify(f"%s::{field.db_type(connection)}", [value]).decode())  # type: ignore[attr-defined]


@contextmanager
def unguarded() -> Iterator[None]:
    """No trigger and no foreign key is looked at: the rows are right by construction, and a test says so."""
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        yield
        cursor.execute("SET session_replication_role = DEFAULT")


def settle() -> None:
    """The next ids follow the last ones, and the planner knows the tables."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute("SELECT pg_get_serial_sequence(%s, 'id') FROM information_schema.columns "
                           "WHERE table_name = %s AND column_name = 'id'", [table, table])  # fmt: skip
            found = cursor.fetchone()
            if found and found[0]:
                cursor.execute(f'SELECT setval(%s, greatest(max(id), 1)) FROM "{table}"', found)
        cursor.execute("VACUUM ANALYZE")
