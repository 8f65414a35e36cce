"""What may be asked of lists, items and claims: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Skill
from listings.filters.terms import DUE, by_term
from listings.models import Claim, Item, Listing
from listings.models.listing import Kind
from members.choosing import IdFilter, RegionFilter
from members.scope import under


class ListFilterSet(filters.FilterSet):
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)
    alliance = IdFilter(label=_("联合体"), field_name="alliance_id")


class ListingFilter(ListFilterSet):
    """Lists by name of the alliance, kind, state, region, alliance and the day that their period contains."""

    q = filters.CharFilter(label=_("联合体名称"), method="search", max_length=80)
    kind = filters.ChoiceFilter(label=_("类别"), choices=Kind.choices, empty_label=_("全部类别"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Listing.State.choices, empty_label=_("全部状态"))
    on = filters.DateFilter(label=_("所属时段含"), method="current", widget=forms.DateInput(attrs={"type": "date"}))

    class Meta:
        model = Listing
        fields = ("q", "kind", "state", "on", "region", "alliance")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(alliance__name__contains=text)

    def current(self, things: QuerySet, name: str, day: Any) -> QuerySet:
        return things.as_of(day)  # type: ignore[attr-defined]


class ItemFilter(ListFilterSet):
    """Items by words or number, saved view, kind, state, category, term, region, alliance and list."""

    VIEWS = (
        ("mine", _("我负责的")),
        ("soon", _("即将逾期")),
        ("open", _("待认领")),
        ("done", _("待确认")),
    )

    q = filters.CharFilter(label=_("标题、编号、提出单位"), method="search", max_length=80)
    kind = filters.ChoiceFilter(label=_("清单"), choices=Kind.choices, empty_label=_("全部清单"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Item.State.choices, empty_label=_("全部状态"))
    category = filters.ChoiceFilter(label=_("分类"), choices=Item.Category.choices, empty_label=_("全部分类"))
    urgency = filters.ChoiceFilter(label=_("紧急程度"), choices=Item.Urgency.choices, empty_label=_("不限缓急"))
    origin = filters.ChoiceFilter(label=_("来源"), choices=Item.Origin.choices, empty_label=_("全部来源"))
    skill = filters.ChoiceFilter(
        label=_("专长"), choices=Skill.choices, method="by_skill", widget=forms.HiddenInput
    )
    site = RegionFilter(label=_("所在地"), method="by_site", widget=forms.HiddenInput)
    due = filters.ChoiceFilter(label=_("期限"), choices=DUE, method="due_so", empty_label=_("不限期限"))
    due_on = filters.DateFilter(label=_("到期日"), widget=forms.HiddenInput)
    view = filters.ChoiceFilter(label=_("视图"), choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    satisfaction = filters.ChoiceFilter(
        label=_("满意度"), choices=Item.Satisfaction.choices, empty_label=_("不限满意度")
    )
    listing = IdFilter(label=_("清单"), field_name="listing_id")
    asked_by = IdFilter(label=_("提出单位"), field_name="asked_by_id")

    class Meta:
        model = Item
        fields = (
            "q", "kind", "state", "category", "urgency", "origin", "skill", "site", "due", "due_on", "view",
            "satisfaction", "listing", "asked_by", "region", "alliance",
        )  # fmt: skip

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        """See ``ItemQuerySet.matching``."""
        return things.matching(text.strip())  # type: ignore[attr-defined]

    def by_skill(self, things: QuerySet, name: str, skill: str) -> QuerySet:
        return things.filter(skills__contains=[skill])

    def by_site(self, things: QuerySet, name: str, code: str) -> QuerySet:
        return things.filter(under(code, "site"))

    def due_so(self, things: QuerySet, name: str, term: str) -> QuerySet:
        return by_term(things, term, timezone.localdate())

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return saved_view(things, view, self.request.user)


class ClaimFilter(filters.FilterSet):
    """Claims by state, role, item, organisation and region."""

    state = filters.ChoiceFilter(choices=Claim.State.choices)
    role = filters.ChoiceFilter(choices=Claim.Role.choices)
    item = IdFilter(field_name="item_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter(field_name="item__region")

    class Meta:
        model = Claim
        fields = ("state", "role", "item", "organization", "region")


def saved_view(things: QuerySet, view: str, user: Any) -> QuerySet:
    """The rows of a saved view (保存的视图)."""
    match view:
        case "mine":
            return things.concerning(user)  # type: ignore[attr-defined]
        case "soon":
            return by_term(things, "soon", timezone.localdate())
        case "open":
            return things.filter(state=Item.State.OPEN)
        case "done":
            return things.filter(state=Item.State.DONE)
        case _:
            return things
