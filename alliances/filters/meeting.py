"""What may be asked of meetings and decisions: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Decision,
    Meeting,
)
from members.choosing import IdFilter, RegionFilter


class MeetingFilter(filters.FilterSet):
    """Meetings by name, kind, state, region and alliance, or those whose late record waits for the user."""

    VIEWS = (("waiting", _("待我复核补录")),)

    q = filters.CharFilter(label=_("会议名称"), field_name="title", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("类型"), choices=Meeting.Kind.choices, empty_label=_("全部类型"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Meeting.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields = ("q", "kind", "state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return things.filter(pk__in=Meeting.objects.confirmable_by(self.request.user).values("pk"))


class DecisionFilter(filters.FilterSet):
    """Decisions of an alliance, a meeting, a state."""

    state = filters.ChoiceFilter(choices=Decision.State.choices)
    alliance = IdFilter(field_name="alliance_id")
    meeting = IdFilter(field_name="meeting_id")
    region = RegionFilter()

    class Meta:
        model = Decision
        fields = ("state", "alliance", "meeting", "region")
