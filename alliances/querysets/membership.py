"""The adjectives of memberships: whose they are, who may answer."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import F, Q

from alliances.querysets.alliance import ENDED
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import rights_of


class MembershipQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Members, past and present, of visible alliances. Who is only invited has no name yet, except to those who
        may see the organisation anyway."""
        organizations: Any = self.model._meta.get_field("organization").related_model
        known = Q(organization__in=organizations._default_manager.visible_to(user))
        return super().visible_to(user).filter(Q(joined_on__isnull=False) | known)

    def current(self) -> Self:
        """Accepted and not left."""
        return self.filter(state="accepted")

    def present(self) -> Self:
        """Accepted, or invited and not yet answered."""
        return self.filter(state__in=("invited", "accepted"))

    def as_of(self, day: date) -> Self:
        """Members at the end of that day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on=None) | Q(left_on__gt=day))

    def spoken_for_by(self, user: Any) -> Self:
        """Those of one's own organisations, in whatever state."""
        return self.filter(organization__in=rights_of(user).organizations)

    def acceptable_by(self, user: Any) -> Self:
        """Open invitations to organisations that the user speaks for: nobody else can accept or decline them."""
        return self.spoken_for_by(user).filter(state="invited").exclude(alliance__state__in=ENDED)

    def leavable_by(self, user: Any) -> Self:
        """Current memberships of one's own organisations; the lead must first hand over the lead."""
        return self.spoken_for_by(user).current().exclude(organization=F("alliance__lead"))
