"""The adjectives of a year's scheme, of a region's supplement to it, and of the points that a department gives."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from members.scope import Rights, ScopedQuerySet, above_any, rights_of, under_any


class SheetQuerySet(ScopedQuerySet):
    """Rules for a region: they reach down to all beneath it."""

    def _reaching(self, rights: Rights, shown: Q) -> Self:
        """To staff, those of their subtrees and those that reach down to them; to organisations, the ``shown`` ones
        that cover an alliance of theirs."""
        if rights.scopes is not None:
            return self.none()
        staff = under_any(rights.codes) | above_any(rights.codes)
        if not rights.organizations:
            return self.filter(staff)
        alliances: Any = self.model._meta.apps.get_model("alliances", "Alliance")
        mine = alliances._default_manager.filter(
            Q(lead__in=rights.organizations)
            | Q(memberships__organization__in=rights.organizations, memberships__state__in=("accepted", "left"))
        )
        return self.filter(staff | (above_any(tuple(mine.values_list("region_id", flat=True).distinct())) & shown))


class SchemeQuerySet(SheetQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To staff from above and beneath; to organisations that it covers, once it is no draft any more."""
        return self._reaching(rights_of(user), ~Q(state="draft"))

    def editable_by(self, user: Any) -> Self:
        """Drafts of the regions of one's organisation department."""
        return self.directed_by(user).filter(state="draft")

    def openable_by(self, user: Any) -> Self:
        """Drafts that a department may propose to open (a second person approves the weights)."""
        return self.editable_by(user)

    def reaching(self, user: Any) -> Self:
        """Of regions above one's department, so that it may add a supplement of its own to them."""
        codes = rights_of(user).departments
        return self.filter(above_any(codes)).exclude(region__in=codes)

    def supplementable_by(self, user: Any) -> Self:
        """Drafts that leave a share to supplements and reach down to the region of one's department."""
        return self.reaching(user).filter(state="draft", supplement_share__gt=0)

    def ratable_by(self, user: Any) -> Self:
        """Those that take ratings now; which pairs are one's own to rate, the sheet says."""
        return self.visible_to(user).filter(state="open")

    def reportable_by(self, user: Any) -> Self:
        """Those that take self-reports now; of which alliances, the page says."""
        return self.ratable_by(user)

    def asking_masses(self) -> Self:
        """With an indicator for the masses, of their own or of a supplement."""
        adopted = Q(supplements__indicators__source="masses", supplements__state="adopted")
        asks = self.model._default_manager.filter(Q(indicators__source="masses") | adopted)
        return self.filter(pk__in=asks.values("pk"))

    def issuable_by(self, user: Any) -> Self:
        """Those for which slips may be handed out to the masses now, where they are asked at all."""
        return self.ratable_by(user).asking_masses()

    def appealable_by(self, user: Any) -> Self:
        """Those whose preliminary results can be appealed against."""
        return self.visible_to(user).filter(state="scoring")

    def remindable_by(self, user: Any) -> Self:
        """Open ones of one's department, whose laggards may be reminded."""
        return self.closable_by(user)

    def judged_by(self, user: Any) -> Self:
        """Those under which a department of the user has alliances to give points to."""
        codes = rights_of(user).departments
        return self.filter(under_any(codes) | above_any(codes))

    def markable_by(self, user: Any) -> Self:
        """The same, before the results are published."""
        return self.judged_by(user).filter(state__in=("open", "scoring"))

    def closable_by(self, user: Any) -> Self:
        """Open ones whose rating a department may close."""
        return self.directed_by(user).filter(state="open")

    def publishable_by(self, user: Any) -> Self:
        """Closed ones whose scores a department may propose to publish."""
        return self.directed_by(user).filter(state="scoring")


class SupplementQuerySet(SheetQuerySet):
    def adopted(self) -> Self:
        """Those that count."""
        return self.filter(state="adopted")

    def visible_to(self, user: Any) -> Self:
        """To staff from above and beneath; to organisations that it covers, what is adopted of an opened scheme."""
        return self._reaching(rights_of(user), Q(state="adopted") & ~Q(scheme__state="draft"))

    def editable_by(self, user: Any) -> Self:
        """Drafts of one's department, while the scheme itself is one."""
        return self.directed_by(user).filter(state="draft", scheme__state="draft")

    adoptable_by = editable_by


class IndicatorQuerySet(models.QuerySet):
    def of(self, scheme: Any) -> Self:
        """Of the scheme itself and of the supplements to it."""
        return self.filter(Q(scheme=scheme) | Q(supplement__scheme=scheme))


class MarkQuerySet(ScopedQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """To staff above the alliance; others read points and reason in the published result."""
        return self.governed_by(user)
