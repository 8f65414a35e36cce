"""What something costs: CPU of this process, of its children and of the whole PostgreSQL; and the time on the wall.

Requests per second wander with whatever else the machine does; CPU hardly does, and a ratio to a floor that was taken
in turn with it still less.
"""

from __future__ import annotations

import os
import time
import tracemalloc
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from math import ceil
from pathlib import Path
from statistics import median
from typing import Any

TICK = 1000 / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Milliseconds."""

    cpu: float
    wall: float


def taken(deed: Callable[[], Any]) -> Cost:
    """The cost of doing it once."""
    cpu, wall = spent(), time.perf_counter()
    deed()
    return Cost(spent() - cpu, (time.perf_counter() - wall) * 1000)


def in_turn(*deeds: Callable[[], Any], rounds: int = 7) -> list[Cost]:
    """The median of each."""
    return [middle(costs) for costs in in_rounds(*deeds, rounds=rounds)]


def in_rounds(*deeds: Callable[[], Any], rounds: int) -> list[Sequence[Cost]]:
    """Each deed once to warm up, then all of them in turn, ``rounds`` times: what each cost, round by round."""
    for deed in deeds:
        deed()
    return list(zip(*([taken(deed) for deed in deeds] for _round in range(rounds)), strict=True))


def middle(costs: Sequence[Cost]) -> Cost:
    return Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs))


def p95(costs: Sequence[Cost]) -> Cost:
    """What nineteen rounds of twenty stay within; of fewer than twenty the dearest."""
    place = ceil(0.95 * len(costs)) - 1
    return Cost(sorted(cost.cpu for cost in costs)[place], sorted(cost.wall for cost in costs)[place])


def repeated(deed: Callable[[], Any], times: int) -> Callable[[], None]:
    """So often in one go: for what is too short for the clock."""

    def many() -> None:
        for _time in range(times):
            deed()

    return many


def peak(deed: Callable[[], Any]) -> float:
    """Megabytes of Python's memory that it takes at most, beside what stands already."""
    tracemalloc.start()
    try:
        deed()
        return tracemalloc.get_traced_memory()[1] / 2**20
    finally:
        tracemalloc.stop()


def spent() -> float:
    """CPU milliseconds so far: ours, our ended children's, and those of all processes of PostgreSQL."""
    times = os.times()
    return time.process_time() * 1000 + (times.children_user + times.children_system) * 1000 + _database()


def _database() -> float:
    """Living processes to the microsecond; ended ones (parallel workers) as their parent has booked them, in ticks."""
    postmaster = _postmaster()
    booked = (postmaster / "stat").read_text().rpartition(")")[2].split()
    total = (int(booked[13]) + int(booked[14])) * TICK
    children = (postmaster / "task" / postmaster.name / "children").read_text().split()
    for pid in children:
        try:
            total += int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e6
        except OSError:  # it has just ended
            continue
    return total


@cache
def _postmaster() -> Path:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    return Path("/proc") / Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()[1]
