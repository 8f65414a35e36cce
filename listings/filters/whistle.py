"""What may be asked of whistles and joint cases: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from listings.filters.item import ListFilterSet
from listings.models import Call, JointCase, Record, Whistle
from members.choosing import IdFilter, RegionFilter


class WhistleFilter(ListFilterSet):
    """Whistles by the words of their item, state, reason, saved view, item, region and alliance."""

    VIEWS = (("called", _("叫到我的")), ("head", _("待我批准")), ("evaluate", _("待评价")))

    q = filters.CharFilter(label=_("事项"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Whistle.State.choices, empty_label=_("全部状态"))
    reason = filters.ChoiceFilter(label=_("情形"), choices=Whistle.Reason.choices, empty_label=_("全部情形"))
    view = filters.ChoiceFilter(label=_("视图"), choices=VIEWS, method="by_view", widget=forms.HiddenInput)

    class Meta:
        model = Whistle
        fields = ("q", "state", "reason", "view", "region", "alliance")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(item__title__contains=text.strip())

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return self.in_view(things, view, self.request.user)

    @staticmethod
    def in_view(things: Any, view: str, user: Any) -> QuerySet:
        """The rows of a saved view."""
        match view:
            case "called":
                return things.calling_on(user)
            case "head":
                return things.approvable_by(user)
            case _:
                return things.to_evaluate_by(user)


class CallFilter(filters.FilterSet):
    """Calls by state, role, whistle, organisation and region."""

    state = filters.ChoiceFilter(choices=Call.State.choices)
    role = filters.ChoiceFilter(choices=Call.Role.choices)
    whistle = IdFilter(field_name="whistle_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter(field_name="whistle__region")

    class Meta:
        model = Call
        fields = ("state", "role", "whistle", "organization", "region")


class CaseFilter(ListFilterSet):
    """Joint cases by title, state, kind, region and alliance."""

    q = filters.CharFilter(label=_("名称"), field_name="title", lookup_expr="contains", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=JointCase.State.choices, empty_label=_("全部状态"))
    kind = filters.ChoiceFilter(label=_("类型"), choices=JointCase.Kind.choices, empty_label=_("全部类型"))

    class Meta:
        model = JointCase
        fields = ("q", "state", "kind", "region", "alliance")


class RecordFilter(filters.FilterSet):
    """Records by case, measure, organisation, whether they stand, and region."""

    case = IdFilter(field_name="measure__case_id")
    measure = IdFilter(field_name="measure_id")
    organization = IdFilter(field_name="organization_id")
    standing = filters.BooleanFilter()
    region = RegionFilter(field_name="measure__case__region")

    class Meta:
        model = Record
        fields = ("case", "measure", "organization", "standing", "region")
