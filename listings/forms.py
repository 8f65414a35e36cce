"""What people write into the pages of lists: shape only, the sense is the verbs' business."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from listings.models import Claim, Item, Listing
from listings.models.listing import Kind
from listings.querysets import CLAIMABLE
from members.models import Organization
from members.scope import rights_of


class DayInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


def words(label: Any, rows: int = 3, **kwargs: Any) -> forms.CharField:
    """A field for a few sentences, kept on the device until the server has taken it."""
    return forms.CharField(label=label, max_length=1000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class FindingForm(forms.Form):
    """A remark that may be left out."""

    reason = words(_("研判意见"), required=False)


class OpenForm(forms.Form):
    reason = words(_("说明"), required=False)


class ReasonForm(forms.Form):
    """A reason in words, told to those whom it concerns."""

    reason = words(_("理由"), help_text=_("会告知提出方和认领单位，请写清缘由和下一步去向。"))


class ReportForm(forms.Form):
    text = words(_("进展"), rows=5, help_text=_("写清做了什么、还差什么即可，不需要照片。"))


class FinishForm(forms.Form):
    outcome = words(_("办理结果"), rows=4, required=False)


class ListingForm(forms.Form):
    """Which alliance draws up which list, for which period."""

    alliance = forms.ModelChoiceField(label=_("联合体"), queryset=Alliance.objects.none(), empty_label=None)
    kind = forms.ChoiceField(label=_("清单类别"), choices=Kind.choices, widget=forms.RadioSelect)
    period_from = forms.DateField(label=_("起"), widget=DayInput)
    period_to = forms.DateField(label=_("止"), widget=DayInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alliances: forms.ModelChoiceField = self.fields["alliance"]  # type: ignore[assignment]
        alliances.queryset = Alliance.objects.running().led_by(user)


class SignForm(forms.Form):
    """With which organisation's signature."""

    organization = forms.ModelChoiceField(label=_("签署单位"), queryset=Organization.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = signers(listing, user)


class ItemForm(forms.ModelForm):
    """The words of an item."""

    class Meta:
        model = Item
        fields: tuple[str, ...] = ("title", "detail", "category", "place", "wants", "capacity", "due_on")
        widgets = {"detail": forms.Textarea(attrs={"rows": 4}), "due_on": DayInput}
        help_texts = {
            "title": _("一句话说清要解决什么，例如“五金小区雨污管网堵塞，需疏通”。"),
            "wants": _("需要什么人、设备或资金，例如“疏通车 1 台、志愿者 10 人”。"),
            "capacity": _("最多几家共同认领。"),
            "due_on": _("不填则按本地规定计算。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["capacity"].widget.attrs |= {"min": 1, "max": 99, "inputmode": "numeric"}


class NewItemForm(ItemForm):
    """The words of an item and on whose behalf it is asked."""

    asked_by = forms.ModelChoiceField(label=_("提出单位"), queryset=Organization.objects.none(), empty_label=None)

    class Meta(ItemForm.Meta):
        fields = (*ItemForm.Meta.fields, "for_resident")

    def __init__(self, *args: Any, user: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked_by: forms.ModelChoiceField = self.fields["asked_by"]  # type: ignore[assignment]
        asked_by.queryset = askers(listing, user)
        self.fields["for_resident"].label = _("代居民（群众）提出")


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


def signers(listing: Listing, user: Any) -> Any:
    """The user's own member organisations that have not signed yet."""
    own = Organization.objects.spoken_for_by(user)
    joined = own.filter(memberships__alliance=listing.alliance_id, memberships__state="accepted")
    return own.filter(pk__in=joined.values("pk")).exclude(signatures__listing=listing)


class ClaimForm(forms.Form):
    """With which organisation, in which role, until when."""

    organization = forms.ModelChoiceField(label=_("认领单位"), queryset=Organization.objects.none(), empty_label=None)
    role = forms.ChoiceField(label=_("认领方式"), choices=Claim.Role.choices, widget=forms.RadioSelect, required=False)
    promised_on = forms.DateField(label=_("承诺办结日期"), required=False, widget=DayInput)
    support = words(_("可提供的支持"), rows=2, required=False)

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        own = Organization.objects.spoken_for_by(user)
        joined = Q(memberships__alliance=item.alliance_id, memberships__state="accepted")
        organizations.queryset = own.filter(pk__in=own.filter(joined).values("pk"))
        if item.due_on:
            self.fields["promised_on"].help_text = _("办理期限 %(day)s") % {"day": item.due_on}
        if item.capacity == 1:
            del self.fields["role"]


class LinkForm(forms.Form):
    """Which service item answers the problem."""

    item = forms.ModelChoiceField(label=_("服务事项"), queryset=Item.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, problem: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items: forms.ModelChoiceField = self.fields["item"]  # type: ignore[assignment]
        same = Item.objects.visible_to(user).services().filter(alliance=problem.alliance_id)
        items.queryset = same.filter(state__in=(*CLAIMABLE, Item.State.DONE)).order_by("-pk")
