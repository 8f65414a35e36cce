"""Pages: the list of items, the work-bench, the last page; and every screen of items, for three people."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.callers import Caller, branch, city, town
from bench.lines.line import Line, against, counted
from bench.timing import in_turn, repeated
from bench.urls import INSIDE

ITEMS, LAST = "/items/", "/items/?cursor=cj0x"  # r=1: the end of the list, backwards
SCREENS = {
    "list": ITEMS,
    "a state": "/items/?state=open",
    "a kind and a category": "/items/?kind=problem&category=traffic",
    "overdue": "/items/?due=overdue",
    "by term": "/items/?ordering=due",
    "one's own": "/items/?view=mine",
    "search, a hit": "/items/?q=停车",
    "search, no hit": "/items/?q=煤改",
    "search, a number": "/items/?q=WT-2020-000417",
    "last page": LAST,
    "board": "/items/board/",
    "calendar": "/items/calendar/",
    "claims": "/claims/",
    "work-bench": "/",
    "activities": "/activities/",
    "alliances": "/alliances/",
}
TIMES = 3


def lines(scale: str) -> Iterator[Line]:
    who = city()
    for key, label, address, bar in (
        ("list page of 50", "事项列表页", ITEMS, 30),
        ("work-bench of a city", "工作台", "/", 60),
    ):
        asked = counted(who.asking(address))
        costs = in_turn(repeated(who.asking(address), TIMES), repeated(who.asking(INSIDE), TIMES))
        yield against(key, label, costs, bar, note=f"{asked} statements")
    first, last = (repeated(who.asking(address), TIMES) for address in (ITEMS, LAST))
    yield against("last page, to the first", "末页与首页", in_turn(last, first), 2)


def screens(scale: str) -> Iterator[Line]:
    """Every screen of items, and which of its statements read a whole table of work."""
    for name, who in {"city": city(), "town": town(), "branch": branch()}.items():
        for screen, address in SCREENS.items():
            who.get(address)
            costs = in_turn(who.asking(address), who.asking(INSIDE), rounds=3)
            read = read_whole(who, address)
            asked = counted(who.asking(address))
            yield against(f"{name}: {screen}", "页面", costs, 60, note=f"{asked} statements{read}")


def read_whole(who: Caller, address: str) -> str:
    """In words: statements whose plan reads all of a large table, with their time; ``SQL=1`` prints them."""
    with CaptureQueriesContext(connection) as asked:
        who.get(address)
    found = []
    for query in asked.captured_queries:
        plan = plan_of(query["sql"])
        tables = [table for table in LARGE if f"Seq Scan on {table}" in plan]
        if tables:
            found.append(f"{tables[0].partition('_')[2]} {float(query['time']) * 1000:.0f} ms")
            if os.environ.get("SQL"):
                print(query["sql"], plan, sep="\n")
    return f"; reads all of {', '.join(found)}" if found else ""


LARGE = ("listings_item", "members_step", "alliances_servicerecord", "alliances_session", "alliances_activity")


def plan_of(sql: str) -> str:
    sql = sql.rpartition("; ")[2]  # without the trigger's context that goes before it
    if not sql.startswith(("SELECT", "(SELECT")):
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN SELECT * FROM ({sql}) asked")
        rows: list[Any] = cursor.fetchall()
    return "\n".join(row[0] for row in rows)
