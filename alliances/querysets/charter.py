"""The adjectives of charters: who drafts, who is asked, who has not yet spoken."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef

from alliances.querysets.paper import PaperQuerySet


class CharterQuerySet(PaperQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of visible alliances, for who is only invited too: one reads the charter before one joins."""
        return super().visible_to(user).filter(self._put_or_led(user))

    def withdrawable_by(self, user: Any) -> Self:
        """What the lead may take back: a draft, or what the others are still considering."""
        return self.drafted_by(user).filter(state__in=("draft", "consulting"))

    def assentable_by(self, user: Any) -> Self:
        """To which an organisation of the user, a current member, has not yet assented: to come or in force."""
        silent = self._of_own_members(user).exclude(Exists(self._said(agrees=True)))
        return self.filter(Exists(silent), state__in=("consulting", "in_force"))

    def objectable_by(self, user: Any) -> Self:
        """On which an organisation of the user has said nothing yet, while the members are being asked."""
        silent = self._of_own_members(user).exclude(Exists(self._said()))
        return self.filter(Exists(silent), state="consulting")

    def awaiting(self, user: Any) -> Self:
        """Put to the members and waiting for a word of the user's organisation."""
        return self.objectable_by(user)

    def _said(self, **what: Any) -> models.QuerySet:
        """The words of the outer membership's organisation on the charter around it."""
        assents: Any = self.model._meta.get_field("assents").related_model
        return assents._default_manager.filter(
            charter=OuterRef(OuterRef("pk")), organization=OuterRef("organization"), **what
        )
