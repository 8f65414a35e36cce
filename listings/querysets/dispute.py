"""The adjectives of disputes: who sees them, who rules on them."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from listings.querysets.scope import ACTIVE_CLAIMS, OfAllianceQuerySet
from members.scope import rights_of, under_any


class DisputeQuerySet(OfAllianceQuerySet):
    def open(self) -> Self:
        """Without a ruling yet."""
        return self.filter(state="open")

    def visible_to(self, user: Any) -> Self:
        """On visible items, and those that one may rule on; programs see none."""
        if rights_of(user).scopes is not None:
            return self.none()
        seen = self._items().visible_to(user).values("pk")
        return self.filter(Q(item__in=seen) | Q(pk__in=self.ruled_by(user).values("pk")))

    def ruled_by(self, user: Any) -> Self:
        """In any state: whose ruling is the user's, who governs where the supervising organisation stands. Never that
        of a party: who speaks for the asker, or for an organisation at work on it, leaves the ruling to others."""
        mine = rights_of(user).organizations
        held = self._claims().filter(organization__in=mine, state__in=(*ACTIVE_CLAIMS, "confirmed")).values("item_id")
        above = self.filter(under_any(rights_of(user).codes, "alliance__supervising__region"))
        return above.exclude(
            Q(item__asked_by__in=mine)
            | Q(item__in=held)
            | Q(item__answered_by__in=held, item__answered_by__isnull=False)
        )

    def decidable_by(self, user: Any) -> Self:
        """Open ones on which the user may rule."""
        return self.ruled_by(user).open()

    def withdrawable_by(self, user: Any) -> Self:
        """Open ones that an organisation of the user has raised."""
        return self.raised_by(user).open()

    def raised_by(self, user: Any) -> Self:
        """In any state: raised by an organisation that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def _items(self) -> Any:
        items: Any = self.model._meta.get_field("item").related_model
        return items._default_manager.all()

    def _claims(self) -> Any:
        return self._items().model._meta.get_field("claims").related_model._default_manager.all()
