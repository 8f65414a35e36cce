"""Which member organisations a form may name; what the caller cannot see answers like what does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance, Membership
from alliances.transitions.admission import electors_of
from members.models import Organization
from members.querysets import OrganizationQuerySet
from members.scope import rights_of


def members_of(alliance: Alliance) -> QuerySet[Organization]:
    """The current members."""
    joined = alliance.memberships.current().values("organization")
    return Organization.objects.filter(pk__in=joined)


def voices_of(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The current members among the organisations that the user speaks for: in whose name one proposes and votes."""
    return members_of(alliance).filter(pk__in=rights_of(user).organizations)


def own_members(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The user's own organisations among the current members: for which of them one shares, books, confirms."""
    return members_of(alliance).filter(pk__in=rights_of(user).organizations)


def second_members(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The same without the lead: who may agree to what the lead has drawn up."""
    return own_members(user, alliance).exclude(pk=alliance.lead_id)


def givers_of(alliance: Alliance) -> QuerySet[Organization]:
    """The members past and present: who gave money is a question of the day."""
    joined = alliance.memberships.filter(joined_on__isnull=False).values("organization")
    return Organization.objects.filter(pk__in=joined).order_by("name")


def invitable_by(user: Any) -> OrganizationQuerySet:
    """The organisations that the user may find by name; all others are invited by their exact code."""
    return Organization.objects.visible_to(user)


def newcomers_for(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The user's organisations that are neither members of the alliance nor on the way to become one."""
    present = alliance.memberships.present().values("organization")
    return Organization.objects.spoken_for_by(user).exclude(pk__in=present).order_by("code")


def voters_for(user: Any, membership: Membership) -> QuerySet[Organization]:
    """The user's organisations that have a voice on the newcomer."""
    return Organization.objects.spoken_for_by(user).filter(pk__in=electors_of(membership)).order_by("code")
