"""Who is meant by the members and the superiors of an alliance, and where a message leads."""

from __future__ import annotations

from django.urls import reverse
from django.utils.timezone import localdate

from alliances.models import Alliance
from members.models import Role, Step, User
from members.models.region import ancestors


def supervisors_of(alliance: Alliance, step: Step) -> list[User]:
    """Who governs the supervising organisation's region: the nearest level that has anybody."""
    code = alliance.supervising.region_id
    roles = Role.objects.as_of(localdate(step.at)).filter(role__in=Role.OF_REGION)
    for above in [code, *reversed(ancestors(code))]:
        found = list(User.objects.active().filter(pk__in=roles.filter(region=above).values("user")))
        if found:
            return found
    return []


def members_of(alliance: Alliance) -> list[int]:
    """The lead and the current members."""
    joined = alliance.memberships.current().values_list("organization_id", flat=True)
    return [*{alliance.lead_id, *joined}]


def address(verb: str, alliance: Alliance) -> str:
    """The page of an alliance on which the message is answered."""
    return reverse(f"alliances:{verb}", args=[alliance.pk])
