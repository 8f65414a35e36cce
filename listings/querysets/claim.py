"""The adjectives of claims."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from listings.querysets.scope import ACTIVE_CLAIMS
from members.scope import ScopedQuerySet, rights_of


class ClaimQuerySet(ScopedQuerySet):
    region_path = "item__region"

    def active(self) -> Self:
        """Holding a place: claimed, in hand or finished, not yet confirmed or released."""
        return self.filter(state__in=ACTIVE_CLAIMS)

    def visible_to(self, user: Any) -> Self:
        """On visible items, and one's own."""
        items: Any = self.model._meta.get_field("item").related_model
        seen = items._default_manager.visible_to(user).values("pk")
        return self.filter(Q(item__in=seen) | Q(organization__in=rights_of(user).organizations))

    def own_of(self, user: Any) -> Self:
        """Claims of the organisations that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def reportable_by(self, user: Any) -> Self:
        return self.own_of(user).filter(state__in=("claimed", "in_hand"))

    def finishable_by(self, user: Any) -> Self:
        return self.own_of(user).filter(state__in=("claimed", "in_hand"))

    def releasable_by(self, user: Any) -> Self:
        return self.own_of(user).filter(state__in=("claimed", "in_hand"))
