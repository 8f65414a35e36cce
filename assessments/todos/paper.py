"""What charters, agreements and rotation ask of an organisation: a word, a signature, a renewal, to host, to answer."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models import Agreement, Charter, HostTurn, Swap
from assessments.todos import Source, dotted


class ToAssent(Source):
    """Charters that are put to the members."""

    key, label, verb, look = "charters", _("章程征求同意"), _("去表态"), ("scroll-text", "claimed")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Charter.objects.awaiting(user).select_related("alliance").order_by("put_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, ""


class ToSignAgreement(Source):
    key, label, verb, look = "agreements", _("共建协议"), _("去签署"), ("pen-line", "claimed")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Agreement.objects.signable_by(user).select_related("alliance").order_by("put_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.alliance)


class ExpiringAgreement(Source):
    """Agreements with thirty days to go that the lead has not begun to renew."""

    key, label, verb, look = "expiring", _("协议即将到期"), _("去续签"), ("alarm-clock", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        ending: Any = Agreement.objects.renewable_by(user)
        return ending.expiring(today).select_related("alliance").order_by("valid_to", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("agreements:renew", args=[thing.pk])

    def term(self, thing: Any) -> date | None:
        return thing.valid_to


class OwnTurn(Source):
    """The turns in which the user's organisations host now."""

    key, label, verb, look = "host", _("本期轮值"), _("看轮值表"), ("repeat", "doing")
    watched = True

    def rows(self, user: Any, today: date) -> QuerySet:
        mine: Any = HostTurn.objects.of_own(user)
        return mine.present().select_related("alliance", "organization").order_by("until", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.organization.label)

    def term(self, thing: Any) -> date | None:
        return thing.until - timedelta(days=1)


class SwapAsked(Source):
    key, label, verb, look = "swaps", _("轮值调换"), _("去答复"), ("repeat", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        asked = Swap.objects.answerable_by(user)
        return asked.select_related("turn__alliance", "asked_by").order_by("asked_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.asked_by.label, dotted(thing.turn.alliance, thing.reason)


OF_PAPERS = (ToAssent(), ToSignAgreement(), ExpiringAgreement(), SwapAsked(), OwnTurn())
