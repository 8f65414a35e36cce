"""The adjectives of claims."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import Case, IntegerField, OuterRef, Q, When

from listings.querysets.scope import ACTIVE_CLAIMS, HOLDING_CLAIMS, IN_LINE_CLAIMS, UNFINISHED_CLAIMS
from members.counting import counted
from members.scope import ScopedQuerySet, rights_of, under_any


class ClaimQuerySet(ScopedQuerySet):
    region_path = "item__region"

    def active(self) -> Self:
        """Holding a place: claimed, in hand or finished, not yet confirmed or released."""
        return self.filter(state__in=ACTIVE_CLAIMS)

    def holding(self) -> Self:
        """Taking a place of the capacity: at work, or offered one."""
        return self.filter(state__in=HOLDING_CLAIMS)

    def in_line(self) -> Self:
        """At work, offered a place, or waiting for one: an organisation is so once an item."""
        return self.filter(state__in=IN_LINE_CLAIMS)

    def waiting(self) -> Self:
        """In the waiting line, the first first."""
        return self.filter(state="waiting").order_by("pk")

    def with_positions(self) -> Self:
        """Adds ``waiting_position``: 1 for the first in line; None for who does not wait."""
        line = self.model._default_manager.filter(item=OuterRef("item"), state="waiting", pk__lte=OuterRef("pk"))
        place = Case(When(state="waiting", then=counted(line)), output_field=IntegerField())
        return self.annotate(waiting_position=place)

    def expired(self, now: datetime) -> Self:
        """Offers whose term is over at that moment."""
        return self.filter(state="offered", offered_until__lte=now)

    def unfinished(self) -> Self:
        """Claimed or in hand: what would be given up by a release."""
        return self.filter(state__in=UNFINISHED_CLAIMS)

    def unfinished_in(self, alliance: Any) -> Self:
        """Those on items of the alliance."""
        return self.unfinished().filter(item__alliance=alliance)

    def visible_to(self, user: Any) -> Self:
        """On visible items, and one's own."""
        items: Any = self.model._meta.get_field("item").related_model
        seen = items._default_manager.visible_to(user).values("pk")
        return self.filter(Q(item__in=seen) | Q(organization__in=rights_of(user).organizations))

    def own_of(self, user: Any) -> Self:
        """Claims of the organisations that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def acceptable_by(self, user: Any) -> Self:
        """Offers to one's own organisations."""
        return self.own_of(user).filter(state="offered")

    def declinable_by(self, user: Any) -> Self:
        """Offers to one's own organisations, and their places in line."""
        return self.own_of(user).filter(state__in=("waiting", "offered"))

    def reportable_by(self, user: Any) -> Self:
        return self.own_of(user).unfinished()

    def finishable_by(self, user: Any) -> Self:
        """Unfinished ones; a running project is done with its acceptance."""
        return self.own_of(user).unfinished().exclude(item__project__state="running")

    def releasable_by(self, user: Any) -> Self:
        return self.own_of(user).unfinished()

    def watched_by(self, user: Any) -> Self:
        """In any state: of other organisations, on items of alliances that the user leads or that lie beneath the
        user's department or committee."""
        rights = rights_of(user)
        led = Q(item__alliance__lead__in=rights.organizations)
        return self.filter(led | under_any(rights.codes, self.region_path)).exclude(
            organization__in=rights.organizations
        )

    def force_releasable_by(self, user: Any) -> Self:
        """Of which the user may force the release: alone what has not begun, or with a second person."""
        alone, proposed = self.force_releasable_alone_by(user), self.force_release_proposable_by(user)
        return self.filter(Q(pk__in=alone.values("pk")) | Q(pk__in=proposed.values("pk")))

    def force_releasable_alone_by(self, user: Any) -> Self:
        """Claims of others that have not begun, in alliances that an organisation of the user leads."""
        return self.watched_by(user).filter(state="claimed", item__alliance__lead__in=rights_of(user).organizations)

    def force_release_proposable_by(self, user: Any) -> Self:
        """Unfinished claims of others beneath the user's department or committee: a second person decides."""
        return self.watched_by(user).unfinished().governed_by(user)

    def helper_nameable_by(self, user: Any) -> Self:
        """Claims of one's own organisations that have not ended: who of its people has helped."""
        return self.own_of(user).active()

    def helper_strikable_by(self, user: Any) -> Self:
        """Claims of one's own organisations, ended ones too, on which somebody is named who helped."""
        return self.own_of(user).filter(pk__in=self.model._default_manager.filter(helps__isnull=False).values("pk"))

    def at_issue(self, item: Any) -> Self:
        """Who is or was at work on the item, or on the one that answers it; without those who only waited."""
        rows = self.filter(item__in=[pk for pk in (item.pk, item.answered_by_id) if pk])
        return rows.exclude(state__in=("waiting", "offered", "declined", "lapsed")).select_related("organization")
