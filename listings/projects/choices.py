"""Among what a person may choose on the pages of calls, projects and services, and in bodies of REST."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from alliances.models import Alliance
from listings.models import IdeaCall, Project, Service
from members.models import Organization, Region
from members.scope import rights_of, under


def proposers_of(call: IdeaCall, user: Any) -> QuerySet:
    """For which organisations the user hands in ideas: one's own, or whose Party member one is, that sit in the place
    of the call or are members of the alliance."""
    rights = rights_of(user)
    mine = Organization.objects.filter(pk__in=rights.organizations | rights.membership)
    joined = Q(memberships__alliance=call.alliance_id, memberships__state="accepted")
    fits = mine.filter(under(call.region_id) | joined).values("pk")
    return mine.filter(pk__in=fits).order_by("code")


def bidders_of(project: Project, user: Any) -> QuerySet:
    """With which organisations the user may offer to carry out the project: own members without the lead and without
    whoever had the idea."""
    joined = Q(memberships__alliance=project.alliance_id, memberships__state="accepted")
    own = Organization.objects.spoken_for_by(user)
    kept = own.filter(pk__in=own.filter(joined).values("pk"))
    return kept.exclude(pk__in=(project.alliance.lead_id, project.item.asked_by_id)).order_by("code")


def alliances_for(service: Service, user: Any) -> QuerySet:
    """In which alliances the user may begin an item from the service: running ones that an own organisation joined."""
    return Alliance.objects.running().joined_by(user).order_by("name")


def askers_of(user: Any) -> QuerySet:
    """For which organisations the user begins items: own ones that are members of a running alliance, supervise one,
    or are a place's. Whether they fit the alliance that is chosen, the verb says."""
    running = Alliance.objects.running()
    joined = Q(memberships__alliance__in=running, memberships__state="accepted")
    own = Organization.objects.spoken_for_by(user)
    fits = own.filter(joined | Q(supervised__in=running) | Q(place__isnull=False)).values("pk")
    return own.filter(pk__in=fits).order_by("code")


def places_of(department: Organization, user: Any) -> QuerySet:
    """For which places a department's service may stand: its own region and the two levels beneath it."""
    below = Region.objects.filter(under(department.region_id, "code"))
    near = below.annotate(digits=Length("code")).filter(digits__lte=9).order_by("code")
    return near if len(department.region_id) < 9 else below.order_by("code")
