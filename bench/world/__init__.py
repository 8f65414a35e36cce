"""An invented world of a given size: the same numbers give the same rows, on any machine, on any day.

Nothing is drawn by chance: what happens to the nth row is arithmetic on n. So the rows of a table are one statement.
"""

from __future__ import annotations

from bench.scales import Scale
from bench.tables import settle, unguarded
from bench.world import assessed, ground, joined, listed


def build(scale: Scale) -> None:
    """Fill an empty database."""
    with unguarded():
        fill(scale)
    settle()


def fill(scale: Scale) -> None:
    """Every row, from the ground up."""
    ground.fill(scale)
    joined.fill(scale)
    listed.fill(scale)
    assessed.fill(scale)
