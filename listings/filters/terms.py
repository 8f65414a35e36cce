"""What may be asked of terms: overdue, due soon, waiting, supervised; and of extensions."""

from __future__ import annotations

from datetime import date

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from listings.models import Extension
from listings.terms import soon_until
from members.choosing import IdFilter, RegionFilter

DUE = (
    ("overdue", _("已逾期")),
    ("soon", _("5 个工作日内到期")),
    ("paused", _("暂停计时")),
    ("supervised", _("督办")),
)


def by_term(things: QuerySet, term: str, today: date) -> QuerySet:
    """The items whose term stands so on that day."""
    match term:
        case "overdue":
            return things.overdue(today)  # type: ignore[attr-defined]
        case "soon":
            return things.due_within(today, soon_until(today))  # type: ignore[attr-defined]
        case "paused":
            return things.paused()  # type: ignore[attr-defined]
        case _:
            return things.supervised()  # type: ignore[attr-defined]


class ExtensionFilter(filters.FilterSet):
    """Extensions by state, item, organisation and region."""

    state = filters.ChoiceFilter(choices=Extension.State.choices)
    item = IdFilter(field_name="item_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter(field_name="item__region")

    class Meta:
        model = Extension
        fields = ("state", "item", "organization", "region")
