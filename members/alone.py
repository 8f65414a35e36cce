"""One copy at a time: locks of the database, which die with the session or the transaction that holds them."""

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


def in_turn(space: int, pk: int) -> None:
    """Wait for the lock (space, pk), and hold it until the end of the transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [space, pk])
