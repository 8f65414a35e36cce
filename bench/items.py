"""What the screens of items cost over 100,000 items, as a ratio to a page of one query in the same run.

    python -m bench.items [ITEMS]

Starts its own PostgreSQL and Valkey in a folder that is removed afterwards. Prints, page by page and for three people
(a city, a street, a branch): the number of statements, the best time, the ratio to the one-query page; the number of
statements over a quarter of the items; and where a plan reads the whole table of items.
"""

from __future__ import annotations

import logging
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from html import unescape
from http import HTTPStatus
from pathlib import Path
from typing import Any

ITEMS = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
ROUNDS = 9
ONE = "/bench/one/"
PAGES = {
    "list": "/items/",
    "list, a state": "/items/?state=open",
    "list, a kind and a category": "/items/?kind=problem&category=traffic",
    "list, overdue": "/items/?due=overdue",
    "list, by term": "/items/?ordering=due",
    "list, one's own": "/items/?view=mine",
    "search, a hit": "/items/?q=管网堵塞",
    "search, no hit": "/items/?q=不存在的",
    "search, a number": "/items/?q=WT-2019-000417",
    "deep cursor": "cursor",
    "board": "/items/board/",
    "board, filtered": "/items/board/?kind=supply_demand",
    "calendar": "/items/calendar/",
    "claims (phone)": "/claims/",
}


def main() -> None:
    folder = Path(tempfile.mkdtemp(prefix="alliances-bench-"))
    folder.chmod(0o711)
    os.environ |= {"DATA_DIR": str(folder), "DATA_SET": "bench", "DJANGO_SETTINGS_MODULE": "config.settings"}
    os.environ |= {"HTTPS": "0", "REQUIRE_SECOND_FACTOR": "0"}
    os.environ.setdefault("SECRET_KEY", "a-key-for-the-bench-that-is-long-enough-and-protects-nothing-0123456789")
    os.environ.pop("DATABASE_URL", None)
    from config.embedded import Place, hold, running

    try:
        place = Place.current()
        with hold(place), running(place):
            measure()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def measure() -> None:
    import django

    django.setup()
    logging.disable()
    from django.conf import settings
    from django.core.management import call_command
    from django.test.utils import override_settings

    from bench.world import fill, grow

    settings.ALLOWED_HOSTS = ["*"]
    call_command("migrate", verbosity=0)
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(ROOT_URLCONF="bench.urls", STORAGES=settings.STORAGES | {"staticfiles": plain}):
        people = fill()
        grow(ITEMS // 4)
        few = {who: dict(statements(client)) for who, client in people.items()}
        grow(ITEMS)
        for who, client in people.items():
            table(who, client, few[who])
        plans(people)


def address(client: Any, where: str) -> str:
    """Some pages into the list for the deep cursor."""
    if where != "cursor":
        return where
    here = "/items/"
    for _page in range(40):
        following = re.search(r'rel="next" href="([^"]+)"', client.get(here).content.decode())
        if following is None:
            break
        here = unescape(following[1])
    return here


def ask(client: Any, here: str) -> None:
    answer = client.get(here)
    if answer.status_code != HTTPStatus.OK:
        raise RuntimeError(f"{here}: {answer.status_code} {answer.headers.get('Location', '')}")


def statements(client: Any) -> Iterator[tuple[str, int]]:
    """Page -> how many statements it takes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for name, where in PAGES.items():
        here = address(client, where)
        ask(client, here)
        with CaptureQueriesContext(connection) as asked:
            ask(client, here)
        yield name, len(asked)


def best_ms(client: Any, here: str) -> tuple[float, float]:
    """The page and the one-query page in turn: the best of each, so that a busy machine disturbs both alike."""
    pages, ones = [], []
    for _round in range(ROUNDS):
        for where, taken in ((here, pages), (ONE, ones)):
            begin = time.perf_counter()
            ask(client, where)
            taken.append((time.perf_counter() - begin) * 1000)
    return min(pages), min(ones)


def table(who: str, client: Any, few: dict[str, int]) -> None:
    many = dict(statements(client))
    print(f"\n{who}")
    print(f"{'page':30}{'statements':>12}{'at 1/4':>10}{'ms':>9}{'ratio':>8}")
    for name, where in PAGES.items():
        ms, one = best_ms(client, address(client, where))
        same = "" if many[name] == few[name] else "  NOT CONSTANT"
        print(f"{name:30}{many[name]:>12}{few[name]:>10}{ms:>9.1f}{ms / one:>8.1f}{same}")


def plans(people: dict[str, Any]) -> None:
    """Every statement of the pages that reads the whole table of items, with its time; ``SQL=1`` shows its plan too."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    print("\nstatements that read the whole table of items:")
    found = 0
    for who, client in people.items():
        for name, where in PAGES.items():
            here = address(client, where)
            with CaptureQueriesContext(connection) as asked:
                ask(client, here)
            for query in asked.captured_queries:
                plan = plan_of(query["sql"])
                if "Seq Scan on listings_item" in plan:
                    found += 1
                    print(f"  {who}, {name}: {float(query['time']) * 1000:.0f} ms")
                    if os.environ.get("SQL"):
                        print(query["sql"], plan, sep="\n")
    print(f"  {found} in all")


def plan_of(sql: str) -> str:
    from django.db import connection

    sql = sql.rpartition("; ")[2]  # without the trigger's context that goes before it
    if not sql.startswith(("SELECT", "(SELECT")) or '"listings_item"' not in sql:
        return ""
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN SELECT * FROM ({sql}) asked")  # noqa: S608 our own statement, asked again
        return "\n".join(row[0] for row in cursor.fetchall())


if __name__ == "__main__":
    main()
