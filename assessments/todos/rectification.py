"""What putting in order asks: of the lead a plan and its parts, of departments their word, of a town its opinion."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models import Rectification, RectificationAppeal
from assessments.todos import Source, Todo, dotted

SOON = timedelta(days=3)
State = Rectification.State


class Recheck(Source):
    """Orders whose plan waits for a department's word, that have been declared ready, or whose term is over within
    three days."""

    key, label, verb, look = "recheck", _("规范整顿"), _("去复核"), ("shield-check", "late")

    def rows(self, user: Any, today: date) -> QuerySet:
        waiting = Q(state__in=(State.ANSWERED, State.READY)) | Q(due_on__lte=today + SOON)
        orders = Rectification.objects.directed_by(user).open().filter(waiting)
        return orders.select_related("alliance", "region").order_by("due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.region, thing.get_state_display())

    def url(self, thing: Any) -> str:
        answered = thing.state == State.ANSWERED
        return str(thing.get_absolute_url()) if answered else reverse("alliances:reinstate", args=[thing.alliance_id])

    def term(self, thing: Any) -> date | None:
        return None if thing.state == State.ANSWERED else thing.due_on

    def todo(self, thing: Any, today: date) -> Todo:
        todo = super().todo(thing, today)
        return Todo(*(*_all_but_verb(todo), str(_("去审方案")))) if thing.state == State.ANSWERED else todo


class ToPutInOrder(Source):
    """Orders that the user's organisation, the lead, has to answer with a plan or to carry out."""

    key, label, verb, look = "rectifying", _("规范整顿"), _("去整改"), ("triangle-alert", "late")

    def rows(self, user: Any, today: date) -> QuerySet:
        orders = Rectification.objects.plannable_by(user).select_related("alliance")
        return orders.prefetch_related("parts").order_by("due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        left = self._next(thing)
        return thing.alliance, dotted(thing.get_state_display(), left and left.what)

    def term(self, thing: Any) -> date | None:
        if thing.state == State.ORDERED:
            return None  # a department waits for the plan
        left = self._next(thing)
        return left.due_on if left else thing.due_on

    def todo(self, thing: Any, today: date) -> Todo:
        todo = super().todo(thing, today)
        return Todo(*(*_all_but_verb(todo), str(_("去报方案")))) if thing.state == State.ORDERED else todo

    def _next(self, order: Rectification) -> Any:
        """The next part of the plan that is not done."""
        return next((part for part in order.parts.all() if part.done_on is None), None)


class AppealAsked(Source):
    """Appeals against orders: for the department that decides, and for the town on the way."""

    key, label, verb, look = "appeals_of_orders", _("整顿申诉"), _("去办理"), ("scale", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        deciding = RectificationAppeal.objects.upholdable_by(user)
        passing = RectificationAppeal.objects.forwardable_by(user)
        asked = RectificationAppeal.objects.filter(Q(pk__in=deciding.values("pk")) | Q(pk__in=passing.values("pk")))
        return asked.select_related("alliance").order_by("lodged_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.get_state_display())


def _all_but_verb(todo: Todo) -> tuple[Any, ...]:
    return todo.icon, todo.tone, todo.title, todo.about, todo.days, todo.url


OF_ORDERS_ABOVE = (Recheck(), AppealAsked())
OF_ORDERS = (ToPutInOrder(),)
