"""Beside its peers: where the figures of an alliance lie among those of the same form in the same city.

Without names and without a rank: the quarters of the whole and its middle, and only from five peers on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Aggregate, Count, FloatField
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from assessments.models import ReviewRow
from assessments.words import figure, label_of

FEWEST = 5
CITY = 4
COMPARED = (
    "organizations_covered", "items_claimed", "problems_solved", "solve_rate", "median_days_to_solve", "items_open",
    "overdue_rate", "activities_held",
)  # fmt: skip
CUTS = {"low": "0.25", "middle": "0.5", "high": "0.75"}


class Cut(Aggregate):
    """The value beneath which the given share of the rows lies."""

    function = "PERCENTILE_CONT"
    name = "Cut"
    template = "%(function)s(%(share)s) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


@dataclass(frozen=True)
class Line:
    """One figure beside its peers', in words; the cuts are "" where fewer than five peers have it, ``place`` also where
    the alliance has none."""

    label: str
    value: str
    low: str = ""
    middle: str = ""
    high: str = ""
    place: str = ""


@dataclass(frozen=True)
class Peers:
    """``count`` None where there are fewer than five: then nothing is compared, and nobody learns how many."""

    count: int | None
    lines: list[Line]


def peers_of(row: ReviewRow) -> Peers:
    """The alliance of the row beside the others of that review; one statement."""
    alliance = row.alliance
    rows = ReviewRow.objects.within(alliance.region_id[:CITY]).filter(run=row.run_id, alliance__form=alliance.form)
    peers = rows.exclude(pk=row.pk).exclude(light=ReviewRow.Light.NONE).order_by()
    asked: dict[str, Any] = {"count": Count("pk")}
    for key in COMPARED:
        number = Cast(KeyTextTransform(key, "values"), FloatField())
        asked |= {f"{key}__n": Count(number)}
        asked |= {f"{key}__{name}": Cut(number, share=share) for name, share in CUTS.items()}
    found = peers.aggregate(**asked)
    if found["count"] < FEWEST:
        return Peers(None, [])
    return Peers(found["count"], [_line(key, row.values.get(key), found) for key in COMPARED])


def _line(key: str, value: Any, found: dict[str, Any]) -> Line:
    label, shown = label_of(key), figure(key, value)
    if found[f"{key}__n"] < FEWEST:
        return Line(label, shown)
    cuts = [found[f"{key}__{name}"] for name in CUTS]
    low, middle, high = (figure(key, cut) for cut in cuts)
    return Line(label, shown, low, middle, high, place_of(value, *cuts))


def place_of(value: Any, low: float, middle: float, high: float) -> str:
    """In which quarter of the whole a value lies; the middle half is one word."""
    if value is None:
        return ""
    number = float(value)
    if number < low:
        return _("低于中间一半")
    return _("高于中间一半") if number > high else _("在中间一半")
