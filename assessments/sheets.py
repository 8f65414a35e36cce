"""The rating sheet (评分表): which pairs a person has to rate under a scheme, and which are done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet

from alliances.models import Alliance, Membership
from alliances.querysets import AllianceQuerySet
from assessments import scoring
from assessments.models import Rating, Scheme
from members.models import Organization
from members.scope import rights_of

Direction = Rating.Direction
SHOWN = 60
"""Pairs of one group on a page, those still to rate first; what is rated makes room for the next."""


@dataclass(frozen=True, slots=True)
class Task:
    """One pair to rate; ``whom`` is who is being rated. That it is done is no secret, what was said is."""

    alliance: Alliance
    organization: Organization
    direction: str
    done: bool

    @property
    def whom(self) -> Alliance | Organization:
        return self.organization if self.direction == Direction.ALLIANCE else self.alliance


def tasks_of(scheme: Scheme, user: Any) -> dict[str, list[Task]]:
    """The user's pairs by direction: as a member, as the lead, as the superior of their own level."""
    return {way: [_task(way, row) for row in rows[:SHOWN]] for way, rows in _pairs(scheme, user).items()}


def counts_of(scheme: Scheme, user: Any) -> tuple[int, int]:
    """How many pairs the user has, and how many of them are still to rate."""
    counted = [
        rows.order_by().aggregate(total=Count("pk"), left=Count("pk", filter=Q(done=False)))
        for rows in _pairs(scheme, user).values()
    ]
    return sum(one["total"] for one in counted), sum(one["left"] for one in counted)


def task_of(scheme: Scheme, user: Any, direction: str, alliance: int, organization: int) -> Task | None:
    """One pair of the user's sheet; superiors of higher levels may rate too, although it is not on theirs."""
    if direction == Direction.SUPERIOR:
        above = _beside(scoring.rated_in(scheme, direction).governed_by(user), user)
        rows = _superiors(scheme, above).filter(pk=alliance, supervising=organization)
    else:
        rows = _pairs(scheme, user)[direction].filter(alliance=alliance, organization=organization)
    row = rows.first()
    return _task(direction, row) if row else None


def _pairs(scheme: Scheme, user: Any) -> Mapping[str, QuerySet]:
    """Rows by direction, each with ``done``; those still to rate first, in the order of codes."""
    rights = rights_of(user)
    asked = scoring.rated_in(scheme, Direction.SUPERIOR)
    own_level = _beside(asked.filter(supervising__region__in=rights.codes), user)
    return {
        Direction.MEMBERS.value: _members(scheme, Direction.MEMBERS, Q(organization__in=rights.organizations)),
        Direction.ALLIANCE.value: _members(scheme, Direction.ALLIANCE, Q(alliance__lead__in=rights.organizations)),
        Direction.SUPERIOR.value: _superiors(scheme, own_level),
    }


def _members(scheme: Scheme, direction: str, which: Q) -> QuerySet[Membership]:
    """Current members but the lead, in the alliances where it counts."""
    asked = scoring.rated_in(scheme, direction).order_by().values("pk")
    joined = Membership.objects.current().filter(which, alliance__in=asked).exclude(organization=F("alliance__lead"))
    given = scheme.ratings.filter(
        direction=direction, alliance=OuterRef("alliance"), organization=OuterRef("organization")
    )
    rows = joined.annotate(done=Exists(given)).select_related("alliance", "organization")
    return rows.order_by("done", "alliance__code", "organization__code")


def _beside(alliances: AllianceQuerySet, user: Any) -> AllianceQuerySet:
    """Without those to which an organisation of the user belongs: nobody judges their own."""
    inside = Membership.objects.current().filter(organization__in=rights_of(user).organizations)
    return alliances.exclude(pk__in=inside.values("alliance"))


def _superiors(scheme: Scheme, alliances: AllianceQuerySet) -> QuerySet:
    given = scheme.ratings.filter(
        direction=Direction.SUPERIOR, alliance=OuterRef("pk"), organization=OuterRef("supervising")
    )
    return alliances.annotate(done=Exists(given)).select_related("supervising").order_by("done", "code", "pk")


def _task(direction: str, row: Any) -> Task:
    if direction == Direction.SUPERIOR:
        return Task(row, row.supervising, direction, row.done)
    return Task(row.alliance, row.organization, direction, row.done)
