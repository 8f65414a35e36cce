"""The adjectives of orders to rectify: whose plan is due, whose re-check, who may appeal and who answers."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now, TruncDate

from alliances.querysets.scope import WorkQuerySet
from members.scope import ScopedQuerySet, rights_of, under_any

NOTICE = timedelta(days=7)
"""So long before its term the lead of an order is reminded."""


class RectificationQuerySet(WorkQuerySet):
    def open(self) -> Self:
        """The alliance is still under it."""
        return self.filter(ended_on=None)

    def counted(self) -> Self:
        """Those that figures count: what an appeal has lifted counts on no day."""
        return self.exclude(state="lifted")

    def on(self, day: date) -> Self:
        """Under which alliances stood at the end of that day; also what was lifted later, for so it was then."""
        return self.filter(ordered_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def led_by(self, user: Any) -> Self:
        """Of alliances that the user's organisation leads."""
        return self.filter(alliance__lead__in=rights_of(user).organizations)

    def plannable_by(self, user: Any) -> Self:
        """Which the lead answers with a plan, or with another one while the first is carried out."""
        return self.led_by(user).filter(state__in=("ordered", "under_way"))

    def acceptable_by(self, user: Any) -> Self:
        """Whose plan waits for an organisation department above."""
        return self.directed_by(user).filter(state="answered")

    returnable_by = acceptable_by

    def reportable_by(self, user: Any) -> Self:
        """On whose progress the lead may write."""
        return self.led_by(user).filter(state="under_way")

    declarable_by = reportable_by

    def waiting_for(self, user: Any) -> Self:
        """Declared ready: a department above checks again."""
        return self.directed_by(user).filter(state="ready")

    def appealable_by(self, user: Any) -> Self:
        """Against which the lead may appeal today: once, within the term."""
        appeals: Any = self.model._meta.get_field("appeals").related_model
        made = appeals._default_manager.filter(rectification=OuterRef("pk")).exclude(state="withdrawn")
        return self.led_by(user).open().filter(~Exists(made), appeal_until__gte=TruncDate(Now()))

    def due_soon(self, day: date) -> Self:
        """Not over, and due within the next days; nobody has been reminded of this term yet."""
        within = self.open().filter(due_on__range=(day, day + NOTICE))
        return within.exclude(state="ready").exclude(reminded_for=F("due_on"))

    def overdue(self, day: date) -> Self:
        """Not over, and past a term of which nobody has been told yet."""
        return self.open().filter(due_on__lt=day).exclude(overdue_for=F("due_on"))


class PartQuerySet(ScopedQuerySet):
    """Parts of plans, seen with their orders."""

    region_path = "rectification__region"

    def visible_to(self, user: Any) -> Self:
        orders: Any = self.model._meta.get_field("rectification").related_model
        return self.filter(rectification__in=orders._default_manager.visible_to(user).values("pk"))

    def left(self) -> Self:
        """Not done yet."""
        return self.filter(done_on=None)

    def led_by(self, user: Any) -> Self:
        return self.filter(rectification__alliance__lead__in=rights_of(user).organizations)

    def finishable_by(self, user: Any) -> Self:
        """Which the lead may report as done."""
        return self.led_by(user).left().filter(rectification__state="under_way")


class RectificationAppealQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To staff above the alliance and to its lead; never to programs."""
        return self.filter(under_any(rights_of(user).codes) | self._led(user))

    def open(self) -> Self:
        """Nobody has answered yet."""
        return self.filter(state__in=("lodged", "forwarded"))

    def lodged_by(self, user: Any) -> Self:
        """Of alliances that the user's organisation leads."""
        return self.filter(self._led(user))

    def withdrawable_by(self, user: Any) -> Self:
        return self.lodged_by(user).open()

    def passed_by(self, user: Any) -> Self:
        """That lie on the way of the user's town committee."""
        return self.filter(under_any(rights_of(user).towns))

    def forwardable_by(self, user: Any) -> Self:
        """Which the town committee may send on with its opinion."""
        return self.passed_by(user).filter(state="lodged")

    def addressed_to(self, user: Any) -> Self:
        """On which the user decides or has decided: of the department asked or of one above it, and not one of the
        two who decided on the order; nor for an alliance that one speaks for."""
        asked = self.filter(under_any(rights_of(user).departments, "addressed_to")).exclude(self._led(user))
        return asked.exclude(deciders=user) if getattr(user, "duty", None) else self.none()

    def upholdable_by(self, user: Any) -> Self:
        """Open ones on which the user may decide."""
        return self.addressed_to(user).open()

    dismissable_by = upholdable_by

    def _led(self, user: Any) -> Q:
        return Q(alliance__lead__in=rights_of(user).organizations)
