"""What may be asked of self-reports and appeals: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from assessments.models import Appeal, SelfReport
from members.choosing import IdFilter


class SelfReportFilter(filters.FilterSet):
    """Self-reports by state, scheme and alliance."""

    state = filters.ChoiceFilter(label=_("状态"), choices=SelfReport.State.choices, empty_label=_("全部状态"))
    scheme = IdFilter(label=_("方案"), field_name="scheme_id")
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")
    updated_since = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte", widget=forms.HiddenInput)

    class Meta:
        model = SelfReport
        fields = ("state", "scheme", "alliance", "updated_since")


class AppealFilter(filters.FilterSet):
    """Appeals by state, scheme and alliance."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Appeal.State.choices, empty_label=_("全部状态"))
    scheme = IdFilter(label=_("方案"), field_name="scheme_id")
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")
    updated_since = filters.IsoDateTimeFilter(field_name="updated_at", lookup_expr="gte", widget=forms.HiddenInput)

    class Meta:
        model = Appeal
        fields = ("state", "scheme", "alliance", "updated_since")
