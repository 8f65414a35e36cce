"""Numbers about other rows as a column of a row: what is counted or summed there, and nothing is 0."""

from __future__ import annotations

from django.db.models import Func, IntegerField, QuerySet, Subquery
from django.db.models.functions import Coalesce


def counted(rows: QuerySet) -> Subquery:
    """How many of them there are. ``rows`` name the row that asks by OuterRef."""
    return _of_all(rows, "COUNT", "pk")


def summed(rows: QuerySet, column: str) -> Coalesce:
    """What a column of whole numbers comes to."""
    return Coalesce(_of_all(rows, "SUM", column), 0)


def _of_all(rows: QuerySet, function: str, column: str) -> Subquery:
    """The function over all of the rows, as a plain one: an aggregate would make Django write a GROUP BY, which costs
    at every writing of the statement and in the database, and finds nothing where there are no rows."""
    over = Func(column, function=function, output_field=IntegerField())
    return Subquery(rows.order_by().values(number=over), output_field=IntegerField())
