"""Which hosts and attenders a form may name; what the caller cannot see answers like what does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.choices.membership import members_of
from alliances.models import Activity, Alliance, Meeting
from members.models import Organization
from members.scope import rights_of


def hosts_for(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """Who may host what the user plans: any member where the user's organisation leads, or the user stands over the
    place as town committee; else only the user's own member organisations."""
    rights = rights_of(user)
    members = members_of(alliance)
    any_town = any(alliance.region_id.startswith(code) for code in rights.towns)
    if alliance.lead_id in rights.organizations or any_town:
        return members
    return members.filter(pk__in=rights.organizations)


def attenders_of(activity: Activity | Meeting) -> QuerySet[Organization]:
    """The organisations that are or were members of the alliance: which of them counts is a question of the day."""
    joined = activity.alliance.memberships.filter(joined_on__isnull=False).values("organization")
    return Organization.objects.filter(pk__in=joined)


def activities_of(alliance: Alliance) -> QuerySet[Activity]:
    """The activities for which money may have been spent, newest first."""
    return alliance.activities.exclude(state=Activity.State.CANCELLED)
