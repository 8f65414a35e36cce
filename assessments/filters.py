"""What may be asked of schemes, runs, proposals and approvals: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Letter, Proposal, ReviewRow, ReviewRun, Scheme
from assessments.models.letter import TITLES
from members.choosing import IdFilter, RegionFilter
from members.models import Approval


class SchemeFilter(filters.FilterSet):
    """Schemes by year, state and region."""

    year = filters.NumberFilter(label=_("年度"), min_value=2000, max_value=2199)
    state = filters.ChoiceFilter(label=_("状态"), choices=Scheme.State.choices, empty_label=_("全部状态"))
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = Scheme
        fields = ("year", "state", "region")


class RunFilter(filters.FilterSet):
    """Runs by state."""

    state = filters.ChoiceFilter(choices=ReviewRun.State.choices)

    class Meta:
        model = ReviewRun
        fields = ("state",)


class ProposalFilter(filters.FilterSet):
    """Proposals by name of the alliance, kind, state, region, run and alliance."""

    q = filters.CharFilter(label=_("联合体名称"), field_name="alliance__name", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("建议"), choices=Proposal.Kind.choices, empty_label=_("全部建议"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Proposal.State.choices, empty_label=_("全部状态"))
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)
    run = IdFilter(label=_("分析"), field_name="run_id")
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")

    class Meta:
        model = Proposal
        fields = ("q", "kind", "state", "region", "run", "alliance")


class LiveProposalFilter(ProposalFilter):
    """The same; where no state is asked for, only what a newer review has not left behind."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Proposal.State.choices, empty_label=_("未失效的"))

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        return found if self.form.cleaned_data["state"] else found.live()


class LetterFilter(filters.FilterSet):
    """Letters by name of the alliance, kind, region and alliance."""

    q = filters.CharFilter(label=_("联合体名称"), field_name="alliance__name", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("类别"), choices=list(TITLES.items()), empty_label=_("全部类别"))
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")
    updated_since = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte", widget=forms.HiddenInput)

    class Meta:
        model = Letter
        fields = ("q", "kind", "region", "alliance", "updated_since")


class RowFilter(filters.FilterSet):
    """What reviews found, by light, region, run and alliance."""

    light = filters.ChoiceFilter(choices=ReviewRow.Light.choices)
    region = RegionFilter(field_name="alliance__region")
    run = IdFilter(field_name="run_id")
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = ReviewRow
        fields = ("light", "region", "run", "alliance")


class ApprovalFilter(filters.FilterSet):
    """Approvals by state."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Approval.State.choices, empty_label=_("全部状态"))

    class Meta:
        model = Approval
        fields = ("state",)
