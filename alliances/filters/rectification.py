"""What may be asked of orders to rectify and of the appeals against them: one FilterSet each, for page and REST."""

from __future__ import annotations

import django_filters as filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import Rectification, RectificationAppeal
from members.choosing import IdFilter, RegionFilter


class RectificationFilter(filters.FilterSet):
    """Orders by alliance, region, stage, and whether the alliance still stands under them."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Rectification.State.choices, empty_label=_("全部状态"))
    open = filters.BooleanFilter(label=_("整顿中"), method="standing")
    region = RegionFilter()
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = Rectification
        fields = ("state", "open", "region", "alliance")

    def standing(self, orders: QuerySet, name: str, wanted: bool) -> QuerySet:
        return orders.filter(ended_on__isnull=wanted)


class RectificationAppealFilter(filters.FilterSet):
    """Appeals by state and order."""

    state = filters.ChoiceFilter(label=_("状态"), choices=RectificationAppeal.State.choices)
    rectification = IdFilter(field_name="rectification_id")

    class Meta:
        model = RectificationAppeal
        fields = ("state", "rectification")
