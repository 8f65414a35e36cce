"""The adjectives of memberships: whose they are, who may answer."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import F, Q

from alliances.querysets.alliance import ENDED, RUNNING
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import rights_of


class MembershipQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Of visible alliances: members, past and present, and who has asked to join. Who is only invited has no
        name yet, except to those who may see the organisation anyway. And always those of one's own organisations."""
        organizations: Any = self.model._meta.get_field("organization").related_model
        named = Q(joined_on__isnull=False) | Q(applied_on__isnull=False)
        known = Q(organization__in=organizations._default_manager.visible_to(user))
        there = super().visible_to(user).filter(named | known)
        return self.filter(Q(pk__in=there.values("pk")) | Q(organization__in=rights_of(user).organizations))

    def current(self) -> Self:
        """Accepted and not left."""
        return self.filter(state="accepted")

    def present(self) -> Self:
        """Accepted, or on the way: invited and not yet answered, or waiting for the members' vote."""
        return self.filter(state__in=("invited", "asking", "accepted"))

    def as_of(self, day: date) -> Self:
        """Members at the end of that day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on=None) | Q(left_on__gt=day))

    def spoken_for_by(self, user: Any) -> Self:
        """Those of one's own organisations, in whatever state."""
        return self.filter(organization__in=rights_of(user).organizations)

    def acceptable_by(self, user: Any) -> Self:
        """Open invitations to organisations that the user speaks for: nobody else can accept or decline them."""
        return self.spoken_for_by(user).filter(state="invited").exclude(alliance__state__in=ENDED)

    def asking(self) -> Self:
        """Who wants to join and waits for the members' vote."""
        return self.filter(state="asking")

    def due(self, day: date) -> Self:
        """Whose vote has run out before that day."""
        return self.asking().filter(vote_until__lt=day)

    def revocable_by(self, user: Any) -> Self:
        """Applications of one's own organisations on which it is not yet decided."""
        return self.spoken_for_by(user).asking()

    def past_of(self, user: Any) -> Self:
        """What came of former invitations, applications and memberships of one's own organisations."""
        return self.spoken_for_by(user).exclude(state__in=("invited", "asking", "accepted"))

    def judged_by(self, user: Any) -> Self:
        """Newcomers, past and present, on whom an organisation of the user may speak: as a current member, or as the
        lead where the lead decides alone."""
        own = rights_of(user).organizations
        led = Q(alliance__lead__in=own)
        joined = Q(alliance__in=self._alliances().joined_by(user).values("pk"), lead_decides=False)
        return self.filter(led | joined)

    def votable_by(self, user: Any) -> Self:
        """Newcomers to running alliances on whom the user's organisation may speak, also once more."""
        return self.judged_by(user).asking().filter(alliance__state__in=RUNNING)

    def unspoken_by(self, user: Any) -> Self:
        """Of those on whom one may speak, those on whom none of one's organisations has spoken yet."""
        return self.votable_by(user).exclude(voices__organization__in=rights_of(user).organizations)

    def leavable_by(self, user: Any) -> Self:
        """Current memberships of one's own organisations; the lead must first hand over the lead."""
        return self.spoken_for_by(user).current().exclude(organization=F("alliance__lead"))
