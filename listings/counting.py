"""Counts beside tabs and columns: exact up to a limit, so that they cost the same however many rows there are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import BigIntegerField, QuerySet, Subquery

from members.models import User

MOST = 1000
"""From so many on a count says 999+."""


class Counted(Subquery):
    """How many rows a queryset has, as a column."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field: Any = BigIntegerField()
    empty_result_set_value = 0


def counts(asked: Mapping[str, QuerySet], user: User) -> dict[str, int]:
    """How many rows each queryset has, ``MOST`` at most, in one statement; ``user`` is the one row asked."""
    columns = {f"n_{name}": Counted(rows.order_by().values("pk")[:MOST]) for name, rows in asked.items()}
    found = User.objects.filter(pk=user.pk).values(**columns).get()
    return {name: found[f"n_{name}"] for name in asked}


def shown(count: int) -> int | str:
    """The count as a badge says it."""
    return count if count < MOST else f"{MOST - 1}+"
