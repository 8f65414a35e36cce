"""Which rows a form or a body may name: an id that the caller cannot see answers like one that does not exist."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from alliances.models import Activity, Alliance, Meeting, Membership, Post
from alliances.transitions.admission import electors_of
from alliances.transitions.alliance import SUPERVISING_KINDS
from members.models import Organization, PartyMember, Region
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


def places_of(lead: Organization) -> QuerySet[Region]:
    """The places that an alliance of this lead may serve: its own and those above it, nearest first."""
    return Region.objects.filter(code__in=[*ancestors(lead.region_id), lead.region_id]).order_by("-code")


def parents_for(user: Any, region: str, lead: Organization) -> QuerySet[Alliance]:
    """The running alliances within which the user may nest one: those of the place and of the places above it, and
    those in which the lead is a member."""
    near = Q(region__in=[*ancestors(region), region])
    joined = Q(pk__in=lead.memberships.current().values("alliance"))
    return Alliance.objects.visible_to(user).running().filter(near | joined)


def invitable_by(user: Any) -> OrganizationQuerySet:
    """The organisations that the user may find by name; all others are invited by their exact code."""
    return Organization.objects.visible_to(user)


def members_of(alliance: Alliance) -> QuerySet[Organization]:
    """The current members."""
    joined = alliance.memberships.current().values("organization")
    return Organization.objects.filter(pk__in=joined)


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


def voices_of(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The current members among the organisations that the user speaks for: in whose name one proposes and votes."""
    return members_of(alliance).filter(pk__in=rights_of(user).organizations)


def people_of(user: Any) -> QuerySet[PartyMember]:
    """The Party members of the organisations that the user speaks for."""
    own = rights_of(user).organizations
    return PartyMember.objects.filter(organization__in=own).order_by("organization", "name", "pk")


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


def activities_of(alliance: Alliance) -> QuerySet[Activity]:
    """The activities for which money may have been spent, newest first."""
    return alliance.activities.exclude(state=Activity.State.CANCELLED)


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


def newcomers_for(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The user's organisations that are neither members of the alliance nor on the way to become one."""
    present = alliance.memberships.present().values("organization")
    return Organization.objects.spoken_for_by(user).exclude(pk__in=present).order_by("code")


def voters_for(user: Any, membership: Membership) -> QuerySet[Organization]:
    """The user's organisations that have a voice on the newcomer."""
    return Organization.objects.spoken_for_by(user).filter(pk__in=electors_of(membership)).order_by("code")


def superiors_for(user: Any, alliance: Alliance) -> OrganizationQuerySet:
    """The other committees above the lead and the place over which the user governs."""
    above = committees_over(alliance).exclude(pk=alliance.supervising_id)
    return above.filter(pk__in=committees_above(alliance.lead).values("pk")).governed_by(user)


def committees_over(alliance: Alliance) -> OrganizationQuerySet:
    """The Party committees whose region contains the place that the alliance serves, nearest first."""
    over = [*ancestors(alliance.region_id), alliance.region_id]
    return Organization.objects.filter(kind__in=SUPERVISING_KINDS, region__in=over).order_by("-region_id", "code")


def heirs_for(user: Any, alliance: Alliance) -> QuerySet[Organization]:
    """The members for which the user may apply to found an alliance out of this one."""
    return leads_for(user).filter(pk__in=members_of(alliance).values("pk")).order_by("region_id", "code")
