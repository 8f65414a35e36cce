"""Which leads, places and committees a form may name; what the caller cannot see answers like what does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from alliances.choices.membership import members_of
from alliances.models import Alliance
from alliances.transitions.alliance import SUPERVISING_KINDS
from members.models import Organization, Region
from members.models.region import ancestors
from members.querysets import OrganizationQuerySet
from members.scope import rights_of, under_any


def leads_for(user: Any) -> OrganizationQuerySet:
    """The organisations for which the user may apply: one's own, and those of the governed subtrees."""
    rights = rights_of(user)
    return Organization.objects.standing().filter(Q(pk__in=rights.organizations) | under_any(rights.codes))


def committees_above(lead: Organization) -> OrganizationQuerySet:
    """The Party committees whose region contains the lead, nearest first: one of them supervises."""
    above = [*ancestors(lead.region_id), lead.region_id]
    found = Organization.objects.standing().filter(kind__in=SUPERVISING_KINDS, region__in=above).exclude(pk=lead.pk)
    return found.order_by("-region_id", "code")


def committees_over(alliance: Alliance) -> OrganizationQuerySet:
    """The Party committees whose region contains the place that the alliance serves, nearest first."""
    over = [*ancestors(alliance.region_id), alliance.region_id]
    return Organization.objects.filter(kind__in=SUPERVISING_KINDS, region__in=over).order_by("-region_id", "code")


def superiors_for(user: Any, alliance: Alliance) -> OrganizationQuerySet:
    """The other committees above the lead and the place over which the user governs."""
    above = committees_over(alliance).exclude(pk=alliance.supervising_id)
    return above.filter(pk__in=committees_above(alliance.lead).values("pk")).governed_by(user)


def places_of(lead: Organization) -> QuerySet[Region]:
    """The places that an alliance of this lead may serve: its own and those above it, nearest first."""
    return Region.objects.filter(code__in=[*ancestors(lead.region_id), lead.region_id]).order_by("-code")


def parents_for(user: Any, region: str, lead: Organization) -> QuerySet[Alliance]:
    """The running alliances within which the user may nest one: those of the place and of the places above it, and
    those in which the lead is a member."""
    near = Q(region__in=[*ancestors(region), region])
    joined = Q(pk__in=lead.memberships.current().values("alliance"))
    return Alliance.objects.visible_to(user).running().filter(near | joined)


def heirs_for(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The members for which the user may apply to found an alliance out of this one."""
    return leads_for(user).filter(pk__in=members_of(alliance).values("pk")).order_by("region_id", "code")
