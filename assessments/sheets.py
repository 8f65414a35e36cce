"""The rating sheet (评分表): which pairs a person has to rate under a scheme, and which are done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F, Q, QuerySet

from alliances.models import Alliance, Membership
from alliances.querysets import AllianceQuerySet
from assessments import scoring
from assessments.models import Rating, Scheme
from members.models import Organization
from members.scope import rights_of

Pair = tuple[int, int, str]
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Task:
    """One pair to rate; ``whom`` is who is being rated."""

    alliance: Alliance
    organization: Organization
    direction: str
    done: bool

    @property
    def whom(self) -> Alliance | Organization:
        return self.organization if self.direction == Rating.Direction.ALLIANCE else self.alliance


def tasks_of(scheme: Scheme, user: Any) -> list[Task]:
    """The pairs of the user in an open scheme: as a member, as the lead, as the superior of their own level."""
    assessed = scoring.assessed_by(scheme)
    pairs = [
        *_as_member(assessed, rights_of(user).organizations),
        *_as_lead(assessed, rights_of(user).organizations),
        *_as_superior(assessed, rights_of(user).codes),
    ]
    done = given(scheme, [alliance.pk for alliance, _organization, _direction in pairs])
    return [Task(a, o, direction, (a.pk, o.pk, direction) in done) for a, o, direction in pairs]


def task_of(scheme: Scheme, user: Any, direction: str, alliance: int, organization: int) -> Task | None:
    """One pair of the user's sheet; superiors of higher levels may rate too, although it is not on theirs."""
    assessed = scoring.assessed_by(scheme).filter(pk=alliance)
    rights = rights_of(user)
    pairs = {
        Rating.Direction.MEMBERS: lambda: _as_member(assessed, rights.organizations),
        Rating.Direction.ALLIANCE: lambda: _as_lead(assessed, rights.organizations),
        Rating.Direction.SUPERIOR: lambda: _as_superior(assessed.governed_by(user), None),
    }  # fmt: skip
    found = [pair for pair in pairs[Rating.Direction(direction)]() if pair[1].pk == organization]
    if not found:
        return None
    return Task(*found[0], done=(alliance, organization, direction) in given(scheme, [alliance]))


def given(scheme: Scheme, alliances: list[int]) -> set[Pair]:
    """The pairs that are rated; that they are is no secret, what was said is."""
    ratings = scheme.ratings.filter(alliance__in=alliances)
    return set(ratings.values_list("alliance_id", "organization_id", "direction"))


def _as_member(assessed: AllianceQuerySet, mine: Any) -> list[tuple[Alliance, Organization, str]]:
    own = _memberships(assessed, Q(organization__in=mine))
    return [(m.alliance, m.organization, Rating.Direction.MEMBERS.value) for m in own]


def _as_lead(assessed: AllianceQuerySet, mine: Any) -> list[tuple[Alliance, Organization, str]]:
    led = _memberships(assessed, Q(alliance__lead__in=mine))
    return [(m.alliance, m.organization, Rating.Direction.ALLIANCE.value) for m in led]


def _as_superior(assessed: AllianceQuerySet, codes: Any) -> list[tuple[Alliance, Organization, str]]:
    own_level = Q() if codes is None else Q(supervising__region__in=codes)
    found = assessed.filter(own_level).select_related("supervising")[:LONGEST]
    return [(alliance, alliance.supervising, Rating.Direction.SUPERIOR.value) for alliance in found]


def _memberships(assessed: AllianceQuerySet, which: Q) -> QuerySet[Membership]:
    """Current members but the lead, in the alliances assessed."""
    joined = Membership.objects.current().filter(which, alliance__in=assessed.order_by().values("pk"))
    others = joined.exclude(organization=F("alliance__lead")).select_related("alliance", "organization")
    return others.order_by("alliance__code", "organization__code")[:LONGEST]
