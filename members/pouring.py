"""New rows poured into a table at once: by COPY, under keys that are drawn beforehand, without an object a row.

Columns of which nothing is said hold what a fresh object of the model would write; checks, unique keys, foreign keys
and triggers hold as for every INSERT. A model with a ``save()`` of its own has no business here.
"""

from __future__ import annotations

import gc
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from django.db import connection, models

SPECIAL = re.compile(r"[\\\t\n\r]")
"""What COPY would take for the end of a cell or of a row, and the sign that says it does not mean that."""

ESCAPED = str.maketrans({"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"})
NULL = r"\N"
KEYS = """
SELECT nextval(own) FROM (SELECT pg_get_serial_sequence(%s, %s)::regclass AS own OFFSET 0) s, generate_series(1, %s)
"""
PIECE = 2**16


class Written(str):
    """JSON that has been written already, for a column of it."""

    __slots__ = ()


def pour(model: type[models.Model], columns: Mapping[str, Sequence[Any]], **same: Any) -> None:
    """Write a row for each place of the columns (by attname); ``same`` holds what all rows have in common.

    Whoever wants to know the keys draws them first; else the table gives them. Nothing happens for no places.
    """
    if not next(iter(columns.values())):
        return
    blank = model(**same)
    fields = [field for field in model._meta.concrete_fields if not field.generated]
    own = [field for field in fields if field.attname in columns]
    others = [field for field in fields if field.attname not in columns and not field.primary_key]
    rest = "".join(f"\t{_text(field, field.pre_save(blank, add=True))}" for field in others)
    lines = zip(*(_texts(field, columns[field.attname]) for field in own), strict=True)
    _copy(model, [*own, *others], f"{rest}\n".join([*map("\t".join, lines), ""]))


def drawn(model: type[models.Model], many: int) -> list[int]:
    """So many new keys of the table."""
    with connection.cursor() as cursor:
        cursor.execute(KEYS, [model._meta.db_table, model._meta.pk.column, many])
        return [key for (key,) in cursor.fetchall()]


def _copy(model: type[models.Model], fields: Iterable[models.Field], text: str) -> None:
    quote = connection.ops.quote_name
    names = ", ".join(quote(str(field.column)) for field in fields)
    with connection.cursor() as cursor, connection.wrap_database_errors:
        cursor.copy_expert(f"COPY {quote(model._meta.db_table)} ({names}) FROM STDIN", io.StringIO(text), PIECE)


def _texts(field: models.Field, values: Sequence[Any]) -> list[str]:
    """Each value as COPY reads it: one look at a column of plain texts or numbers, else equal ones are written once."""
    kinds = set(map(type, values))
    if kinds == {int}:
        return list(map(str, values))
    if kinds == {Written if isinstance(field, models.JSONField) else str} and not SPECIAL.search("".join(values)):
        return list(values)
    if isinstance(field, models.JSONField):
        return [_text(field, value) for value in values]
    written = {value: _text(field, value) for value in set(values)}
    return [written[value] for value in values]


def _text(field: models.Field, value: Any) -> str:
    if value is None:
        return NULL
    if isinstance(field, models.JSONField) and not isinstance(value, Written):
        value = json.dumps(value, cls=field.encoder)
    else:
        value = field.get_prep_value(value)
    text = str(value)
    return text.translate(ESCAPED) if SPECIAL.search(text) else text


@contextmanager
def undisturbed() -> Iterator[None]:
    """Without the search for circles of objects: a hundred thousand rows hold none, and each search walks them all."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()
