"""The adjectives of points, lines and areas (点线面): demonstration sites, belts, routes and districts."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q

from alliances.querysets.scope import DatedQuerySet
from members.scope import rights_of, under_any


class SiteQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and of the alliances that the user may see."""
        alliances: Any = self.model._meta.get_field("alliance").related_model
        seen = alliances._default_manager.visible_to(user).values("pk")
        return self.filter(under_any(rights_of(user).seen) | Q(alliance__in=seen))


class BeltQuerySet(DatedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees, and those on which an alliance stops that the user may see."""
        stops: Any = self.model._meta.get_field("stops").related_model
        alliances: Any = stops._meta.get_field("alliance").related_model
        seen = stops._default_manager.filter(alliance__in=alliances._default_manager.visible_to(user).values("pk"))
        return self.filter(under_any(rights_of(user).seen) | Q(pk__in=seen.values("belt")))

    def standing(self) -> Self:
        """Not ended."""
        return self.filter(until=None)

    def arrangeable_by(self, user: Any) -> Self:
        """Standing ones of a department's subtree: it may rename, arrange and end them."""
        return self.directed_by(user).standing()


def standing_on(rows: DatedQuerySet, day: date) -> DatedQuerySet:
    """In code order, as of the day."""
    return rows.as_of(day).order_by("region_id", "pk")
