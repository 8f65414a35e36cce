"""What is seen with its alliance, on this storey: as a member now, or from above."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q

from alliances.querysets import AllianceQuerySet
from members.scope import Rights, ScopedQuerySet, under_any

ACTIVE_CLAIMS = ("claimed", "in_hand", "finished")
HOLDING_CLAIMS = ("offered", *ACTIVE_CLAIMS)
"""What takes a place of the item's capacity: who works on it, and who has been offered a place."""
IN_LINE_CLAIMS = ("waiting", *HOLDING_CLAIMS)
"""With which an organisation is in it already, at work or waiting."""
CLAIMABLE = ("open", "claimed", "in_hand")
CONFIRMED = ("confirmed", "closed")
UNCLAIMED = ("collected", "studied", "returned", "open")
UNFINISHED = (*UNCLAIMED, "linked", "claimed", "in_hand")
"""What goes on into the next period: whatever is neither done nor ended."""
UNDECIDED = ("claimed", "in_hand", "done", "linked")
UNFINISHED_CLAIMS = ("claimed", "in_hand")


class OfAllianceQuerySet(ScopedQuerySet):
    def _alliances(self) -> AllianceQuerySet:
        model: Any = self.model._meta.get_field("alliance").related_model
        return model._default_manager.all()

    def _seen(self, rights: Rights) -> Q:
        """In a governed or readable subtree, in one's own community, or of an alliance one is now a member of."""
        return under_any(rights.seen) | under_any(rights.places) | self._joined(rights)

    def _joined(self, rights: Rights) -> Q:
        """Of an alliance of which an organisation of the caller is now a member."""
        if not rights.organizations:
            return Q(pk__in=())
        joined = self._alliances().filter(
            memberships__organization__in=rights.organizations, memberships__state="accepted"
        )
        return Q(alliance__in=joined.values("pk"))

    def _related(self, name: str) -> models.QuerySet:
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.all()

    def _led(self, user: Any) -> Q:
        return Q(alliance__in=self._alliances().led_by(user).values("pk"))
