"""The adjectives of matches: who sees them, who answers, who takes them back."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from listings.querysets.scope import CLAIMABLE
from members.scope import ScopedQuerySet, rights_of


class MatchQuerySet(ScopedQuerySet):
    region_path = "need__region"

    def visible_to(self, user: Any) -> Self:
        """Of visible needs, and those put to one's own organisation; programs see none."""
        if rights_of(user).scopes is not None:
            return self.none()
        seen = self._items().visible_to(user).values("pk")
        return self.filter(Q(need__in=seen) | Q(organization__in=rights_of(user).organizations))

    def present(self) -> Self:
        """Offered or accepted."""
        return self.filter(state__in=("offered", "accepted"))

    def of(self, item: Any) -> Self:
        """Those that meet the item's need: put to itself or to a problem that it answers."""
        return self.filter(Q(need=item) | Q(need__answered_by=item))

    def own_of(self, user: Any) -> Self:
        """Put to an organisation that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def acceptable_by(self, user: Any) -> Self:
        """Offers to one's own organisations while the need is there."""
        return self.own_of(user).filter(state="offered", need__state__in=(*CLAIMABLE, "linked"))

    def declinable_by(self, user: Any) -> Self:
        return self.own_of(user).filter(state="offered")

    def sought_by(self, user: Any) -> Self:
        """In any state: of needs that the user's organisation asked, or that the user oversees."""
        return self.filter(need__in=self._items().seekable_by(user).values("pk"))

    def withdrawable_by(self, user: Any) -> Self:
        return self.sought_by(user).filter(state="offered")

    def _items(self) -> Any:
        items: Any = self.model._meta.get_field("need").related_model
        return items._default_manager.all()
