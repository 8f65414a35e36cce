"""The adjectives of what is passed on from one alliance to another."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from members.scope import ScopedQuerySet, rights_of


class ForwardingQuerySet(ScopedQuerySet):
    region_path = "item__region"

    def proposed(self) -> Self:
        """Still to be answered."""
        return self.filter(state="proposed")

    def visible_to(self, user: Any) -> Self:
        """Of visible items, and those offered to alliances that the user leads; programs see none."""
        if rights_of(user).scopes is not None:
            return self.none()
        items: Any = self.model._meta.get_field("item").related_model
        seen = items._default_manager.visible_to(user).values("pk")
        return self.filter(Q(item__in=seen) | Q(pk__in=self.received_by(user).values("pk")))

    def received_by(self, user: Any) -> Self:
        """In any state: offered to an alliance that an organisation of the user leads."""
        return self.filter(into__lead__in=rights_of(user).organizations)

    def answerable_by(self, user: Any) -> Self:
        """Offered to an alliance of which an organisation of the user is the lead, and not answered yet."""
        return self.received_by(user).proposed()

    def sent_by(self, user: Any) -> Self:
        """In any state: of items that the user oversees."""
        items: Any = self.model._meta.get_field("item").related_model
        return self.filter(item__in=items._default_manager.overseen_by(user).values("pk"))

    def recallable_by(self, user: Any) -> Self:
        """Not answered yet, of items that the user oversees."""
        return self.sent_by(user).proposed()
