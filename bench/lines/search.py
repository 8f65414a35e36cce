"""Search by the words of a title: the statement alone."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from bench.lines.line import Line
from bench.timing import Cost, in_turn, repeated
from listings.models import Item

WORDS = {"a hit": "牧业暖气不热", "two characters, no hit": "煤改"}
TIMES = 20


def lines(scale: str) -> Iterator[Line]:
    many = Item.objects.count()
    for what, text in WORDS.items():
        found = Item.objects.matching(text).order_by("-collected_on", "-pk").values_list("pk")[:50]
        sql, params = found.query.sql_with_params()

        def ask(sql: str = sql, params: tuple = params) -> int:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                return len(cursor.fetchall())

        hits = ask()
        cost = in_turn(repeated(ask, TIMES))[0]
        one = Cost(cost.cpu / TIMES, cost.wall / TIMES)
        yield Line(f"search, {what}", "搜索", one, one, one.cpu, 2, "ms", note=f"{hits} of {many}")
