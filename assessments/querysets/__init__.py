"""The adjectives of the year and the quarter: which schemes, ratings, scores, runs, proposals one may see and move."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from members.scope import ScopedQuerySet, rights_of, under_any

SHOWN_FROM = 3
"""A rater group's result is shown, and counted, from so many raters."""


def _above(codes: tuple[str, ...]) -> Q:
    """Rows of a region that contains one of the codes: a scheme reaches down to all beneath it."""
    prefixes = {code[:length] for code in codes for length in (2, 4, 6, 9, 12) if length <= len(code)}
    return Q(region__in=prefixes)


class SchemeQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To staff, those of their subtrees and those that reach down to them; to organisations, those not in draft
        that cover an alliance of theirs."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        staff = under_any(rights.codes) | _above(rights.codes)
        mine = self._alliances().filter(
            Q(lead__in=rights.organizations)
            | Q(memberships__organization__in=rights.organizations, memberships__state__in=("accepted", "left"))
        )
        covering = (
            _above(tuple(mine.values_list("region_id", flat=True).distinct())) if rights.organizations else Q(pk__in=())
        )
        return self.filter(staff | (covering & ~Q(state="draft")))

    def editable_by(self, user: Any) -> Self:
        """Drafts of the regions of one's organisation department."""
        return self.directed_by(user).filter(state="draft")

    def openable_by(self, user: Any) -> Self:
        """Drafts that a department may propose to open (a second person approves the weights)."""
        return self.editable_by(user)

    def ratable_by(self, user: Any) -> Self:
        """Those that take ratings now; which pairs are one's own to rate, the sheet says."""
        return self.visible_to(user).filter(state="open")

    def closable_by(self, user: Any) -> Self:
        """Open ones whose rating a department may close."""
        return self.directed_by(user).filter(state="open")

    def publishable_by(self, user: Any) -> Self:
        """Closed ones whose scores a department may propose to publish."""
        return self.directed_by(user).filter(state="scoring")

    def _alliances(self) -> models.QuerySet:
        model: Any = self.model._meta.apps.get_model("alliances", "Alliance")
        return model._default_manager.all()


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
        return self.filter(Q(region=None) | under_any(codes) | _above(codes))

    def changeable_by(self, user: Any) -> Self:
        """Rules of the regions of one's organisation department; general rules are the operator's."""
        return self.directed_by(user)


class RunQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Runs cover the whole system; all staff may read that they happened, each sees only its own proposals."""
        return self if rights_of(user).codes else self.none()

    def unfinished(self) -> Self:
        return self.filter(state="running")

    def forsaken(self) -> Self:
        """Unfinished, and nobody's lease holds any more: whoever worked on it is gone."""
        return self.unfinished().filter(Q(lease_until=None) | Q(lease_until__lt=Now()))


class RowQuerySet(ScopedQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """The figures of a review, to staff above the alliance."""
        return self.governed_by(user)


class ProposalQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """What the review suggests, to staff above the alliance; never to programs."""
        return self.governed_by(user)

    def pending(self) -> Self:
        """Nobody has decided yet, or the second person has not."""
        return self.filter(state__in=("open", "waiting"))

    def of_quarter(self, day: date) -> Self:
        """Of the run that was cut off on that day."""
        return self.filter(run__as_of=day)

    def confirmable_by(self, user: Any) -> Self:
        """Open ones that an organisation department may confirm or overrule (a second person approves)."""
        return self.directed_by(user).filter(state="open")

    overrulable_by = confirmable_by
