"""What pages ask about lists: which alliance, which period, whose signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from listings.forms.fields import DayInput
from listings.models import Item, Listing
from listings.models.listing import Kind
from members.models import Organization


class ListingForm(forms.Form):
    """Which alliance draws up which list, or the three lists of its region's rules, for which period."""

    SET = "set"

    alliance = forms.ModelChoiceField(label=_("联合体"), queryset=Alliance.objects.none(), empty_label=None)
    kind = forms.ChoiceField(
        label=_("清单类别"), choices=[(SET, _("三份清单一次拟定（按地区规则）")), *Kind.choices],
        widget=forms.RadioSelect,
    )  # fmt: skip
    period_from = forms.DateField(label=_("起"), widget=DayInput)
    period_to = forms.DateField(label=_("止"), widget=DayInput)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alliances: forms.ModelChoiceField = self.fields["alliance"]  # type: ignore[assignment]
        alliances.queryset = Alliance.objects.running().led_by(user)


class ArrangeForm(forms.Form):
    """A place for each item of a draft, counted from the top."""

    def __init__(self, *args: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.items = list(listing.items.select_related("asked_by", "entered_by").order_by("position", "pk"))
        for place, item in enumerate(self.items, 1):
            self.fields[f"place_{item.pk}"] = forms.IntegerField(
                label=item.title, initial=place, min_value=1, max_value=9999,
                widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
            )  # fmt: skip

    def lines(self) -> list[tuple[Item, Any]]:
        """Each item beside its field."""
        return [(item, self[f"place_{item.pk}"]) for item in self.items]

    def order(self) -> list[Item]:
        """The items in the order that was asked for; equal places as they stood."""
        return sorted(self.items, key=lambda item: self.cleaned_data[f"place_{item.pk}"])


class SignForm(forms.Form):
    """With which organisation's signature."""

    organization = forms.ModelChoiceField(label=_("签署单位"), queryset=Organization.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, listing: Listing, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = signers(listing, user)


def signers(listing: Listing, user: Any) -> Any:
    """The user's own member organisations that have not signed yet."""
    own = Organization.objects.spoken_for_by(user)
    joined = own.filter(memberships__alliance=listing.alliance_id, memberships__state="accepted")
    return own.filter(pk__in=joined.values("pk")).exclude(signatures__listing=listing)
