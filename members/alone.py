"""One copy at a time: a lock of the database session, which dies with it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import DatabaseError, connection

from members.states import Refused


@contextmanager
def alone(space: int, pk: int, refusal: Refused) -> Iterator[None]:
    """Hold the lock (space, pk); ``refusal`` is raised at once where another copy holds it. No queue."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [space, pk])
        if not cursor.fetchone()[0]:
            raise refusal
    try:
        yield
    finally:
        with suppress(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [space, pk])
