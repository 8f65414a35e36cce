"""Rows of an alliance, and rows that stand from a day on."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q

from alliances.querysets.alliance import AllianceQuerySet
from members.scope import ScopedQuerySet, rights_of, under_any


class OfAllianceQuerySet(ScopedQuerySet):
    """Rows that belong to an alliance through ``alliance`` and are seen with it."""

    def _alliances(self) -> AllianceQuerySet:
        model: Any = self.model._meta.get_field("alliance").related_model
        return model._default_manager.all()

    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and of the alliances that the user may see."""
        return self.filter(
            under_any(rights_of(user).seen, self.region_path) | Q(alliance__in=self._alliances().visible_to(user))
        )


class WorkQuerySet(OfAllianceQuerySet):
    """What an alliance does and decides: seen by those who follow it, not by those whom it only invites."""

    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and of the alliances that the user follows; not of those that only invite."""
        return self.filter(
            under_any(rights_of(user).seen, self.region_path)
            | Q(alliance__in=self._alliances().followed_by(user).values("pk"))
        )


class DatedQuerySet(ScopedQuerySet):
    """Rows that stand from ``since`` on, up to the day before ``until``."""

    def as_of(self, day: date) -> Self:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))
