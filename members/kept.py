"""Lists that are asked for again: their statement is written once, and run anew each time.

Programs ask the same question every few minutes. What is true of the rows may have changed by then, and is read anew;
how to ask for them has not: to put the question together once more would cost as much as the answer.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Self

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.db.models.query import ModelIterable
from django.db.models.sql import Query

AT_MOST = 128
"""Questions that a process keeps; the one that was not asked for longest is forgotten."""
LONGEST = 20_000
"""Characters of a statement that is kept: who makes questions up fills no memory with them."""
_kept: OrderedDict[Hashable, QuerySet] = OrderedDict()


def forget() -> None:
    """Every question is put together anew."""
    _kept.clear()


class KeptQuery(Query):
    """A query that has been written already; it is only ever run as it stands."""

    written: dict[str, Any]

    def get_compiler(self, *args: Any, **kwargs: Any) -> Any:
        compiler = super().get_compiler(*args, **kwargs)
        vars(compiler).update(self.written)
        return compiler


@dataclass(frozen=True)
class Late:
    """Rows that are put together by ``make`` when they are read, unless the same ``question`` was put before.

    A question is all that ``make`` depends on: who asks, with which rights, for what, on which day; ``at`` is the
    moment at which it is put. Takes ``order_by``, ``filter`` and a slice, as a QuerySet would.
    """

    question: tuple[Hashable, ...]
    make: Callable[[], QuerySet]
    at: datetime
    moves: tuple[tuple[str, tuple[str, ...], tuple[tuple[str, Any], ...]], ...] = ()

    def order_by(self, *names: str) -> Self:
        return replace(self, moves=(*self.moves, ("order_by", names, ())))

    def filter(self, **where: Any) -> Self:
        return replace(self, moves=(*self.moves, ("filter", (), tuple(where.items()))))

    def __getitem__(self, span: slice) -> QuerySet:
        asked = (*self.question, self.moves, span.start, span.stop)
        known = _kept.get(asked)
        if known is not None:
            with suppress(KeyError):  # another thread has forgotten it meanwhile
                _kept.move_to_end(asked)
            return known.all()
        with statements() as run:
            rows = self.make()
            for move, names, where in self.moves:
                rows = getattr(rows, move)(*names, **dict(where))
            rows = rows[span]
            written = None if any(move == "filter" for move, *_rest in self.moves) else write(rows, self.at)
        if written is not None and not run:  # what looked something up may find something else the next time
            _kept[asked] = written
            with suppress(KeyError):
                while len(_kept) > AT_MOST:
                    _kept.popitem(last=False)
        return rows if written is None else written.all()


def write(rows: QuerySet, at: datetime) -> QuerySet | None:
    """The same rows with their statement written; None for what is no list of things or needs no statement, for what
    is too long to keep, and where the statement names a moment that may have come from the clock."""
    if rows._iterable_class is not ModelIterable:
        return None
    compiler = rows.query.get_compiler(using=rows.db)
    try:
        sql, parameters = compiler.as_sql()
    except EmptyResultSet:
        return None
    if len(sql) > LONGEST or any(isinstance(one, datetime) and abs(at - one) < timedelta(days=1) for one in parameters):
        return None
    own = {name: value for name, value in vars(compiler).items() if name not in {"query", "connection", "using"}}
    query: Any = rows.query.chain(klass=KeptQuery)
    query.written = {**own, "as_sql": lambda *_args, **_kwargs: (sql, parameters)}
    kept = rows.all()
    kept.query = query
    return kept


@contextmanager
def statements() -> Iterator[list[str]]:
    """The statements that are run inside."""
    run: list[str] = []

    def seen(execute: Any, sql: str, *rest: Any) -> Any:
        run.append(sql)
        return execute(sql, *rest)

    with connection.execute_wrapper(seen):
        yield run
