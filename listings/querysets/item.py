"""The adjectives of items: which are open, whose they are, who may do what with them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Q, Value, When
from django.db.models.functions import Coalesce

from listings.querysets.loop import ENDED_ITEMS, LoopQuerySet
from listings.querysets.scope import (
    ACTIVE_CLAIMS,
    CLAIMABLE,
    CONFIRMED,
    HOLDING_CLAIMS,
    IN_LINE_CLAIMS,
    UNCLAIMED,
    UNDECIDED,
)
from listings.querysets.whistle import ANSWERING
from members.bigrams import holding
from members.counting import counted, summed
from members.scope import Rights, any_of, rights_of, under_any

FAR = date(9999, 12, 31)
TERM_ORDER = Coalesce("due_on", Value(FAR))
"""The term by which items are put in order: what has none comes last."""


class ItemQuerySet(LoopQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of visible lists, those on which one still has work, and those that a program has pushed itself.

        Who has left the alliance reads past claims, but no longer the items on which others work. Whoever asked still
        sees what goes on to its end, so as to confirm it: where the alliance has ended, where the asker has left it,
        and where the item was passed on to an alliance of which they are no members, or came from an idea of theirs.
        """
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.filter(under_any(rights.readable) | self._joined(rights) | Q(entered_by_client=user))
        return self.filter(under_any(rights.seen) | self._of_organizations(rights))

    def _of_organizations(self, rights: Rights) -> Q:
        """What the caller sees for the sake of an organisation: its alliances and community, its claims and needs."""
        mine, every = rights.organizations, self.model._default_manager.all()
        as_member = self._alliances().filter(
            memberships__organization__in=rights.membership, memberships__state="accepted"
        )
        undecided = Q(state__in=UNDECIDED) | Q(came_from__isnull=False)
        return any_of(
            every.filter(self._joined(rights)).values("pk"),
            every.filter(under_any(rights.places)).values("pk"),
            every.filter(listing__state="signed", alliance__in=as_member.values("pk")).values("pk"),
            every.filter(undecided, asked_by__in=mine).values("pk"),
            self._claims().filter(organization__in=mine, state__in=ACTIVE_CLAIMS).values("item_id"),
            self._related("project").filter(idea__proposed_by__in=mine).values("item_id"),
        )

    def matching(self, text: str) -> Self:
        """Whose title or whose asker's name contains the text, or whose human number it is (which ends with the id)."""
        titled = holding(self.model._default_manager.all(), "title", text).values("pk")
        askers: Any = self.model._meta.get_field("asked_by").related_model
        known = holding(askers._default_manager.all(), "name", text).values("pk")
        asked = self.model._default_manager.filter(asked_by__in=known).values("pk")
        found = Q(pk__in=titled.order_by().union(asked.order_by()))
        last = text.rpartition("-")[2]
        if last.isascii() and last.isdigit() and len(last) <= 18:
            found |= Q(pk=int(last))
        return self.filter(found)

    def in_order_of_term(self) -> Self:
        """The nearest term first, what has none last; adds ``due_order``."""
        return self.annotate(due_order=TERM_ORDER).order_by("due_order", "pk")

    def problems(self) -> Self:
        return self.filter(kind="problem")

    def services(self) -> Self:
        """Service items: whatever is not a problem."""
        return self.exclude(kind="problem")

    def unended(self) -> Self:
        """Asked for, not yet ended and not returned."""
        return self.exclude(state__in=(*ENDED_ITEMS, "returned"))

    def unclaimed(self) -> Self:
        """On which nobody works: not taken up yet, or a problem linked to such an item."""
        waiting = Q(state="linked", answered_by__state__in=UNCLAIMED)
        return self.filter(Q(state__in=UNCLAIMED) | waiting)

    def at_work(self) -> Self:
        """Claimed or in hand, or a problem that such an item answers."""
        busy = ("claimed", "in_hand")
        return self.filter(Q(state__in=busy) | Q(state="linked", answered_by__state__in=busy))

    def awaiting_their_asker(self) -> Self:
        """Done, or a problem whose answer is: only the word of whoever asked is missing."""
        return self.filter(Q(state="done") | Q(state="linked", answered_by__state__in=("done", *CONFIRMED)))

    def passing_to(self, other: Any) -> Self:
        """Unclaimed ones that can be asked anew in another alliance: a current member of it asked them. What was
        returned to its asker, or entered by a program, cannot."""
        members = other.memberships.current().values("organization")
        return self.unclaimed().exclude(state="returned").filter(asked_by__in=members, entered_by_client=None)

    def claimable(self) -> Self:
        """Open or under way, with a place left. What a project carries out is given to the provider that is chosen."""
        return self.filter(state__in=CLAIMABLE, project=None).with_counts().filter(taken__lt=F("capacity"))

    def full(self) -> Self:
        """Open or under way, with every place taken or offered."""
        return self.filter(state__in=CLAIMABLE, project=None).with_counts().filter(taken__gte=F("capacity"))

    def claimable_by(self, user: Any) -> Self:
        """Claimable items of the running alliances in which an organisation of the user is a member and has no
        claim yet on the item."""
        return self.claimable()._free_for(user)

    def queueable_by(self, user: Any) -> Self:
        """Full ones on which an organisation of the user might wait in line."""
        return self.full()._free_for(user)

    def claimed_for_by(self, user: Any) -> Self:
        """In any state: of alliances in which an organisation of the user is a member, so that it might claim."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def studyable_by(self, user: Any) -> Self:
        """Which the user may study, open, return or refuse: the lead, the town committee above, the community there. A
        project's item is opened and ended through the project."""
        return self.overseen_by(user).filter(state__in=("collected", "studied", "open"), project=None)

    def freshly_studyable_by(self, user: Any) -> Self:
        """Collected and not looked into yet, among those that the user oversees."""
        return self.overseen_by(user).filter(state="collected")

    def openable_by(self, user: Any) -> Self:
        """Which the user may open to claims; an addendum to a signed list only the lead, whose signature that is."""
        fresh = self.overseen_by(user).filter(state__in=("collected", "studied"), project=None)
        return fresh.filter(Q(addendum=False) | self._led(user))

    def linkable_by(self, user: Any) -> Self:
        """Open problems for which the user may choose the service item that answers them."""
        return self.overseen_by(user).filter(kind="problem", state="open")

    def joinable_by(self, user: Any) -> Self:
        """Problems of which the user may say that they ask for the same as another item (并入): open ones, and those
        that the user may open."""
        fresh = Q(state="open") | Q(pk__in=self.openable_by(user).values("pk"))
        return self.overseen_by(user).filter(fresh, kind="problem")

    def seekable_by(self, user: Any) -> Self:
        """In any state: for which the user may look for resources of others, as who asked or as who oversees."""
        return self.wordable_by(user)

    def matched_by(self, user: Any) -> Self:
        """In any state: needs that the user may bring together with resources: those of others as who asked or
        oversees, those of one's own organisation as a member."""
        allied = Q(pk__in=self.claimed_for_by(user).values("pk"))
        return self.exclude(kind="resource").filter(Q(pk__in=self.seekable_by(user).values("pk")) | allied)

    def matchable_by(self, user: Any) -> Self:
        """Those of them that are open or under way in a running alliance."""
        return self.matched_by(user).filter(state__in=CLAIMABLE, alliance__in=self._alliances().running().values("pk"))

    def unmet(self) -> Self:
        """With a place left, and problems that nothing answers yet."""
        return self.with_counts().filter(taken__lt=F("capacity")).exclude(kind="problem", state="linked")

    def supplying(self, need: Any, today: date) -> Self:
        """Open resources, of a list that is not over, of members of the need's alliance, in whatever alliance they
        are listed; never those of whoever asked. With ``taken``, something is left of each."""
        members = need.alliance.memberships.current().values("organization")
        open_ones = self.filter(kind="resource", state__in=CLAIMABLE, listing__period_to__gte=today)
        theirs = open_ones.filter(asked_by__in=members).exclude(asked_by=need.asked_by_id)
        return theirs.with_counts().filter(taken__lt=F("capacity"))

    def resubmittable_by(self, user: Any) -> Self:
        """Returned to the user's own organisation."""
        return self.asked_by_user(user).filter(state="returned")

    def wordable_by(self, user: Any) -> Self:
        """In any state: whose words are the user's to correct, as who asked or as who oversees."""
        return self.filter(
            Q(pk__in=self.asked_by_user(user).values("pk")) | Q(pk__in=self.overseen_by(user).values("pk"))
        )

    def amendable_by(self, user: Any) -> Self:
        """Whose words the user may still correct: not yet open, nor frozen by the lead's signature; on the draft of a
        new version also what is open and nobody is in line for."""
        early = Q(state__in=("collected", "studied", "returned")) & (Q(addendum=True) | Q(listing__state="draft"))
        in_line = self._claims().filter(state__in=IN_LINE_CLAIMS).values("item_id")
        anew = Q(state="open", listing__state="draft", listing__version__gt=1) & ~Q(pk__in=in_line)
        return self.wordable_by(user).filter(early | anew)

    def sendable_back_by(self, user: Any) -> Self:
        """Done, or a linked problem, and asked by an organisation of the user: they need not be content."""
        return self.asked_by_user(user).filter(state__in=("done", "linked"))

    def judged_by(self, user: Any) -> Self:
        """In any state: whose confirmation concerns the user, as who asked, or as a claimant who may not confirm."""
        held = (
            self._claims()
            .filter(organization__in=rights_of(user).organizations, state__in=(*ACTIVE_CLAIMS, "confirmed"))
            .values("item_id")
        )
        asked = Q(pk__in=self.asked_by_user(user).values("pk"))
        return self.filter(asked | Q(pk__in=held) | Q(answered_by__in=held))

    def concerning(self, user: Any) -> Self:
        """Not yet ended, and claimed or asked by an organisation of the user."""
        mine = rights_of(user).organizations
        held = self._claims().filter(organization__in=mine, state__in=ACTIVE_CLAIMS).values("item_id")
        return self.filter(Q(pk__in=held) | Q(asked_by__in=mine)).exclude(state__in=ENDED_ITEMS)

    def confirmable_by(self, user: Any) -> Self:
        """Done, and asked by an organisation that the user speaks for; none of the user's is among the claimants, or
        among the departments that came when it was whistled for.

        A linked problem is confirmable once the item that answers it is done. A program confirms what it pushed.
        """
        rights = rights_of(user)
        ready = Q(state="done") | Q(state="linked", answered_by__state__in=("done", *CONFIRMED))
        claimants = self._claims().filter(
            state__in=(*ACTIVE_CLAIMS, "confirmed"), organization__in=rights.organizations
        )
        came = self._related("whistles").filter(
            calls__state__in=ANSWERING, calls__organization__in=rights.organizations
        )
        own = came.order_by().values("item_id").union(claimants.order_by().values("item_id"))
        return (
            self.asked_by_user(user)
            .filter(ready)
            .exclude(
                Q(pk__in=own) | Q(answered_by__in=own, answered_by__isnull=False)
            )
        )

    def with_counts(self) -> Self:
        """Adds ``taken``: how many places of the capacity are taken or offered now; of a resource also what accepted
        matches hold of it."""
        held = self._claims().filter(item=OuterRef("pk"), state__in=HOLDING_CLAIMS)
        given = self._related("given").filter(resource=OuterRef("pk"), state="accepted")
        shares = Case(When(kind="resource", then=summed(given, "share")), default=0)
        return self.annotate(taken=counted(held) + shares)

    def _free_for(self, user: Any) -> Self:
        """Of the running alliances that the user's organisations have joined, where none of them is in line."""
        mine = rights_of(user).organizations
        joined = self._alliances().running().filter(memberships__organization__in=mine, memberships__state="accepted")
        taken = self._claims().filter(organization__in=mine, state__in=IN_LINE_CLAIMS).values("item_id")
        return self.filter(alliance__in=joined.values("pk")).exclude(pk__in=taken)

    def _claims(self) -> models.QuerySet:
        return self._related("claims")
