"""What may be asked of idea calls, projects and services: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from listings.models import Candidate, Idea, IdeaCall, Item, Milestone, Project, Service, Visit
from members.choosing import IdFilter, RegionFilter


class CallFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("主题"), field_name="theme", lookup_expr="contains", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=IdeaCall.State.choices, empty_label=_("全部状态"))
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = IdeaCall
        fields = ("q", "state", "alliance", "region")


class IdeaFilter(filters.FilterSet):
    state = filters.ChoiceFilter(choices=Idea.State.choices)
    call = IdFilter(field_name="call_id")
    region = RegionFilter()

    class Meta:
        model = Idea
        fields = ("state", "call", "region")


class ProjectFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("项目、承接方"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Project.State.choices, empty_label=_("全部状态"))
    call = IdFilter(label=_("征集"), field_name="idea__call_id")
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = Project
        fields = ("q", "state", "call", "alliance", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        """By the item's title or the provider's name."""
        return things.matching(text.strip())  # type: ignore[attr-defined]


class OfProjectFilter(filters.FilterSet):
    """Candidates, milestones and visits by project."""

    project = IdFilter(field_name="project_id")

    class Meta:
        model = Visit
        fields: tuple[str, ...] = ("project",)


class CandidateFilter(OfProjectFilter):
    state = filters.ChoiceFilter(choices=Candidate.State.choices)

    class Meta(OfProjectFilter.Meta):
        model: Any = Candidate
        fields = ("project", "state")


class MilestoneFilter(OfProjectFilter):
    state = filters.ChoiceFilter(choices=Milestone.State.choices)

    class Meta(OfProjectFilter.Meta):
        model: Any = Milestone
        fields = ("project", "state")


class ServiceFilter(filters.FilterSet):
    """By words, pinyin or initials, category, department, place and state; what is retired only when asked for."""

    q = filters.CharFilter(label=_("名称、部门或拼音"), method="search", max_length=60)
    category = filters.ChoiceFilter(label=_("分类"), choices=Item.Category.choices, empty_label=_("全部分类"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Service.State.choices, empty_label=_("在用和停用"))
    department = IdFilter(label=_("部门"), field_name="department_id")
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = Service
        fields = ("q", "category", "state", "department", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        """See ``ServiceQuerySet.matching``."""
        return things.matching(text.strip())  # type: ignore[attr-defined]
