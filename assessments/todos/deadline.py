"""What terms ask of who oversees: what has come up to them, who asks for a later day, and what is due soon."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.todos import Source, dotted
from listings.models import Extension, Item
from listings.terms import soon_until


class Supervised(Source):
    """Overdue items that have come up to the user: as the lead, the supervising organisation, the department."""

    key, label, verb, look = "supervised", _("督办"), _("去督办"), ("siren", "late")

    def rows(self, user: Any, today: date) -> QuerySet:
        up = Item.objects.supervised_by(user).select_related("alliance")
        return up.order_by("-supervision", "due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.number, thing.alliance, thing.get_supervision_display())

    def term(self, thing: Any) -> date | None:
        return thing.due_on


class ExtensionAsked(Source):
    key, label, verb, look = "extensions", _("延期申请"), _("去答复"), ("calendar-plus", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        asked = Extension.objects.decidable_by(user).select_related("item__alliance", "organization")
        return asked.order_by("due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.item.title, dotted(thing.organization.label, _("至%(day)s") % {"day": thing.until})

    def term(self, thing: Any) -> date | None:
        return thing.due_on


class DueItem(Source):
    """Items of the governed subtrees and of the alliances that one leads, overdue or due soon; what has come up for
    supervision stands by itself."""

    key, label, verb, look = "due", _("期限"), _("查看"), ("alarm-clock", "late")
    watched = True

    def rows(self, user: Any, today: date) -> QuerySet:
        due = Item.objects.watched_by(user).running().filter(due_on__lte=soon_until(today))
        own = Item.objects.supervised_by(user).values("pk")
        return due.exclude(pk__in=own).select_related("alliance").order_by("due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.number, thing.alliance)

    def term(self, thing: Any) -> date | None:
        return thing.due_on


OF_TERMS = (Supervised(), ExtensionAsked(), DueItem())
