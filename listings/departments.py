"""Who calls for the matters of an alliance, and whom: members of it, and organs linked to the caller; nobody else, and
nobody is enrolled by being called."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from alliances.models import Alliance
from alliances.querysets import AllianceQuerySet
from members.models import Organization
from members.models.region import ancestors
from members.querysets import OrganizationQuerySet


def callers_for(alliance: Alliance, user: Any) -> OrganizationQuerySet:
    """The user's organisations that may call for the alliance: its lead, and a community, village or town that is a
    member of it, supervises it, or in whose area it is."""
    members = alliance.memberships.current().values("organization")
    around = [*ancestors(alliance.region_id), alliance.region_id]
    near = Q(pk__in=members) | Q(pk=alliance.supervising_id) | Q(place__in=around)
    own = Organization.objects.spoken_for_by(user)
    return own.filter(Q(pk=alliance.lead_id) | Q(near, place__isnull=False)).order_by("code")


def departments_for(alliance: Alliance, caller: Organization) -> OrganizationQuerySet:
    """Whom the caller may call: the other members of the alliance, and the organs linked to it (双报到)."""
    members = alliance.memberships.current().values("organization")
    linked = caller.community_links.current().values("organ")
    found = Organization.objects.standing().filter(Q(pk__in=members) | Q(pk__in=linked))
    return found.exclude(pk=caller.pk).order_by("code")


def alliances_for(user: Any) -> AllianceQuerySet:
    """For whose matters an organisation of the user may call departments."""
    return Alliance.objects.calling_by(user)
