"""The adjectives of rotation: who sets the calendar, whose turn it is, who may swap."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q

from alliances.querysets.alliance import ENDED
from alliances.querysets.scope import WorkQuerySet
from members.scope import ScopedQuerySet, rights_of


class RotationQuerySet(WorkQuerySet):
    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """A draft is its author's affair until it is set."""
        mine = Q(alliance__lead__in=rights_of(user).organizations)
        return super().visible_to(user).filter(mine | ~Q(state="draft"))

    def present(self) -> Self:
        """Being drawn up or running."""
        return self.filter(state__in=("draft", "running"))

    def kept_by(self, user: Any) -> Self:
        """Of alliances that the user's organisation leads, while they have not ended."""
        return self.filter(alliance__lead__in=rights_of(user).organizations).exclude(alliance__state__in=ENDED)

    def arrangeable_by(self, user: Any) -> Self:
        """Whose start, length and order the lead may still change."""
        return self.kept_by(user).filter(state="draft")

    def settable_by(self, user: Any) -> Self:
        """Which the lead may set."""
        return self.arrangeable_by(user)

    def endable_by(self, user: Any) -> Self:
        """Which the lead may end, so as to draw up another."""
        return self.kept_by(user).present()


class HostTurnQuerySet(WorkQuerySet):
    region_path = "alliance__region"

    def on(self, day: date) -> Self:
        """Which contain the day: of one alliance at most one."""
        return self.standing().filter(since__lte=day, until__gt=day)

    def present(self) -> Self:
        """Those whose turn it is."""
        return self.filter(state="present")

    def hosting(self, alliance: Any) -> Any:
        """The present turn of one alliance with its host; None where nobody's turn it is."""
        return self.present().filter(alliance=alliance).select_related("organization").first()

    def to_come(self) -> Self:
        """Planned, and not begun."""
        return self.filter(state="planned")

    def standing(self) -> Self:
        """All but those that were cancelled."""
        return self.exclude(state="cancelled")

    def of_own(self, user: Any) -> Self:
        """Turns of the user's organisations."""
        return self.filter(organization__in=rights_of(user).organizations)

    def swappable_by(self, user: Any) -> Self:
        """One's own turns to come for which no swap is being asked."""
        mine = self.of_own(user).to_come().filter(rotation__state="running")
        return mine.exclude(swaps_asked__state="pending")

    def begun_by(self, day: date) -> Self:
        """Planned turns whose first day has come."""
        return self.to_come().filter(since__lte=day, rotation__state="running")


class SwapQuerySet(ScopedQuerySet):
    region_path = "turn__alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Swaps of the turns that the user may see."""
        turns: Any = self.model._meta.get_field("turn").related_model
        return self.filter(turn__in=turns._default_manager.visible_to(user).values("pk"))

    def pending(self) -> Self:
        """Asked and not answered."""
        return self.filter(state="pending")

    def asked_of_own(self, user: Any) -> Self:
        """Asked of the user's organisations, whatever came of it."""
        return self.filter(asked_of__in=rights_of(user).organizations)

    def answerable_by(self, user: Any) -> Self:
        """Waiting for an answer of the user's organisation."""
        return self.asked_of_own(user).pending()

    def asked_by_own(self, user: Any) -> Self:
        """Asked by the user's organisations, whatever came of it."""
        return self.filter(asked_by__in=rights_of(user).organizations)

    def withdrawable_by(self, user: Any) -> Self:
        """Which the user's organisation asked and may take back."""
        return self.asked_by_own(user).pending()
