"""What may be asked of charters, agreements and rotation: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from datetime import date

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Agreement,
    Charter,
    HostTurn,
    Rotation,
    Swap,
)
from members.choosing import IdFilter, RegionFilter


class CharterFilter(filters.FilterSet):
    """Versions of charters by alliance and state, or those that wait for a word of the user's."""

    VIEWS = (("waiting", _("待我表态")),)

    state = filters.ChoiceFilter(choices=Charter.State.choices)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view")
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter()

    class Meta:
        model = Charter
        fields = ("state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return things.filter(pk__in=Charter.objects.awaiting(self.request.user).values("pk"))


class AgreementFilter(filters.FilterSet):
    """Agreements by name, state, region and alliance; those about to expire, those that the user has to sign."""

    VIEWS = (("expiring", _("即将到期")), ("signable", _("待我签署")))

    q = filters.CharFilter(label=_("协议名称"), field_name="title", lookup_expr="contains", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Agreement.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = ("q", "state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        if view == "expiring":
            return things.expiring(timezone.localdate())  # type: ignore[attr-defined]
        return things.filter(pk__in=Agreement.objects.signable_by(self.request.user).values("pk"))


class RotationFilter(filters.FilterSet):
    """Calendars of hosts by alliance and state."""

    state = filters.ChoiceFilter(choices=Rotation.State.choices)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter()

    class Meta:
        model = Rotation
        fields = ("state", "alliance", "region")


class HostTurnFilter(filters.FilterSet):
    """Turns by alliance, host, state, and the day that they contain."""

    state = filters.ChoiceFilter(choices=HostTurn.State.choices)
    on = filters.DateFilter(method="that_day")
    alliance = IdFilter(field_name="alliance_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter()

    class Meta:
        model = HostTurn
        fields = ("state", "on", "alliance", "organization", "region")

    def that_day(self, things: QuerySet, name: str, day: date) -> QuerySet:
        return things.on(day)  # type: ignore[attr-defined]


class SwapFilter(filters.FilterSet):
    """Swaps by state and alliance."""

    state = filters.ChoiceFilter(choices=Swap.State.choices)
    alliance = IdFilter(field_name="turn__alliance_id")

    class Meta:
        model = Swap
        fields = ("state", "alliance")
