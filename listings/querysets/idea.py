"""The adjectives of idea calls and ideas: who may see, answer, study and select."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from alliances.querysets import RUNNING
from listings.querysets.scope import OfAllianceQuerySet
from members.scope import Rights, ScopedQuerySet, rights_of, under_any

UNDECIDED_IDEAS = ("submitted", "studied")


class IdeaCallQuerySet(OfAllianceQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees, of alliances that one's organisations have joined, and those of the place
        in which one's organisation sits."""
        rights = rights_of(user)
        return self.filter(self._seen(rights) | self._answered_by(rights))

    def steered_by(self, user: Any) -> Self:
        """In whatever state: whoever governs the region, and the alliance's lead, runs the call and selects."""
        return self.filter(under_any(rights_of(user).codes) | self._led(user))

    def led_by(self, user: Any) -> Self:
        """Of alliances that an organisation of the user leads."""
        return self.filter(self._led(user))

    def answered_by(self, user: Any) -> Self:
        """In whatever state: to which the user hands in ideas, as a member, as a Party member, or as who sits there."""
        return self.filter(self._answered_by(rights_of(user)))

    def answerable_by(self, user: Any) -> Self:
        """Open ones of running alliances to which the user hands in ideas; the days are the verb's business."""
        return self.answered_by(user).filter(state="open", alliance__state__in=RUNNING)

    def closable_by(self, user: Any) -> Self:
        return self.steered_by(user).filter(state="open")

    def cancellable_by(self, user: Any) -> Self:
        """Open, and nobody has answered yet: what has been handed in deserves an answer."""
        return self.closable_by(user).filter(~Exists(self._ideas()))

    def publishable_by(self, user: Any) -> Self:
        """In selection, with an answer to every idea."""
        return self.steered_by(user).filter(~Exists(self._ideas().filter(state__in=UNDECIDED_IDEAS)), state="selecting")

    def due_for_selection(self, day: date) -> Self:
        """In selection, or open past the last day with an idea in it."""
        over = Q(state="open", closes_on__lt=day) & Exists(self._ideas())
        return self.filter(Q(state="selecting") | over)

    def with_counts(self) -> Self:
        """Adds ``idea_count`` (without withdrawn ones), ``chosen_count`` and ``undecided_count``."""
        return self.annotate(
            idea_count=Count("ideas", ~Q(ideas__state="withdrawn")),
            chosen_count=Count("ideas", Q(ideas__state="chosen")),
            undecided_count=Count("ideas", Q(ideas__state__in=UNDECIDED_IDEAS)),
        )

    def _ideas(self) -> QuerySet:
        """Those of the call, without withdrawn ones."""
        return self._related("ideas").filter(call=OuterRef("pk")).exclude(state="withdrawn")

    def _answered_by(self, rights: Rights) -> Q:
        """A division code begins with the code of every place around it."""
        mine = rights.organizations | rights.membership
        organizations: Any = self._alliances().model._meta.get_field("lead").related_model
        here = organizations._default_manager.filter(pk__in=mine, region__code__startswith=OuterRef("region_id"))
        joined = self._alliances().filter(memberships__organization__in=mine, memberships__state="accepted")
        return Q(Exists(here)) | Q(alliance__in=joined.values("pk"))


class IdeaQuerySet(ScopedQuerySet):
    region_path = "call__region"

    def visible_to(self, user: Any) -> Self:
        """For who runs the call and for who handed it in; once the call is published, the chosen ones for everybody
        who sees the call."""
        rights = rights_of(user)
        own = Q(proposed_by__in=rights.organizations | rights.membership)
        known = Q(state="chosen", call__state="published", call__in=self._calls().visible_to(user).values("pk"))
        return self.filter(self._steered(user) | own | known)

    def steered_by(self, user: Any) -> Self:
        """In whatever state: of calls that the user runs."""
        return self.filter(self._steered(user))

    def proposed_by_user(self, user: Any) -> Self:
        """Handed in by an organisation that the user speaks for, or by the user themself as its Party member."""
        rights = rights_of(user)
        themself = Q(entered_by=user, proposed_by__in=rights.membership) if rights.membership else Q(pk__in=())
        return self.filter(Q(proposed_by__in=rights.organizations) | themself)

    def undecided(self) -> Self:
        return self.filter(state__in=UNDECIDED_IDEAS)

    def withdrawable_by(self, user: Any) -> Self:
        return self.proposed_by_user(user).undecided()

    def studyable_by(self, user: Any) -> Self:
        """Not looked into yet, while the call is open or in selection."""
        return self.steered_by(user).filter(state="submitted")

    def choosable_by(self, user: Any) -> Self:
        """Not decided yet, of calls in selection: everybody's idea is in by then."""
        return self.steered_by(user).undecided().filter(call__state="selecting")

    def declinable_by(self, user: Any) -> Self:
        """The same."""
        return self.choosable_by(user)

    def _steered(self, user: Any) -> Q:
        return Q(call__in=self._calls().steered_by(user).values("pk"))

    def _calls(self) -> IdeaCallQuerySet:
        calls: Any = self.model._meta.get_field("call").related_model
        return calls._default_manager.all()
