"""Which communities and people a form of double registration may name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance, Registration
from alliances.transitions.registration import CITY
from members.models import Organization, PartyMember, Region
from members.querysets import OrganizationQuerySet

FOUND_AT_ONCE = 20
OFFERED_UNASKED = 8
"""So many of the place stand there before anything was looked for: a phone shows them without scrolling far."""
TOWN = 9
"""So many digits of a division code name the town or street."""


def communities_for(organ: Organization) -> OrganizationQuerySet:
    """The communities and villages of the organ's own city: with any of them it and its people may register."""
    return Organization.objects.communities().within(organ.region_id[:CITY])


def communities_shown(organ: Organization, text: str) -> list[tuple[int, str]]:
    """The few to choose from, with their town: those linked to the organ, and those found, or some of its place."""
    known, pk = communities_for(organ), organ.pk
    linked = known.filter(community_links__organ=pk, community_links__state="linked")
    beside = known.matching(text) if text else known.within(organ.region_id).filter(sector="community")
    first = list(linked.order_by("code").distinct())
    most = FOUND_AT_ONCE if text else OFFERED_UNASKED
    few = first + [one for one in beside.order_by("code")[:most] if one not in first]
    towns = Region.objects.in_bulk({one.region_id[:TOWN] for one in few})
    return [(one.pk, f"{one.label}（{towns[one.region_id[:TOWN]].name}）") for one in few]


def staff_of(organ: Organization, day: date) -> QuerySet[PartyMember]:
    """The organ's people of that day."""
    return PartyMember.objects.as_of(day).filter(organization=organ).order_by("pk")


def registered_with(community: Organization) -> QuerySet[PartyMember]:
    """Who is registered with the community now."""
    there = community.registrations.current().values("person")
    return PartyMember.objects.filter(pk__in=there).order_by("organization", "pk")


def registered_of(user: Any, community: int) -> QuerySet[PartyMember]:
    """Those registered with the community for whom the user may act."""
    there = Registration.objects.current().filter(community=community).values("person")
    return PartyMember.objects.acted_for_by(user).filter(pk__in=there).order_by("pk")


def alliances_of(community: Organization) -> QuerySet[Alliance]:
    """The running alliances in which the community is a member."""
    joined = community.memberships.current().values("alliance")
    return Alliance.objects.running().filter(pk__in=joined).order_by("name")
