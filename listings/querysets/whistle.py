"""The adjectives of whistles: who may blow, who is the head, who is called, who evaluates."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from listings.querysets.deadline import TermQuerySet
from listings.querysets.scope import OfAllianceQuerySet
from members.scope import ScopedQuerySet, rights_of, under_any

RUNNING_WHISTLES = ("asked", "sounded", "reported")
SOUNDING = ("sounded", "reported")
ANSWERING = ("signed_for", "arrived", "reported")
"""A call on which its department has come, or has promised to come."""
WHISTLEABLE = ("collected", "studied", "open", "linked", "claimed", "in_hand")
CITY = 4
"""So many digits of a division code name the city, which reads whistles and decides none."""


class WhistleQuerySet(OfAllianceQuerySet):
    def visible_to(self, user: Any) -> Self:
        """See ``_seen``; the caller's and its superior's; and who is called, once the whistle has sounded."""
        rights = rights_of(user)
        called = self._related("calls").filter(organization__in=rights.organizations, called_on__isnull=False)
        own = Q(caller__in=rights.organizations) | Q(caller__parent__in=rights.organizations)
        return self.filter(self._seen(rights) | own | Q(pk__in=called.values("whistle")))

    def blown_by(self, user: Any) -> Self:
        """In any state: of the user's own organisations, or of those beneath the user's town committee; never of
        whistles to which an organisation of the user is itself called."""
        rights = rights_of(user)
        called = self._related("calls").filter(organization__in=rights.organizations)
        ours = Q(caller__in=rights.organizations) | under_any(rights.towns, "caller__region")
        return self.filter(ours).exclude(pk__in=called.values("whistle"))

    def headed_by(self, user: Any) -> Self:
        """In any state: on which the user decides as the caller's head: another account of the caller's organisation,
        or one of the Party committee above it (its parent, the town, the banner). Never who asked for the whistle."""
        rights = rights_of(user)
        if rights.scopes is not None or getattr(user, "pk", None) is None:
            return self.none()
        above = tuple(code for code in rights.codes if len(code) > CITY)
        own = Q(caller__in=rights.organizations) | Q(caller__parent__in=rights.organizations)
        return self.filter(own | under_any(above, "caller__region")).exclude(asked_by=user)

    def approvable_by(self, user: Any) -> Self:
        """Waiting for the user's word as the caller's head."""
        return self.headed_by(user).filter(state="asked")

    def extendable_by(self, user: Any) -> Self:
        """Sounding, so that the caller may call in one more department."""
        return self.blown_by(user).filter(state__in=SOUNDING)

    def evaluable_by(self, user: Any) -> Self:
        """Sounding, with a report of at least one department."""
        reported = self._related("calls").filter(state="reported")
        return self.blown_by(user).filter(state__in=SOUNDING, pk__in=reported.values("whistle"))

    def to_evaluate_by(self, user: Any) -> Self:
        """On which every department has reported or refused: only the caller's word is missing."""
        return self.blown_by(user).filter(state="reported")

    def cancellable_by(self, user: Any) -> Self:
        """Not yet evaluated."""
        return self.blown_by(user).filter(state__in=RUNNING_WHISTLES)

    def calling_on(self, user: Any) -> Self:
        """Sounding, and waiting for a department of the user to sign, arrive or report."""
        mine: Any = self._related("calls")
        waiting = mine.own_of(user).open()
        return self.filter(state__in=SOUNDING, pk__in=waiting.values("whistle"))

    def running(self) -> Self:
        return self.filter(state__in=RUNNING_WHISTLES)

    def of_item(self, item: Any) -> Self:
        """Blown for the item, or for the one that answers it, newest first."""
        return self.filter(Q(item=item) | Q(item=item.answered_by_id, item__isnull=False)).order_by("-pk")


class CallQuerySet(ScopedQuerySet):
    region_path = "whistle__region"

    def visible_to(self, user: Any) -> Self:
        """Those of the whistles that the user sees."""
        whistles: Any = self.model._meta.get_field("whistle").related_model
        return self.filter(whistle__in=whistles._default_manager.visible_to(user).values("pk"))

    def own_of(self, user: Any) -> Self:
        """Made to an organisation that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations, called_on__isnull=False)

    def signable_by(self, user: Any) -> Self:
        """Not yet signed for, while the whistle sounds."""
        return self.own_of(user).filter(state="called", whistle__state__in=SOUNDING)

    def arrivable_by(self, user: Any) -> Self:
        """Signed for: the department has not said yet that it is there."""
        return self.own_of(user).filter(state="signed_for", whistle__state__in=SOUNDING)

    def reportable_by(self, user: Any) -> Self:
        """Arrived, and still to report."""
        return self.own_of(user).filter(state="arrived", whistle__state__in=SOUNDING)

    def refusable_by(self, user: Any) -> Self:
        """Which the department may still pass on to who is responsible."""
        return self.own_of(user).filter(state__in=("called", "signed_for"), whistle__state__in=SOUNDING)

    def answering_for(self, item: Any) -> Self:
        """Of the item's sounding whistle: those for which a department has signed."""
        return self.filter(whistle__item=item, whistle__state__in=SOUNDING, state__in=ANSWERING)

    def worked_on(self, item: Any) -> Self:
        """Those for which a department has signed, also of whistles that are over."""
        return self.filter(whistle__item=item, state__in=ANSWERING)

    def of_member(self, alliance: Any, organization: Any) -> Self:
        """Unanswered ones of sounding whistles of the alliance, made to the organisation as its member: not those to
        an organ that is also linked to the community that calls (双报到)."""
        linked = organization.organ_links.current().values("community")
        called = self.filter(whistle__alliance=alliance, whistle__state__in=SOUNDING, organization=organization)
        return called.open().exclude(whistle__caller__in=linked)

    def open(self) -> Self:
        """Whose department has neither reported nor refused."""
        return self.filter(state__in=("called", "signed_for", "arrived"))


class WhistledItems(TermQuerySet):
    """What whistles add to the adjectives of items."""

    def whistled_for_by(self, user: Any) -> Self:
        """In any state: of alliances for whose matters an organisation of the user may call departments."""
        return self.filter(alliance__in=self._alliances().calling_by(user).values("pk"))

    def whistleable_by(self, user: Any) -> Self:
        """Not yet done, without a whistle and carried out by no project, in a running alliance for which the user may
        call departments."""
        whistles: Any = self._related("whistles")
        running = whistles.running().filter(Q(item=OuterRef("pk")) | Q(item=OuterRef("answered_by")))
        return self.whistled_for_by(user).filter(~Exists(running), state__in=WHISTLEABLE, project=None)
