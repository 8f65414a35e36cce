"""By what an alliance may be scored: a white list of outcomes, and the banned kinds that never join it.

The rules against formalism at fingertips (2023-12, 2024-08, 2026-01) forbid scoring by how much was done, recorded
or clicked; an outcome is what whoever asked has confirmed.
"""

from __future__ import annotations

from collections.abc import Iterable

OUTCOMES = ("solve_rate", "problems_solved", "median_days_to_solve", "satisfied_rate")
"""The figure keys that an indicator may use."""

EFFORTS = (
    "activities", "theme_days", "service", "members_", "party_members", "organizations", "listings", "items_",
    "instructor",
)  # fmt: skip
"""Beginnings of the keys that count effort, presence or paper: never an indicator."""


def banned(keys: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of ``keys`` that no indicator may use: outside the known figures, or a count of effort."""
    figures = set(known)
    return [key for key in keys if key not in figures or key.startswith(EFFORTS)]
