"""The adjectives that charter and agreement share."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q

from alliances.querysets.alliance import ENDED
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import rights_of


class PaperQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def drafted_by(self, user: Any) -> Self:
        """Of alliances that the user's organisation leads: the lead drafts, while the alliance has not ended."""
        led = self.filter(alliance__lead__in=rights_of(user).organizations)
        return led.exclude(alliance__state__in=ENDED)

    def amendable_by(self, user: Any) -> Self:
        """Drafts whose text the lead may still change."""
        return self.drafted_by(user).filter(state="draft")

    def puttable_by(self, user: Any) -> Self:
        """Drafts that the lead may put to the others."""
        return self.amendable_by(user)

    def _put_or_led(self, user: Any) -> Q:
        """A draft is its author's affair until it is put to the others."""
        return Q(put_on__isnull=False) | Q(alliance__lead__in=rights_of(user).organizations)

    def _of_own_members(self, user: Any) -> models.QuerySet:
        """The current memberships of the user's organisations in the outer row's alliance."""
        alliances: Any = self.model._meta.get_field("alliance").related_model
        memberships: Any = alliances._meta.get_field("memberships").related_model
        mine = {"organization__in": rights_of(user).organizations, "state": "accepted"}
        return memberships._default_manager.filter(alliance=OuterRef("alliance"), **mine)

    def addressed_to(self, user: Any) -> Self:
        """Put to the members, of whom an organisation of the user is one."""
        return self.filter(Exists(self._of_own_members(user)), put_on__isnull=False)
