"""Chance that is the same for the same seed, and looks like life: skewed, seasonal, never uniform."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

T = TypeVar("T")
SHANGHAI = ZoneInfo("Asia/Shanghai")

SEASONS = (0.7, 0.45, 1.15, 1.2, 1.1, 1.25, 1.0, 0.85, 1.15, 1.1, 1.2, 0.85)
"""How much is done in each month: the Spring Festival slows everything down, June and autumn are busy."""


def stream(seed: int, *name: object) -> Random:
    """A stream of its own for each part, so that one part does not move the others."""
    return Random("/".join(str(part) for part in (seed, *name)))  # noqa: S311


def allot(total: int, weights: Sequence[float], least: int = 0) -> list[int]:
    """Whole numbers in the proportion of the weights, each at least ``least``, that sum to ``total`` exactly."""
    left = total - least * len(weights)
    if left < 0 or not weights:
        raise ValueError(f"{total} cannot be allotted to {len(weights)} of at least {least}")
    mass = sum(weights) or 1.0
    exact = [left * weight / mass for weight in weights]
    shares = [math.floor(share) for share in exact]
    for place in sorted(range(len(exact)), key=lambda i: (shares[i] - exact[i], i))[: left - sum(shares)]:
        shares[place] += 1
    return [least + share for share in shares]


def skewed(rng: Random, middle: float, spread: float = 0.6) -> float:
    """Around ``middle``, mostly less, sometimes much more."""
    return middle * math.exp(rng.gauss(0, spread))


def poisson(rng: Random, mean: float) -> int:
    """How often something happens that happens ``mean`` times on average."""
    limit, product, times = math.exp(-min(mean, 30.0)), rng.random(), 0
    while product > limit:
        product *= rng.random()
        times += 1
    return times


def some_day(rng: Random, first: date, last: date) -> date:
    """A day from ``first`` to ``last``, by season; rarely a Sunday."""
    span = (last - first).days
    day = first
    for _ in range(6):
        day = first + timedelta(days=rng.randint(0, span))
        if rng.random() * 1.25 < SEASONS[day.month - 1] and (day.weekday() != 6 or rng.random() < 0.2):
            break
    return day


def moment(day: date, hour: int, rng: Random | None = None) -> datetime:
    """That hour of the day in Shanghai, with some minutes."""
    return datetime(day.year, day.month, day.day, hour, rng.randint(0, 59) if rng else 0, tzinfo=SHANGHAI)


def months(first: date, last: date) -> list[tuple[date, date]]:
    """The calendar months from ``first`` to ``last``, the ends cut."""
    found, day = [], first
    while day <= last:
        following = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
        found.append((day, min(last, following - timedelta(days=1))))
        day = following
    return found
