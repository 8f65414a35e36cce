"""The adjectives of lists: who draws them up, adds to them, signs them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from alliances.querysets import RUNNING
from listings.querysets.scope import UNFINISHED, OfAllianceQuerySet
from members.counting import counted
from members.scope import rights_of, under_any


class ListingQuerySet(OfAllianceQuerySet):
    def visible_to(self, user: Any) -> Self:
        """See ``_seen``; a Party member sees the signed lists of the alliances of their own organisation."""
        rights = rights_of(user)
        as_member = self._alliances().filter(
            memberships__organization__in=rights.membership, memberships__state="accepted"
        )
        signed = Q(state="signed", alliance__in=as_member.values("pk"))
        return self.filter(self._seen(rights) | signed)

    def present(self) -> Self:
        """Not superseded by a new version."""
        return self.exclude(state="superseded")

    def leadable_by(self, user: Any) -> Self:
        """Lists of running alliances that an organisation of the user leads."""
        return self.filter(self._led(user), alliance__state__in=RUNNING)

    def revisable_by(self, user: Any) -> Self:
        """Signed lists of running alliances that an organisation of the user leads."""
        return self.leadable_by(user).filter(state="signed")

    def arrangeable_by(self, user: Any) -> Self:
        """Drafts of running alliances that an organisation of the user leads."""
        return self.leadable_by(user).filter(state="draft")

    def carriable_by(self, user: Any) -> Self:
        """Present lists of running alliances that the user leads, with something unfinished on them."""
        unfinished = self._related("items").filter(listing=OuterRef("pk"), state__in=UNFINISHED)
        return self.leadable_by(user).present().filter(Exists(unfinished))

    def countersigned_by(self, user: Any) -> Self:
        """Lists in any state of alliances in which the user's organisation is a member: theirs to sign in due time."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def writable_by(self, user: Any) -> Self:
        """Current lists of running alliances to which the user may add an item."""
        return self.fed_by(user).exclude(state="superseded").filter(alliance__state__in=RUNNING)

    def fed_by(self, user: Any) -> Self:
        """In any state: to which the user adds items as a member (the community's and the town committee's own
        organisations too), as the town committee above, or as a program over the region."""
        rights = rights_of(user)
        joined = self._alliances().joined_by(user)
        above = under_any(rights.towns) | under_any(rights.places)
        if rights.scopes is not None:
            above = under_any(rights.readable)
        return self.filter(above | Q(alliance__in=joined.values("pk")))

    def signable_by(self, user: Any) -> Self:
        """Not yet signed lists of running alliances on which an organisation of the user, a current member, has still
        to put its signature: the lead first."""
        mine = rights_of(user).organizations
        signed = self._related("signatures").filter(listing=OuterRef(OuterRef("pk"))).values("organization")
        alliances: Any = self.model._meta.get_field("alliance").related_model
        memberships: Any = alliances._meta.get_field("memberships").related_model
        missing = (
            memberships._default_manager.current()
            .filter(alliance=OuterRef("alliance"), organization__in=mine)
            .exclude(organization__in=signed)
        )
        turn = (Q(state="draft") & Q(alliance__lead__in=mine)) | Q(state="signing")
        return self.filter(turn, Exists(missing), alliance__state__in=RUNNING)

    def with_counts(self) -> Self:
        """Adds ``items_now``: how many items stand on the list, without those returned, refused or passed on."""
        gone = ("returned", "refused", "forwarded")
        items = self._related("items").filter(listing=OuterRef("pk")).exclude(state__in=gone)
        return self.annotate(items_now=counted(items))

    def as_of(self, day: date) -> Self:
        """Whose period contains the day."""
        return self.filter(period_from__lte=day, period_to__gte=day)
