"""What may be asked of posts, participants and instructors: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Instructor,
    Participant,
    Post,
)
from members.choosing import IdFilter, RegionFilter
from members.models import Organization


class PostFilter(filters.FilterSet):
    """Posts by person, kind, state, saved view (all, ending soon, many posts), region and alliance."""

    VIEWS = (("ending", _("即将届满")), ("many", _("一人多职")))

    q = filters.CharFilter(label=_("姓名或联合体"), method="search", max_length=40)
    kind = filters.ChoiceFilter(label=_("职务"), choices=Post.Kind.choices, empty_label=_("全部职务"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Post.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields = ("q", "kind", "state", "view", "alliance", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(Q(person__contains=text) | Q(alliance__name__contains=text))

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        if view == "ending":
            return things.ending(timezone.localdate())  # type: ignore[attr-defined]
        return things.held_beside_others(Post.objects.visible_to(self.request.user))  # type: ignore[attr-defined]


class ParticipantFilter(filters.FilterSet):
    """People of joint branches by state, region and alliance."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Participant.State.choices, empty_label=_("全部状态"))
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Participant
        fields = ("state", "alliance", "region")


class InstructorFilter(filters.FilterSet):
    """Instructors by social organisation, region, and whether they are still there."""

    organization = IdFilter(field_name="organization_id")
    current = filters.BooleanFilter(field_name="until", lookup_expr="isnull")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Instructor
        fields = ("organization", "current", "region")


class SocialFilter(filters.FilterSet):
    """Social organisations by name, region, and whether they have an instructor."""

    VIEWS = (("without", _("尚未派驻")),)

    q = filters.CharFilter(label=_("社会组织名称"), method="search", max_length=40)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Organization
        fields = ("q", "view", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.matching(text)  # type: ignore[attr-defined]

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        there = Instructor.objects.as_of(timezone.localdate()).values("organization")
        return things.exclude(pk__in=there)
