"""The adjectives of who takes part in a joint branch. Party membership is sensitive: few see the names."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import F, Q

from alliances.querysets.alliance import RUNNING
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import acted_for, rights_of, under_any


class ParticipantQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """For who governs the place, for the lead, for the person's own branch and for the person. Other members of
        the joint branch see how many there are, not who; programs see none."""
        rights = rights_of(user)
        led = Q(alliance__lead__in=rights.organizations)
        return self.filter(under_any(rights.codes, self.region_path) | led | acted_for(user, "person"))

    def current(self) -> Self:
        """Taking part now."""
        return self.filter(state="taking_part")

    def as_of(self, day: date) -> Self:
        """Who took part at the end of that day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on=None) | Q(left_on__gt=day))

    def own(self) -> Self:
        """Of the lead, or of the place's own organisation; all others come from outside."""
        return self.filter(
            Q(person__organization=F("alliance__lead")) | Q(person__organization__place=F("alliance__region"))
        )

    def received_by(self, user: Any) -> Self:
        """Put forward to joint branches that an organisation of the user leads, in whatever state."""
        return self.filter(alliance__lead__in=rights_of(user).organizations)

    def takeable_by(self, user: Any) -> Self:
        """Waiting for the lead's word."""
        return self.received_by(user).filter(state="proposed", alliance__state__in=RUNNING)

    def answered_for_by(self, user: Any) -> Self:
        """The user's own part, and those of the people of an organisation that the user speaks for."""
        return self.filter(acted_for(user, "person"))

    def leavable_by(self, user: Any) -> Self:
        """That the user may end: one's own part, or that of one's own branch's people."""
        return self.answered_for_by(user).filter(state__in=("proposed", "taking_part"))
