"""How large the invented worlds are: a city in 2019 (S), the same in 2021 (M), a province of ten such cities (L)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Scale:
    name: str
    cities: int
    alliances: int
    organizations: int
    people: int
    items: int
    activities: int
    services: int
    communities: int = 15
    """So many beneath each of the 13 towns of each of the 12 banners of a city."""


SCALES = {
    scale.name: scale
    for scale in (
        Scale("tiny", 1, 12, 60, 240, 160, 40, 400, communities=1),
        Scale("S", 1, 588, 6_800, 80_000, 16_000, 6_000, 230_000),
        Scale("M", 1, 5_122, 27_200, 320_000, 64_000, 24_000, 920_000),
        Scale("L", 10, 51_220, 272_000, 3_200_000, 480_000, 240_000, 9_200_000),
    )
}

FIRST, LAST = date(2020, 1, 1), date(2021, 12, 31)
"""All work is spread evenly over these two years."""
