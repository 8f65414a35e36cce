"""What may be asked of activities: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Activity,
    Session,
)
from members.choosing import IdFilter, RegionFilter


class ActivityFilter(filters.FilterSet):
    """Activities by title, month or day of the plan, kind, state, region and alliance."""

    VIEWS = (("waiting", _("待我复核补录")),)

    q = filters.CharFilter(label=_("活动主题"), field_name="title", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("类型"), choices=Activity.Kind.choices, empty_label=_("全部类型"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Activity.State.choices, empty_label=_("全部状态"))
    month = filters.CharFilter(method="in_month", widget=forms.HiddenInput, max_length=7)
    on = filters.DateFilter(field_name="planned_on", widget=forms.HiddenInput)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Activity
        fields = ("q", "kind", "state", "month", "on", "view", "alliance", "region")

    def in_month(self, things: QuerySet, name: str, text: str) -> QuerySet:
        first = month_of(text)
        if first is None:
            return things.none()
        return things.filter(planned_on__range=(first, last_day(first)))

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        waiting = Session.objects.confirmable_by(self.request.user)
        return things.filter(pk__in=waiting.values("activity"))


def month_of(text: str) -> date | None:
    """The first day of a month written 2019-06; None for anything else."""
    year, dash, month = text.partition("-")
    whole = dash and len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()
    if not whole or not 1 <= int(month) <= 12 or not 1900 <= int(year) <= 2200:
        return None
    return date(int(year), int(month), 1)


def last_day(first: date) -> date:
    """The last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])
