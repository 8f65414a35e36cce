"""What matching asks of an organisation: to say whether its resource is to be had."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from assessments.todos import Source, dotted
from listings.models import Match


class MatchAsked(Source):
    """Needs for which others ask a resource of the user's organisations."""

    key, label, verb, look = "matches", _("供需对接"), _("去答复"), ("handshake", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Match.objects.acceptable_by(user).select_related("need__alliance", "resource").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.need.title, dotted(thing.resource or thing.organization.label, thing.need.alliance)

    def term(self, thing: Any) -> date | None:
        return thing.need.due_on
