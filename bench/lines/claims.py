"""Claims through REST by eight at once, against the least that a claim can be in SQL; and one winner in every race."""

from __future__ import annotations

import json
import multiprocessing
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, connections

from alliances.models import Alliance
from bench.callers import member
from bench.lines.line import Line
from bench.timing import Cost, spent
from listings.api.item import ItemViewSet
from listings.models import Item

MANY: dict[str, int] = {}
"""How many alliances there are: the members of an alliance are that far apart."""

HANDS, MOST, RACES = 8, 320, 20
FORK = multiprocessing.get_context("fork")

TABLES = """
DROP TABLE IF EXISTS bench_item, bench_claim, bench_step;
CREATE TABLE bench_item (LIKE listings_item INCLUDING ALL);
CREATE TABLE bench_claim (LIKE listings_claim INCLUDING ALL);
CREATE TABLE bench_step (LIKE members_step INCLUDING ALL);
INSERT INTO bench_item SELECT * FROM listings_item WHERE id = ANY(%s)
"""
"""The tables of the product with their indexes and constraints, without its triggers and foreign keys."""

RAW = (
    "UPDATE bench_item SET state = 'claimed', first_claimed_on = '2021-12-31' WHERE id = %(item)s AND state = 'open'",
    "INSERT INTO bench_claim (item_id, organization_id, state, role, slot, support, claimed_at, outcome, updated_at)"
    " VALUES (%(item)s, %(alliance)s, 'claimed', 'lead', 1, '', now(), '', now())",
    "INSERT INTO bench_step (thing_type_id, thing_id, verb, from_state, to_state, at, reason, detail)"
    " VALUES (1, %(item)s, 'claim', 'open', 'claimed', now(), '', '{}')",
)
UNDO = """
SET LOCAL session_replication_role = replica;
DELETE FROM listings_claim WHERE claimed_at > '2025-01-01';
DELETE FROM members_step WHERE at > '2025-01-01';
UPDATE members_step SET until = NULL WHERE until > '2025-01-01';
UPDATE listings_item SET state = 'open', first_claimed_on = NULL WHERE id = ANY(%s)
"""


def lines(scale: str) -> Iterator[Line]:
    ItemViewSet.limits = {}
    MANY["alliances"] = Alliance.objects.count()
    open_ones = Item.objects.filter(state="open", kind="supply_demand", alliance__state="active")
    pairs = list(open_ones.order_by("pk").values_list("pk", "alliance_id")[:MOST])
    first, raced, worked = pairs[0], pairs[1 : RACES + 1], pairs[RACES + 1 :]
    items = [item for item, _alliance in pairs]
    with connection.cursor() as cursor:
        cursor.execute(TABLES, [items])
    try:
        claim(*first, 1)  # everything is imported and made ready before the hands part
        raw, _none = together(by_sql, share(worked))
        ours, told = together(by_rest, share(worked))
        rate = raw.wall / ours.wall
        note = f"{len(worked)} claims by {HANDS} at once, {1000 * len(worked) / ours.wall:.0f} a second, {words(told)}"
        yield Line(
            "claims through REST", "接口认领", ours, raw, raw.cpu / ours.cpu, 0.10, "of raw", at_least=True,
            note=f"{note}; by the wall {rate:.2f}",
        )  # fmt: skip
        if told != {201: len(worked)}:
            raise RuntimeError(f"not every claim was told yes: {told}")
        _cost, told = together(race, [(place, raced) for place in range(4)])
        yield Line(
            "races, winners a race", "同时认领", ours, raw, told[201] / len(raced), 1, "winners",
            note=f"{len(raced)} races of 4: {words(told)}",
        )  # fmt: skip
    finally:
        with connection.cursor() as cursor:
            cursor.execute("DROP TABLE bench_item, bench_claim, bench_step")
            cursor.execute(f"BEGIN; {UNDO}; COMMIT", [items])


def words(told: Counter) -> str:
    return ", ".join(f"{status} {many} times" for status, many in sorted(told.items()))


def share(pairs: Sequence[Any]) -> list[Sequence[Any]]:
    return [pairs[place::HANDS] for place in range(HANDS)]


def together(work: Callable[[Any], Counter], shares: Sequence[Any]) -> tuple[Cost, Counter]:
    """Every share by a process of its own, begun at once; what all of it cost, and what they were told."""
    connections.close_all()
    gate, answers = FORK.Barrier(len(shares) + 1), FORK.Queue()

    def begin(part: Any) -> None:
        connection.ensure_connection()
        gate.wait(60)
        answers.put(work(part))
        connections.close_all()

    hands = [FORK.Process(target=begin, args=(part,)) for part in shares]
    for hand in hands:
        hand.start()
    gate.wait(60)
    cpu, wall = spent(), time.perf_counter()
    told: Counter = Counter()
    for _hand in hands:
        told += answers.get(timeout=300)
    passed = (time.perf_counter() - wall) * 1000
    for hand in hands:
        hand.join()
    return Cost(spent() - cpu, passed), told


def by_sql(pairs: Sequence[tuple[int, int]]) -> Counter:
    with connection.cursor() as cursor:
        for item, alliance in pairs:
            cursor.execute("BEGIN")
            for statement in RAW:
                cursor.execute(statement, {"item": item, "alliance": alliance})
            cursor.execute("COMMIT")
    return Counter()


def by_rest(pairs: Sequence[tuple[int, int]]) -> Counter:
    return Counter(claim(item, alliance, 1) for item, alliance in pairs)


def race(part: tuple[int, Sequence[tuple[int, int]]]) -> Counter:
    """One of the members, on every item: all of them go through the items in the same order."""
    place, pairs = part
    return Counter(claim(item, alliance, place) for item, alliance in pairs)


def claim(item: int, alliance: int, number: int) -> int:
    organization = alliance + number * MANY["alliances"]
    body = json.dumps({"organization": organization}).encode()
    return member(alliance, number).ask("POST", f"/api/v1/items/{item}/claims/", body)[0]
