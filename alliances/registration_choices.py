"""Which communities and people a form of double registration may name."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance, Registration
from alliances.transitions.registration import CITY
from members.models import Organization, PartyMember
from members.querysets import OrganizationQuerySet

FOUND_AT_ONCE = 20


def communities_for(organ: Organization) -> OrganizationQuerySet:
    """The communities and villages of the organ's own city: with any of them it and its people may register."""
    return Organization.objects.communities().within(organ.region_id[:CITY])


def communities_shown(organ: Organization, text: str) -> list[Organization]:
    """The few to choose from: those linked to the organ, and those found, or else some of its own place."""
    known, pk = communities_for(organ).select_related("region"), organ.pk
    linked = known.filter(community_links__organ=pk, community_links__state="linked")
    beside = known.matching(text) if text else known.within(organ.region_id).filter(sector="community")
    first = list(linked.order_by("code").distinct())
    return first + [one for one in beside.order_by("code")[:FOUND_AT_ONCE] if one not in first]


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
