"""The adjectives of the closed loop's hard cases: what may be corrected, reopened, passed on, attached."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from alliances.querysets import RUNNING
from listings.querysets.scope import ACTIVE_CLAIMS, CONFIRMED
from listings.querysets.whistle import WhistledItems
from members.scope import rights_of, under_any

ENDED_ITEMS = (*CONFIRMED, "refused", "forwarded")
FORWARDABLE = ("collected", "studied", "open")


class LoopQuerySet(WhistledItems):
    def overseen_by(self, user: Any) -> Self:
        """In any state: of alliances that the user leads, below the user's town committee, in the user's community."""
        rights = rights_of(user)
        return self.filter(self._led(user) | under_any(rights.towns) | under_any(rights.places))

    def asked_by_user(self, user: Any) -> Self:
        """Asked by an organisation that the user speaks for; by a program: those that it pushed."""
        rights = rights_of(user)
        own = Q(entered_by_client=user) if rights.scopes is not None else Q(asked_by__in=rights.organizations)
        return self.filter(own)

    def correctable_by(self, user: Any) -> Self:
        """Confirmed ones of which a department above may propose that the confirmation was wrong."""
        return self.directed_by(user).filter(state__in=CONFIRMED)

    def reopenable_by(self, user: Any) -> Self:
        """Confirmed ones of running alliances whose trouble the user, who asked, may say has come back: once at a
        time."""
        again = self.model._default_manager.filter(reopens__isnull=False).exclude(state__in=ENDED_ITEMS)
        asked = self.asked_by_user(user).filter(state__in=CONFIRMED, alliance__state__in=RUNNING)
        return asked.exclude(pk__in=again.values("reopens_id"))

    def forwardable_by(self, user: Any) -> Self:
        """Unclaimed ones that the user oversees and that no other alliance has been offered; a project stays here."""
        offered = self._related("forwardings").filter(state="proposed").values("item_id")
        return self.overseen_by(user).filter(state__in=FORWARDABLE, project=None).exclude(pk__in=offered)

    def attachable_by(self, user: Any) -> Self:
        """Unfinished ones that the user oversees and may make a part of a larger item, or of another one."""
        return self.overseen_by(user).exclude(state__in=ENDED_ITEMS)

    def detachable_by(self, user: Any) -> Self:
        """Parts of a larger item, of running alliances, that the user oversees."""
        return self.overseen_by(user).filter(parent__isnull=False, alliance__state__in=RUNNING)

    def disputable_by(self, user: Any) -> Self:
        """Done, sent back, or linked ones to which an organisation of the user is a party: it asked, or is at work on
        it (or on the item that answers it). Whether there is a ground, the verb says."""
        return self.party_of(user).filter(state__in=("done", "in_hand", "linked"))

    def party_of(self, user: Any) -> Self:
        """In any state: asked by an organisation of the user, or with a claim of one on it or on its answer."""
        mine = rights_of(user).organizations
        worked = self._related("claims").filter(organization__in=mine, state__in=(*ACTIVE_CLAIMS, "confirmed"))
        held = worked.values("item_id")
        return self.filter(Q(asked_by__in=mine) | Q(pk__in=held) | Q(answered_by__in=held))

    def confirmable_for_by(self, user: Any) -> Self:
        """Ruled to be done and still without the asker's word: the user may give it for the asker."""
        ruled = self._disputes().ruled_by(user).filter(state="ruled_done").values("item_id")
        return self.filter(pk__in=ruled, state__in=("done", "linked"))

    def ruled_by(self, user: Any) -> Self:
        """In any state: on which the user has ruled or may rule, because a dispute came up."""
        return self.filter(pk__in=self._disputes().ruled_by(user).values("item_id"))

    def _disputes(self) -> Any:
        return self._related("disputes")

    def tied_to(self, item: Any) -> Self:
        """What the item is a part of, its parts, what it reopens or is reopened by, where it came from and went to."""
        there = [pk for pk in (item.parent_id, item.reopens_id, item.came_from_id) if pk]
        return self.filter(Q(pk__in=there) | Q(parent=item.pk) | Q(reopens=item.pk) | Q(came_from=item.pk))
