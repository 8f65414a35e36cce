"""Where the points, corners and classes of a chart lie; plain numbers in, coordinates out."""

import math
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.html import format_html
from django.utils.safestring import SafeString

Number = int | float | Decimal
Point = tuple[str, str]

GRID_STEPS = 4

# Where the twelve banners, counties and districts of Chifeng lie: (column, row) by county-level code.
CHIFENG = {
    "150425": (1, 1), "150424": (2, 1), "150422": (3, 1), "150421": (4, 1),
    "150423": (2, 2), "150426": (3, 2),
    "150404": (1, 3), "150402": (2, 3), "150403": (3, 3), "150430": (4, 3),
    "150428": (2, 4), "150429": (3, 4),
}  # fmt: skip


def runs(points: Sequence[Point | None]) -> list[list[Point]]:
    """The stretches between gaps."""
    found: list[list[Point]] = [[]]
    for point in points:
        if point is None:
            found.append([])
        else:
            found[-1].append(point)
    return [run for run in found if run]


def trace(points: Iterable[Point | None]) -> str:
    """M x y L x y …"""
    return "M" + "L".join(f"{point[0]} {point[1]}" for point in points if point)


def dot(point: Point, css: str = "plot__dot") -> SafeString:
    """A round point in a stretched drawing: a stroke without length keeps its shape."""
    return format_html('<path class="{} chart__mark" d="M{} {}h0"/>', css, *point)


def ceiling(most: Number) -> float:
    """The top of the scale: the next round number that the grid divides evenly."""
    if most <= 0:
        return float(GRID_STEPS)
    step = float(most) / GRID_STEPS
    size = 10.0 ** math.floor(math.log10(step))
    nice = next(factor for factor in (1, 2, 2.5, 5, 10) if factor * size >= step * 0.999999)
    top = nice * size * GRID_STEPS
    return max(top, float(GRID_STEPS)) if isinstance(most, int) else top


def arcs(values: Sequence[Number | None]) -> list[tuple[str, str]]:
    """Length and start of each part of a ring in hundredths, with a thin gap between parts."""
    known = [float(value or 0) for value in values]
    total = sum(known) or 1.0
    gap = 0.7 if sum(1 for value in known if value) > 1 else 0.0
    starts = [sum(known[:n]) for n in range(len(known))]
    return [
        (short(max(100 * value / total - gap, 0.3) if value else 0), short(-100 * start / total))
        for value, start in zip(known, starts, strict=True)
    ]


def share_of(value: Number | None, whole: Number | None) -> str:
    """A stage's share of the first stage, in words."""
    return "" if value is None or not whole else f"{float(value) / float(whole):.0%}"


def around(n: int, of: int, radius: float, x: float, y: float) -> tuple[float, float]:
    """The n-th of so many places on a circle, from the top clockwise."""
    angle = 2 * math.pi * n / of - math.pi / 2
    return x + radius * math.cos(angle), y + radius * math.sin(angle)


def corners(parts: Sequence[float]) -> str:
    """The corners of a radar shape whose parts lie between 0 and 1."""
    spots = (around(n, len(parts), 88 * min(max(part, 0), 1), 180, 125) for n, part in enumerate(parts))
    return " ".join(f"{short(x)},{short(y)}" for x, y in spots)


def axis_label(n: int, of: int, label: str) -> tuple[str, str, str, str]:
    """Where a radar's word stands, and which of its ends touches the axis."""
    x, y = around(n, of, 102, 180, 125)
    anchor = "middle" if abs(x - 180) < 8 else "start" if x > 180 else "end"
    return short(x), short(y + 5), anchor, label


def fifths(known: Sequence[Number]) -> list[Number]:
    """Four borders that cut sorted values into five classes of about the same size."""
    return sorted({known[len(known) * n // 5] for n in (1, 2, 3, 4)} - {known[0]}) if known else []


def level(value: Number | None, borders: Sequence[Number]) -> int:
    """0 unknown, else 1-5; with fewer borders the classes still end at the strongest."""
    if value is None:
        return 0
    return 5 - len(borders) + sum(1 for border in borders if value >= border)


def short(value: float) -> str:
    """A coordinate with two places at most."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def beside(x: float, y: float) -> tuple[str, str, str]:
    """Where a name stands beside its dot of the network: outwards; above or below where the dot is over the hub."""
    if abs(x - 280) < 12:
        return short(x), short(y + (26 if y >= 170 else -16)), "middle"
    return short(x + (14 if x > 280 else -14)), short(y + 5), "start" if x > 280 else "end"
