"""How these verbs stand in line: rows are locked in the order of their ids, and a deadlock starts again.

The order is: a membership, then items by id, then their claims. A list is locked by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import OperationalError, connection
from django.db.models import Q

from listings.models import Item

P = ParamSpec("P")
R = TypeVar("R")

TRIES = 5
DEADLOCK = "40P01"


def retried(verb: Callable[P, R]) -> Callable[P, R]:
    """Speak the verb again when PostgreSQL chose it as the victim of a deadlock; at most five times.

    Within somebody else's transaction the deadlock is theirs to retry: it has undone their work too.
    """

    @wraps(verb)
    def patient(*args: P.args, **kwargs: P.kwargs) -> R:
        for left in reversed(range(TRIES)):
            try:
                return verb(*args, **kwargs)
            except OperationalError as error:
                if not left or connection.in_atomic_block or getattr(error.__cause__, "pgcode", "") != DEADLOCK:
                    raise
        raise AssertionError("unreachable")

    return patient


def lock_items(which: Q) -> list[Item]:
    """The items, locked in id order until the end of the transaction and freshly read."""
    return list(Item.objects.filter(which).order_by("pk").select_for_update(of=("self",)))
