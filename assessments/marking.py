"""What a department has to mark: the alliances of its subtree beside each indicator that it scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.models import Indicator, Mark, Scheme
from members.scope import rights_of


@dataclass(frozen=True, slots=True)
class Cell:
    """One alliance on one indicator, with the mark that it has, if any."""

    alliance: Alliance
    indicator: Indicator
    mark: Mark | None


def alliances_to_mark(scheme: Scheme, user: Any) -> QuerySet[Alliance]:
    """Assessed alliances that a department of the user directs, in the order of codes; nobody's own."""
    rights = rights_of(user)
    mine = rights.organizations | rights.membership
    inside = Membership.objects.current().filter(organization__in=mine).values("alliance")
    found = scoring.assessed_by(scheme).directed_by(user).exclude(pk__in=inside).exclude(lead__in=mine)
    return found.select_related("region")


def cells_of(scheme: Scheme, alliances: Iterable[Alliance]) -> list[list[Cell]]:
    """A row for each alliance: its indicators that the department scores; the same few statements for any number."""
    alliances, sheets = list(alliances), scoring.Sheets(scheme)
    given = Mark.objects.filter(alliance__in=alliances, indicator__in=sheets.indicators()).select_related("by")
    marks = {(mark.alliance_id, mark.indicator_id): mark for mark in given}
    return [
        [Cell(alliance, one, marks.get((alliance.pk, one.pk))) for one in sheets.of(alliance).marked()]
        for alliance in alliances
    ]
