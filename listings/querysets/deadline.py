"""The adjectives of terms: what waits, what is asked for, who may decide, what is to be supervised (督办)."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from listings.querysets.scope import CLAIMABLE, UNFINISHED_CLAIMS, OfAllianceQuerySet
from members.scope import ScopedQuerySet, rights_of, under_any

AT_WORK = ("claimed", "in_hand")
HIGHEST = 3
"""Levels of supervision: the lead, the supervising organisation, the organisation department."""


class TermQuerySet(OfAllianceQuerySet):
    """The words of items that speak of their terms."""

    def running(self) -> Self:
        """With a term that runs now."""
        return self.filter(state__in=CLAIMABLE, due_on__isnull=False)

    def overdue(self, on: date) -> Self:
        """Due before that day and not yet done; who waits for others is never late."""
        return self.filter(due_on__lt=on, state__in=CLAIMABLE)

    def due_within(self, first: date, last: date) -> Self:
        """Due from ``first`` to ``last`` (both included) and not yet done."""
        return self.filter(due_on__range=(first, last), state__in=CLAIMABLE)

    def paused(self) -> Self:
        """Waiting for others; the term does not run."""
        return self.filter(paused_at__isnull=False, state__in=CLAIMABLE)

    def supervised(self) -> Self:
        """Overdue and marked 督办, at whatever level."""
        return self.filter(supervision__gt=0, state__in=CLAIMABLE)

    def supervised_by(self, user: Any) -> Self:
        """Supervised ones that have come up to the user: as the lead, as the supervising organisation, as the
        organisation department."""
        rights = rights_of(user)
        above = Q(alliance__in=self._alliances().filter(supervising__in=rights.organizations).values("pk"))
        return self.supervised().filter(
            self._led(user) | (Q(supervision__gte=2) & above) | (Q(supervision=HIGHEST) & under_any(rights.departments))
        )

    def watched_by(self, user: Any) -> Self:
        """In a subtree that the user governs, or of an alliance that the user leads."""
        return self.filter(self._led(user) | under_any(rights_of(user).codes))

    def escalatable(self, on: date) -> Self:
        """Overdue on that day, not at the highest level yet, and not moved up on that day already."""
        fresh = Q(supervised_on=None) | Q(supervised_on__lt=on)
        return self.overdue(on).filter(fresh, supervision__lt=HIGHEST)

    def worked_by(self, user: Any, *roles: str) -> Self:
        """On which an organisation of the user is at work, in one of the roles (none: in any)."""
        claims: Any = self._related("claims")
        own = claims.filter(organization__in=rights_of(user).organizations, state__in=UNFINISHED_CLAIMS)
        return self.filter(pk__in=(own.filter(role__in=roles) if roles else own).values("item_id"))

    def timed_by(self, user: Any) -> Self:
        """In any state: whose term the user may stop and let run again, as the lead claimant or as who oversees."""
        overseen: Any = self.overseen_by(user)  # type: ignore[attr-defined]
        return self.filter(Q(pk__in=self.worked_by(user, "lead").values("pk")) | Q(pk__in=overseen.values("pk")))

    def pausable_by(self, user: Any) -> Self:
        """At work, with a term that runs; not what is supervised already, because that is late."""
        return self.timed_by(user).filter(state__in=AT_WORK, due_on__isnull=False, supervision=0)

    def resumable_by(self, user: Any) -> Self:
        return self.timed_by(user).paused()

    def extendable_by(self, user: Any) -> Self:
        """On which an organisation of the user works and has not asked for a later day yet."""
        extensions: Any = self._related("extensions")
        asked = extensions.filter(organization__in=rights_of(user).organizations, state="asked")
        return self.worked_by(user).running().exclude(pk__in=asked.values("item_id"))


class PauseQuerySet(models.QuerySet):
    def open(self) -> Self:
        """Which have not ended."""
        return self.filter(ended_at=None)


class ExtensionQuerySet(ScopedQuerySet):
    region_path = "item__region"

    def visible_to(self, user: Any) -> Self:
        """Those of visible items."""
        return self.filter(item__in=self._items().visible_to(user).values("pk"))

    def undecided(self) -> Self:
        """Asked by who still works on it, of items whose term still runs."""
        claims: Any = self._items().model._meta.get_field("claims").related_model
        working = claims._default_manager.filter(
            item=OuterRef("item"), organization=OuterRef("organization"), state__in=UNFINISHED_CLAIMS
        )
        return self.filter(Exists(working), state="asked", item__state__in=CLAIMABLE)

    def overseen_by(self, user: Any) -> Self:
        """In any state: of items that the user oversees; never what one's own organisation has asked for."""
        overseen = self._items().overseen_by(user).values("pk")
        return self.filter(item__in=overseen).exclude(organization__in=rights_of(user).organizations)

    def decidable_by(self, user: Any) -> Self:
        return self.overseen_by(user).undecided()

    def _items(self) -> Any:
        model: Any = self.model._meta.get_field("item").related_model
        return model._default_manager.all()
