"""Which rows a form or a body about items may name."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from alliances.models import Alliance
from listings.models import Item
from listings.models.listing import Kind
from members.models import Organization, Region
from members.models.region import child_length
from members.scope import under


def sites_of(alliance: Alliance) -> QuerySet[Region]:
    """Where an item of the alliance may be, in few words: the places directly beneath its region and those of its
    members; none where the alliance serves one community only. A program may name any place beneath."""
    code = alliance.region_id
    members = Organization.objects.filter(pk__in=alliance.memberships.current().values("organization"))
    inside = Region.objects.filter(under(code, "code")).exclude(code=code)
    below = Q(digits=child_length(code) or 0) | Q(code__in=members.values("region"))
    return inside.alias(digits=Length("code")).filter(below).order_by("code")


def responsible_for(item: Item) -> QuerySet[Organization]:
    """Whom one may name as responsible in substance (归口): the members now and the organisation above."""
    alliance = item.alliance
    members = alliance.memberships.current().values("organization")
    return Organization.objects.filter(Q(pk__in=members) | Q(pk=alliance.supervising_id)).order_by("pk")


def joined_with(problem: Item, user: Any) -> QuerySet[Item]:
    """The items of its alliance with which a problem may be said to be one need, the newest first."""
    same = Item.objects.visible_to(user).unended().filter(alliance=problem.alliance_id).exclude(pk=problem.pk)
    return same.exclude(~Q(kind=Kind.PROBLEM), state__in=("collected", "studied")).order_by("-pk")
