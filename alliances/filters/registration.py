"""What may be asked of links, registrations and posts: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.models import OrganLink, Registration, ServicePost, Skill


class OrganLinkFilter(filters.FilterSet):
    """Links by the name of either side and by state."""

    q = filters.CharFilter(label=_("机关或社区"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=OrganLink.State.choices, empty_label=_("全部状态"))

    class Meta:
        model = OrganLink
        fields = ("q", "state")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(Q(organ__name__contains=text) | Q(community__name__contains=text))


class RegistrationFilter(filters.FilterSet):
    """Registrations by person, organ or community, and by state."""

    q = filters.CharFilter(label=_("姓名、单位或社区"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Registration.State.choices, empty_label=_("全部状态"))

    class Meta:
        model = Registration
        fields = ("q", "state")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        named = Q(person__name__contains=text) | Q(person__organization__name__contains=text)
        return things.filter(named | Q(community__name__contains=text))


class ServicePostFilter(filters.FilterSet):
    """Posts by name, skill and state."""

    q = filters.CharFilter(label=_("岗位或社区"), method="search", max_length=80)
    skill = filters.ChoiceFilter(label=_("专长"), choices=Skill.choices, empty_label=_("全部专长"))
    state = filters.ChoiceFilter(label=_("状态"), choices=ServicePost.State.choices, empty_label=_("全部状态"))

    class Meta:
        model = ServicePost
        fields = ("q", "skill", "state")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(Q(title__contains=text) | Q(community__name__contains=text))
