"""What whistles ask of people: the head's word, the department's answer, the caller's evaluation."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.todos import Source, dotted
from listings.models import Call, Whistle


class WhistleToApprove(Source):
    """Whistles that wait for the caller's head."""

    key, label, verb, look = "whistles", _("吹哨待批准"), _("去批准"), ("megaphone", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Whistle.objects.approvable_by(user).select_related("item", "caller").order_by("asked_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.caller.label, thing.get_reason_display())


class CalledUpon(Source):
    """Calls for which a department of the user has still to sign, to come or to report."""

    key, label, verb, look = "called", _("吹哨叫到我"), _("去答复"), ("megaphone", "late")
    ADDRESSES = {"called": "calls:sign_for", "signed_for": "calls:arrive", "arrived": "calls:report"}

    def rows(self, user: Any, today: date) -> QuerySet:
        sounding = Whistle.objects.calling_on(user).values("pk")
        mine = Call.objects.own_of(user).open().filter(whistle__in=sounding)
        return mine.select_related("whistle__item", "whistle__caller").order_by("called_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.whistle, dotted(thing.whistle.caller.label, thing.get_state_display())

    def url(self, thing: Any) -> str:
        return reverse(self.ADDRESSES[thing.state], args=[thing.pk])


class WhistleToEvaluate(Source):
    """Whistles on which every department has answered: the caller's word is missing."""

    key, label, verb, look = "evaluate", _("吹哨待评价"), _("去评价"), ("star", "done")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Whistle.objects.to_evaluate_by(user).select_related("item", "alliance").order_by("asked_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.number, thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("whistles:evaluate", args=[thing.pk])


OF_WHISTLES = (CalledUpon(), WhistleToEvaluate())
OF_HEADS = (WhistleToApprove(),)
