"""For which of one's organisations one may speak: in charters, agreements and rotation."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.models import Agreement, Alliance, Charter, HostTurn
from members.models import Organization
from members.querysets import OrganizationQuerySet
from members.scope import rights_of


def own_members(user: Any, alliance: Alliance) -> OrganizationQuerySet:
    """The user's organisations that are current members."""
    joined = alliance.memberships.current().filter(organization__in=rights_of(user).organizations)
    return Organization.objects.filter(pk__in=joined.values("organization"))


def assenting(user: Any, charter: Charter) -> OrganizationQuerySet:
    """Those that have not yet assented to the version."""
    said = charter.assents.filter(agrees=True).values("organization")
    return own_members(user, charter.alliance).exclude(pk__in=said)


def objecting(user: Any, charter: Charter) -> OrganizationQuerySet:
    """Those that have said nothing to the version."""
    return own_members(user, charter.alliance).exclude(pk__in=charter.assents.values("organization"))


def signing(user: Any, agreement: Agreement) -> OrganizationQuerySet:
    """Those that are party to the agreement and have not signed it."""
    waiting = agreement.parties.filter(signed_on=None).values("organization")
    return own_members(user, agreement.alliance).filter(pk__in=waiting)


def exchangeable(turn: HostTurn) -> QuerySet[HostTurn]:
    """The turns to come of others in the same calendar."""
    others = turn.rotation.turns.to_come().exclude(organization=turn.organization_id)
    return others.select_related("organization").order_by("since")
