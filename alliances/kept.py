"""Statements that are kept: the ORM writes the sum of a family once a process, and each answer fills in its blanks.

What differs from one question to the next is two days, a division code and perhaps a kind of list. Writing some twenty
statements anew for these costs thirty milliseconds, more than a banner's figures cost the database.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet, Value

from alliances.measures import Metric, Period
from alliances.models import Alliance

Family = tuple[Metric, ...]
"""Metrics of the same rows."""


def summed(family: Family, period: Period, code: str, alliances: QuerySet | None = None, kind: str = "") -> QuerySet:
    """One row: what each of the family measures, in their order."""
    rows = family[0].every(period, code, alliances, kind).values(whole=Value(1))
    return rows.annotate(**{metric.key: metric.measured for metric in family}).values_list(*(m.key for m in family))


@dataclass(frozen=True, slots=True)
class Blank:
    """The place of one of the :func:`fillings`."""

    nth: int


@dataclass(frozen=True, slots=True)
class Kept:
    """A statement and its parameters, some of them blanks."""

    sql: str
    parameters: tuple[Any, ...]

    def answer(self, period: Period, code: str, kind: str = "") -> tuple[Any, ...]:
        """The row of the sum, as :func:`summed` finds it."""
        said = fillings(period, code, kind)
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [said[one.nth] if isinstance(one, Blank) else one for one in self.parameters])
            row: tuple[Any, ...] = cursor.fetchone()
        return row


def fillings(period: Period, code: str, kind: str) -> tuple[Any, ...]:
    """All that a statement may say of a question: its days, the end of the last, the range of codes, the kind."""
    return period.first, period.last, period.end, code, f"{code}:", kind


PROBES = (
    (Period(date(1801, 1, 2), date(1801, 1, 3)), "one", "first"),
    (Period(date(2805, 6, 7), date(2998, 8, 9)), "other", "second"),
)
"""Two questions that have nothing in common: two days long before any rule, two centuries long after it."""


def kept(family: Family, *, of_kind: bool) -> Kept | None:
    """The statement of the family's sum over all alliances, with or without a kind of list.

    None where it says something of its question that is no filling: such a sum is written anew for each question.
    """
    return _kept(family, of_kind, ContentType.objects.get_for_model(Alliance).pk)


@lru_cache(maxsize=1024)
def _kept(family: Family, of_kind: bool, made: int) -> Kept | None:
    """Written for both probes: what they share is the statement's own, where they differ is a blank.

    ``made`` is the id of a type of content. Such ids stand in statements: where they are given anew, so are these.
    """
    asked = [(period, code, kind if of_kind else "") for period, code, kind in PROBES]
    try:
        (sql, ones), (again, others) = (
            summed(family, period, code, kind=kind).query.sql_with_params() for period, code, kind in asked
        )
    except EmptyResultSet:  # nothing to be asked: rows that know no kind of list
        return None
    blanks = {pair: Blank(nth) for nth, pair in enumerate(zip(*(fillings(*one) for one in asked), strict=True))}
    pairs = list(zip(ones, others, strict=False))
    if sql != again or any(one != other and (one, other) not in blanks for one, other in pairs):
        return None
    return Kept(sql, tuple(one if one == other else blanks[one, other] for one, other in pairs))
