"""What may be asked of alliances: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Alliance,
    Chain,
)
from alliances.models.alliance import CROSSING_LABELS
from members.choosing import IdFilter, RegionFilter


class AllianceFilter(filters.FilterSet):
    """Alliances by name, region, state, form, mode, chain, way of crossing and lead."""

    q = filters.CharFilter(label=_("名称、成员、地名、拼音或编号"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Alliance.State.choices, empty_label=_("全部状态"))
    form = filters.ChoiceFilter(label=_("组织形式"), choices=Alliance.Form.choices, empty_label=_("全部形式"))
    mode = filters.ChoiceFilter(label=_("模式"), choices=Alliance.Mode.choices, empty_label=_("全部模式"))
    chain = filters.ChoiceFilter(label=_("链"), choices=Chain.Kind.choices, method="on_chain", empty_label=_("全部链"))
    crossing = filters.ChoiceFilter(
        label=_("联建方式"), choices=list(CROSSING_LABELS.items()), method="crosses", empty_label=_("全部方式")
    )
    lead = IdFilter(label=_("牵头党组织"), field_name="lead_id")
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = Alliance
        fields = ("q", "state", "form", "mode", "chain", "crossing", "lead", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        """See ``AllianceQuerySet.matching``."""
        return things.matching(text)  # type: ignore[attr-defined]

    def on_chain(self, things: QuerySet, name: str, kind: str) -> QuerySet:
        return things.filter(pk__in=Chain.objects.filter(kind=kind).values("alliance"))

    def crosses(self, things: QuerySet, name: str, way: str) -> QuerySet:
        return things.crossing(way)  # type: ignore[attr-defined]
