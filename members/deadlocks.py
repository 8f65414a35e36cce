"""When PostgreSQL ends a transaction as the victim of a deadlock, whoever began it does it again.

Only who began the transaction can: a deadlock has undone all of it. A verb by itself is ``retried``; where a mouth has
opened the transaction (If-Match, Idempotency-Key, a form that counts once), the mouth answers the request ``again``.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 5
OF_A_REQUEST = 3
DEADLOCK = "40P01"


def is_deadlock(error: BaseException) -> bool:
    """Whether PostgreSQL chose this transaction as the victim."""
    return isinstance(error, OperationalError) and getattr(error.__cause__, "pgcode", "") == DEADLOCK


def again(deed: Callable[[], R], tries: int = TRIES) -> R:
    """Do it, and once more for each deadlock, ``tries`` times in all; within somebody else's transaction it is theirs
    to retry."""
    for left in reversed(range(tries)):
        try:
            return deed()
        except OperationalError as error:
            if not left or connection.in_atomic_block or not is_deadlock(error):
                raise
    raise AssertionError("unreachable")


def retried(verb: Callable[P, R]) -> Callable[P, R]:
    """Speak the verb again after a deadlock; at most five times."""

    @wraps(verb)
    def patient(*args: P.args, **kwargs: P.kwargs) -> R:
        return again(lambda: verb(*args, **kwargs))

    return patient
