"""What pages ask about items, and for whom one may ask."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Skill
from listings.choices import joined_with, responsible_for, sites_of
from listings.forms.fields import DayInput, keep_drafts, words
from listings.models import Item, Listing
from listings.models.listing import Kind
from listings.querysets import CLAIMABLE
from members.models import Organization
from members.scope import rights_of


class FindingForm(forms.Form):
    """A remark that may be left out."""

    reason = words(_("研判意见"), required=False)


class OpenForm(forms.Form):
    reason = words(_("说明"), required=False)


class StudyForm(FindingForm):
    """What kind of matter it is, how urgent, whose it is by its duties, and the finding: in one step."""

    category = forms.ChoiceField(label=_("分类"), choices=Item.Category.choices, required=False)
    urgency = forms.ChoiceField(
        label=_("紧急程度"), choices=Item.Urgency.choices, required=False, widget=forms.RadioSelect
    )
    responsible = forms.ModelChoiceField(
        label=_("归口单位"), queryset=Organization.objects.none(), required=False, empty_label=_("暂不确定"),
        help_text=_("按职责由谁解决合适。只是建议，是否认领由它自己决定。"),
    )  # fmt: skip
    field_order = ["category", "urgency", "responsible", "reason"]

    def __init__(self, *args: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        responsible: forms.ModelChoiceField = self.fields["responsible"]  # type: ignore[assignment]
        responsible.queryset = responsible_for(item)
        if item.listing.state != Listing.State.DRAFT and not item.addendum:
            del self.fields["category"]


OFFER_WORDS = {
    "title": (_("资源"), _("一句话说清能提供什么，例如“清运车一台”。")),
    "wants": (_("怎么用"), _("数量、时间、条件，例如“每周可出两趟，提前一天约”。")),
    "skills": (_("能提供的专长"), ""),
    "capacity": (_("可提供几份"), _("几家各用一份，或一家用几份。")),
    "due_on": (_("可用到"), _("不填则按本地规定计算。")),
}
"""How the fields of an item are called on a resource list."""


class ItemForm(forms.ModelForm):
    """The words of an item of an alliance."""

    skills = forms.MultipleChoiceField(
        label=_("所需专长"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Item
        fields: tuple[str, ...] = (
            "title", "detail", "category", "urgency", "site", "place", "wants", "skills", "capacity", "due_on",
        )  # fmt: skip
        widgets = {"detail": forms.Textarea(attrs={"rows": 4}), "urgency": forms.RadioSelect, "due_on": DayInput}
        help_texts = {
            "title": _("一句话说清要解决什么，例如“五金小区雨污管网堵塞，需疏通”。"),
            "place": _("小区、楼栋或网格，例如“五金小区 3 号楼”。"),
            "wants": _("需要什么人、设备或资金，例如“疏通车 1 台、志愿者 10 人”。"),
            "capacity": _("最多几家共同认领。"),
            "due_on": _("不填则按本地规定计算。"),
        }

    def __init__(self, *args: Any, alliance: Alliance, kind: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        if kind == Kind.RESOURCE:
            self.offer()
        if "urgency" in fields:
            fields["urgency"].required = False
        fields["site"].queryset = sites_of(alliance)
        fields["site"].empty_label = _("%(region)s（不限社区）") % {"region": alliance.region}
        if not fields["site"].queryset:
            del fields["site"]
        self.fields["capacity"].widget.attrs |= {"min": 1, "max": 99, "inputmode": "numeric"}

    def offer(self) -> None:
        """What is asked of a resource: what it is, not how urgent."""
        fields: Any = self.fields
        for name, (label, hint) in OFFER_WORDS.items():
            fields[name].label, fields[name].help_text = label, hint
        del fields["urgency"]

    def clean_urgency(self) -> str:
        """Left out it is as urgent as any."""
        return self.cleaned_data["urgency"] or Item.Urgency.NORMAL


class NewItemForm(ItemForm):
    """The words of an item and on whose behalf it is asked."""

    asked_by = forms.ModelChoiceField(label=_("提出单位"), queryset=Organization.objects.none(), empty_label=None)

    class Meta(ItemForm.Meta):
        fields = (*ItemForm.Meta.fields, "for_resident")

    def __init__(self, *args: Any, user: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, alliance=listing.alliance, kind=listing.kind, **kwargs)
        asked_by: forms.ModelChoiceField = self.fields["asked_by"]  # type: ignore[assignment]
        asked_by.queryset = askers(listing, user)
        keep_drafts(self, f"{user.pk}-new-{listing.pk}")
        self.fields["for_resident"].label = _("代居民（群众）提出")
        if listing.kind == Kind.RESOURCE:
            del self.fields["for_resident"]


def askers(listing: Listing, user: Any) -> Any:
    """For which organisations the user may ask: one's own, where it is a member, the supervising one, or the place's.

    A program asks for its own organisation or for a member of the alliance.
    """
    members = Q(memberships__alliance=listing.alliance_id, memberships__state="accepted")
    joined = Organization.objects.filter(members).values("pk")
    if rights_of(user).scopes is not None:
        return Organization.objects.visible_to(user).filter(Q(pk__in=joined) | Q(pk__in=rights_of(user).organizations))
    above = Q(supervised=listing.alliance_id) | Q(place__isnull=False)
    own = Organization.objects.spoken_for_by(user)
    return own.filter(pk__in=own.filter(Q(pk__in=joined) | above).values("pk"))


class LinkForm(forms.Form):
    """Which service item answers the problem."""

    item = forms.ModelChoiceField(label=_("服务事项"), queryset=Item.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, problem: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: forms.ModelChoiceField = self.fields["item"]  # type: ignore[assignment]
        same = Item.objects.visible_to(user).services().filter(alliance=problem.alliance_id)
        items.queryset = same.filter(state__in=(*CLAIMABLE, Item.State.DONE)).order_by("-pk")


class JoinForm(FindingForm):
    """Which item asks for the same."""

    item = forms.ModelChoiceField(label=_("并入"), queryset=Item.objects.none(), empty_label=None)
    field_order = ["item", "reason"]

    def __init__(self, *args: Any, user: Any, problem: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: forms.ModelChoiceField = self.fields["item"]  # type: ignore[assignment]
        items.queryset = joined_with(problem, user)
