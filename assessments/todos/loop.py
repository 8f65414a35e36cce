"""What the closed loop's hard cases ask: a ruling, an answer to what was passed on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.todos import Source, dotted
from listings.models import Dispute, Forwarding


class ToRule(Source):
    key, label, verb, look = "disputes", _("争议"), _("去裁定"), ("scale", "late")

    def rows(self, user: Any, today: date) -> QuerySet:
        waiting = Dispute.objects.decidable_by(user).select_related("item", "alliance")
        return waiting.order_by("raised_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.item.title, dotted(thing.alliance, thing.get_ground_display())


class ToTakeOver(Source):
    key, label, verb, look = "forwardings", _("转办"), _("去答复"), ("forward", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        offered = Forwarding.objects.answerable_by(user).select_related("item__alliance", "into")
        return offered.order_by("proposed_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.item.title, dotted(_("转自%(who)s") % {"who": thing.item.alliance})

    def url(self, thing: Any) -> str:
        return reverse("forwardings:detail", args=[thing.pk])
