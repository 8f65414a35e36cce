"""The adjectives of agreements: who drafts, who has to sign, which are about to expire."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q

from alliances.querysets.paper import PaperQuerySet
from members.scope import rights_of, under_any

NOTICE_DAYS = 30


class AgreementQuerySet(PaperQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and of alliances that the user follows; not of those that only invite."""
        seen = under_any(rights_of(user).seen, self.region_path)
        followed = Q(alliance__in=self._alliances().followed_by(user).values("pk"))
        return self.filter(followed | seen).filter(self._put_or_led(user))

    def withdrawable_by(self, user: Any) -> Self:
        """What the lead may take back: a draft, or what not everybody has signed."""
        return self.drafted_by(user).filter(state__in=("draft", "signing"))

    def renewable_by(self, user: Any) -> Self:
        """Signed or expired, and not yet renewed: the lead may draft the next version."""
        return self.drafted_by(user).filter(state__in=("signed", "expired"), next=None)

    def signable_by(self, user: Any) -> Self:
        """Waiting for the signature of an organisation of the user, party to it and still a member."""
        parties: Any = self.model._meta.get_field("parties").related_model
        unsigned = parties._default_manager.filter(
            agreement=OuterRef(OuterRef("pk")), organization=OuterRef("organization"), signed_on=None
        )
        return self.filter(Exists(self._of_own_members(user).filter(Exists(unsigned))), state="signing")

    def expiring(self, day: date) -> Self:
        """Signed, with at most thirty days to go, and no next version signed."""
        soon = day + timedelta(days=NOTICE_DAYS)
        return self.filter(state="signed", valid_to__range=(day, soon))

    def with_counts(self) -> Self:
        """Adds ``party_count`` and ``signed_count``."""
        signed = Count("parties", Q(parties__signed_on__isnull=False))
        return self.annotate(party_count=Count("parties"), signed_count=signed)
