"""What lists can be filtered by; one FilterSet for the page and for REST, and nothing that is not named here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import gettext_lazy as _
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request

from members.models import Denial, Organization, Step, User
from members.pagination import moved_at
from members.problems import Unreadable

PAGING = {"cursor", "page_size", "ordering", "format"}
ALWAYS = PAGING | {"updated_since"}


class StrictFilterBackend(DjangoFilterBackend):
    """The view's FilterSet and ``updated_since`` (that moment included; unreadable: 400).
    A name that nobody defined is 422: it never reaches a column.
    A single object is not filtered: its address says which it is; and where nothing is asked nothing is."""

    def filter_queryset(self, request: Request, queryset: QuerySet, view: Any) -> QuerySet:
        if getattr(view, "detail", False):
            return queryset
        if not set(request.query_params) - PAGING:
            return queryset
        filterset = self.get_filterset_class(view, queryset)
        moment = moved_at(view)
        known = (ALWAYS if moment else ALWAYS - {"updated_since"}) | set(filterset.get_filters() if filterset else ())
        refuse_unknown(request, known)
        refuse_unsaid(request, filterset.get_filters() if filterset else {})
        since = request.query_params.get("updated_since")
        if since is not None:
            queryset = queryset.filter(**{f"{moment}__gte": moment_of(since)})
        return super().filter_queryset(request, queryset, view)


def refuse_unknown(request: Request, known: set[str]) -> None:
    """422 for a parameter that nobody defined."""
    unknown = set(request.query_params) - known
    if unknown:
        raise ValidationError({name: ["没有这个参数。"] for name in sorted(unknown)})


def refuse_unsaid(request: Request, filters: Mapping[str, Any]) -> None:
    """422 for a parameter without a value, text to search for aside, and for what is neither true nor false: a form
    would take either for no question at all, and a program would take the whole list for the answer to its own."""
    wrong = {}
    for name, value in request.query_params.items():
        asked = filters.get(name)
        if isinstance(asked, django_filters.BooleanFilter) and str(value).lower() not in {"true", "false"}:
            wrong[name] = ["须是 true 或 false。"]
        elif asked is not None and value == "" and not isinstance(asked, django_filters.CharFilter):
            wrong[name] = ["没有写值。"]
    if wrong:
        raise ValidationError(wrong)


def moment_of(text: str) -> Any:
    """A moment in ISO 8601; a bare day begins at midnight in Asia/Shanghai."""
    try:
        moment = parse_datetime(text) or parse_datetime(f"{parse_date(text) or ''}T00:00:00")
        if moment is None:
            raise ValueError(text)
        return make_aware(moment) if is_naive(moment) else moment
    except (ValueError, OverflowError) as odd:
        raise Unreadable({"updated_since": ["须是 ISO 8601 的日期或时间，如 2026-11-01T08:00:00%2B08:00。"]}) from odd


class OrganizationFilter(django_filters.FilterSet):
    """By name or pinyin, exact code (also that of a merged record), place, kind, sector and level."""

    q = django_filters.CharFilter(method="search", label=_("查找"), max_length=80, help_text=_("名称、拼音或组织代码"))
    code = django_filters.CharFilter(method="coded", label=_("组织代码"), max_length=32, widget=forms.HiddenInput)
    region = django_filters.CharFilter(method="beneath", label=_("区划代码"), max_length=12)
    kind = django_filters.ChoiceFilter(choices=Organization.Kind.choices, label=_("类别"), empty_label=_("不限"))
    sector = django_filters.ChoiceFilter(choices=Organization.Sector.choices, label=_("领域"), empty_label=_("不限"))
    level = django_filters.ChoiceFilter(choices=Organization.Level.choices, label=_("层级"), empty_label=_("不限"))

    class Meta:
        model = Organization
        fields = ("q", "code", "region", "kind", "sector", "level")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.matching(text)  # type: ignore[attr-defined]

    def coded(self, things: QuerySet, name: str, code: str) -> QuerySet:
        return things.coded(code)  # type: ignore[attr-defined]

    def beneath(self, things: QuerySet, name: str, code: str) -> QuerySet:
        return things.within(code)  # type: ignore[attr-defined]


DAY = forms.DateInput(attrs={"type": "date"})


class TrailFilter(django_filters.FilterSet):
    """By whom, and from when to when, both days included."""

    q = django_filters.CharFilter(method="said", label=_("查找"), max_length=80, help_text=_("账号、姓名或程序名称"))
    since = django_filters.DateFilter(method="said", label=_("起"), widget=DAY)
    until = django_filters.DateFilter(method="said", label=_("止"), widget=DAY)

    WORDS: ClassVar[dict[str, str]] = {"q": "done_by", "since": "from_day", "until": "until_day", "thing": "about"}

    def said(self, rows: QuerySet, name: str, value: Any) -> QuerySet:
        found: QuerySet = getattr(rows, self.WORDS[name])(value)
        return found


class StepFilter(TrailFilter):
    thing = django_filters.CharFilter(
        method="said", label=_("对象"), max_length=40, help_text=_("如 联合体，或 账号 4")
    )

    class Meta:
        model = Step
        fields = ("q", "thing", "since", "until")


class DenialFilter(TrailFilter):
    class Meta:
        model = Denial
        fields = ("q", "since", "until")


class UserFilter(django_filters.FilterSet):
    q = django_filters.CharFilter(method="search", label=_("查找"), max_length=40, help_text=_("账号或姓名"))
    is_active = django_filters.BooleanFilter(label=_("启用"))

    class Meta:
        model = User
        fields = ("q", "is_active")

    def search(self, users: QuerySet, name: str, text: str) -> QuerySet:
        return users.called(text)  # type: ignore[attr-defined]
