"""What pages ask about lists: which alliance, which period, whose signature."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from listings.forms.fields import DayInput
from listings.models import Listing
from listings.models.listing import Kind
from members.models import Organization


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


def signers(listing: Listing, user: Any) -> Any:
    """The user's own member organisations that have not signed yet."""
    own = Organization.objects.spoken_for_by(user)
    joined = own.filter(memberships__alliance=listing.alliance_id, memberships__state="accepted")
    return own.filter(pk__in=joined.values("pk")).exclude(signatures__listing=listing)
