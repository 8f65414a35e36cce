"""What may be asked of disputes and of what is passed on: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django import forms
from django.utils.translation import gettext_lazy as _

from listings.models import Dispute, Forwarding
from members.choosing import IdFilter, RegionFilter


class DisputeFilter(filters.FilterSet):
    """Disputes by state, ground, item and region."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Dispute.State.choices, empty_label=_("全部状态"))
    ground = filters.ChoiceFilter(label=_("情形"), choices=Dispute.Ground.choices, empty_label=_("全部情形"))
    item = IdFilter(field_name="item_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Dispute
        fields = ("state", "ground", "item", "region")


class ForwardingFilter(filters.FilterSet):
    """What is passed on, by state, item, and the alliance that it is offered to."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Forwarding.State.choices, empty_label=_("全部状态"))
    item = IdFilter(field_name="item_id")
    into = IdFilter(field_name="into_id")

    class Meta:
        model = Forwarding
        fields = ("state", "item", "into")
