"""The adjectives of the year and the quarter: which schemes, ratings, scores, runs, proposals one may see and move."""

from __future__ import annotations

from datetime import date
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from assessments.querysets.scheme import IndicatorQuerySet, MarkQuerySet, SchemeQuerySet, SupplementQuerySet
from members.scope import ScopedQuerySet, above_any, rights_of, under_any

__all__ = ["IndicatorQuerySet", "MarkQuerySet", "SchemeQuerySet", "SupplementQuerySet"]

SHOWN_FROM = 3
"""A rater group's result is shown, and counted, from so many raters."""


class RatingQuerySet(ScopedQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Blind: only what one's own organisation, or one's own hand as the superior, has given."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        mine = rights.organizations
        by_hand = Q(direction="superior", by=user) if getattr(user, "pk", None) else Q(pk__in=())
        given = Q(direction="members", organization__in=mine) | Q(direction="alliance", alliance__lead__in=mine)
        return self.filter(given | by_hand)


class ScoreQuerySet(ScopedQuerySet):
    """Results, of alliances and of members; they exist only once published."""

    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """An alliance's result: to staff above it and to its current members."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        model: Any = self.model._meta.get_field("alliance").related_model
        mine = model._default_manager.filter(
            memberships__organization__in=rights.organizations, memberships__state="accepted"
        )
        led = Q(alliance__lead__in=rights.organizations)
        return self.filter(under_any(rights.codes, self.region_path) | Q(alliance__in=mine.values("pk")) | led)


class MemberScoreQuerySet(ScopedQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """A member's result: to staff above the alliance, to the member itself (also what a record that was merged
        into it once got), and to the lead who rated it."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        mine = Q(organization__in=rights.organizations) | Q(organization__merged_into__in=rights.organizations)
        own = mine | Q(alliance__lead__in=rights.organizations)
        return self.filter(under_any(rights.codes, self.region_path) | own)


class RuleQuerySet(ScopedQuerySet):
    def active(self) -> Self:
        return self.filter(active=True)

    def visible_to(self, user: Any) -> Self:
        """The general rules and those of the regions above and beneath one's own, to staff."""
        codes = rights_of(user).codes
        if not codes:
            return self.none()
        return self.filter(Q(region=None) | under_any(codes) | above_any(codes))

    def changeable_by(self, user: Any) -> Self:
        """Rules of the regions of one's organisation department; general rules are the operator's."""
        return self.directed_by(user)


LAST_DAYS = ((3, 31), (6, 30), (9, 30), (12, 31))
WHOLE_QUARTER = reduce(or_, (Q(as_of__month=month, as_of__day=day) for month, day in LAST_DAYS))
"""Cut at the quarter's end."""


class RunQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Runs cover the whole system; all staff may read that they happened, each sees only its own proposals."""
        return self if rights_of(user).codes else self.none()

    def unfinished(self) -> Self:
        return self.filter(state="running")

    def superseding(self, run: Any) -> Self:
        """Complete, of a whole quarter, and cut on a later day. Every run covers the whole system, so they look at the
        same places; a cut within a quarter has seen less than the quarter before."""
        return self.filter(WHOLE_QUARTER, state="complete", as_of__gt=run.as_of)

    def superseded_by(self, run: Any) -> Self:
        """What was cut before a whole quarter's end, complete or not; nothing where ``run`` is cut within one."""
        return self.filter(as_of__lt=run.as_of) if self.filter(WHOLE_QUARTER, pk=run.pk).exists() else self.none()

    def forsaken(self) -> Self:
        """Unfinished, and nobody's lease holds any more: whoever worked on it is gone."""
        return self.unfinished().filter(Q(lease_until=None) | Q(lease_until__lt=Now()))


class ProposalQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the review suggests, to staff above the alliance; never to programs."""
        return self.governed_by(user)

    def pending(self) -> Self:
        """Nobody has decided yet, or the second person has not."""
        return self.filter(state__in=("open", "waiting"))

    def live(self) -> Self:
        """What counts: all but those that a newer review has left behind."""
        return self.exclude(state="lapsed")

    def of_quarter(self, day: date) -> Self:
        """Of the run that was cut off on that day."""
        return self.filter(run__as_of=day)

    def confirmable_by(self, user: Any) -> Self:
        """Open ones that an organisation department may confirm or overrule (a second person approves)."""
        return self.directed_by(user).filter(state="open")

    overrulable_by = confirmable_by

    def telling(self) -> Self:
        """Those that find fault: what a light tells its alliance. What is decided about it, a letter says."""
        return self.exclude(kind="reward")
