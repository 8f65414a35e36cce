"""manage.py migrate: Django's own, which waits five seconds for a table that somebody works in, and then steps back.

A change of a table wants it for itself; while it stands in line, all who come after it wait behind it, also those who
only read. So it does not stand there for long.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError
from django.core.management.commands import migrate
from django.db import OperationalError, connections

from members.problems import sqlstate

PATIENCE = "5s"
LOCK_NOT_AVAILABLE = "55P03"


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = %s", [PATIENCE])
        try:
            super().handle(*args, **options)
        except OperationalError as waited:
            if sqlstate(waited) != LOCK_NOT_AVAILABLE:
                raise
            words = f"A table was in use for longer than {PATIENCE}. This migration changed nothing: try again."
            raise CommandError(words) from waited
        finally:
            if connection.is_usable():
                with connection.cursor() as cursor:
                    cursor.execute("RESET lock_timeout")
