"""Which people and organisations a form may name; what the caller cannot see answers like what does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from alliances.choices.membership import members_of, voices_of
from alliances.models import Alliance, Post
from members.models import Organization, PartyMember
from members.scope import rights_of


def people_of(user: Any) -> QuerySet[PartyMember]:
    """The Party members of the organisations that the user speaks for."""
    own = rights_of(user).organizations
    return PartyMember.objects.filter(organization__in=own).order_by("organization", "name", "pk")


def nominators_of(alliance: Alliance) -> QuerySet[Organization]:
    """The organisations from which a person may be nominated: the current members and the committee above."""
    joined = alliance.memberships.current().values("organization")
    return Organization.objects.filter(Q(pk__in=joined) | Q(pk=alliance.supervising_id)).order_by("pk")


def succeeded_in(alliance: Alliance) -> QuerySet[Post]:
    """The standing posts that a nominee may take over."""
    return alliance.posts.standing().order_by("kind", "pk")


def silent_voices_of(user: Any, post: Post) -> QuerySet[Organization]:
    """Those of them that have not spoken to the nomination yet."""
    return voices_of(user, post.alliance).exclude(pk__in=post.consents.values("organization"))


def offered_by(user: Any, alliance: Alliance) -> QuerySet[PartyMember]:
    """The Party members whom the user may put forward: of one's own member organisations, and oneself."""
    there = PartyMember.objects.acted_for_by(user).filter(organization__in=members_of(alliance), until=None)
    present = alliance.participants.filter(state__in=("proposed", "taking_part")).values("person")
    return there.exclude(pk__in=present).order_by("organization", "name", "pk")


def way_of_sending(user: Any, organization: Organization) -> Alliance | None:
    """Through which alliance a lead sends an instructor; None for a department above the organisation."""
    if rights_of(user).directs(organization.region_id):
        return None
    joined = organization.memberships.current().values("alliance")
    return Alliance.objects.led_by(user).filter(pk__in=joined).order_by("pk").first()
