"""What may be asked of the means: one FilterSet each, for the page and for REST."""

from __future__ import annotations

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from alliances.models import Booking, Distribution, DistributionScheme, FundEntry, Partner, ReserveEntry, Staff, Venue
from members.choosing import IdFilter


class FundFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("类别"), choices=FundEntry.Kind.choices)
    year = filters.NumberFilter(field_name="on", lookup_expr="year", min_value=1, max_value=9999, decimal_places=0)
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = FundEntry
        fields = ("kind", "year", "alliance")


class ReserveFilter(filters.FilterSet):
    alliance = IdFilter(field_name="alliance_id")
    distribution = IdFilter(field_name="distribution_id")

    class Meta:
        model = ReserveEntry
        fields = ("alliance", "distribution")


class StaffFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("方式"), choices=Staff.Kind.choices)
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = Staff
        fields = ("kind", "alliance")


class PartnerFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(label=_("类别"), choices=Partner.Kind.choices)
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = Partner
        fields = ("kind", "alliance")


class VenueFilter(filters.FilterSet):
    q = filters.CharFilter(label=_("名称"), field_name="name", lookup_expr="contains", max_length=60)
    kind = filters.ChoiceFilter(label=_("类别"), choices=Venue.Kind.choices, empty_label=_("全部类别"))
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = Venue
        fields = ("q", "kind", "alliance")


class BookingFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("状态"), choices=Booking.State.choices)
    venue = IdFilter(field_name="venue_id")
    alliance = IdFilter(field_name="venue__alliance_id")

    class Meta:
        model = Booking
        fields = ("state", "venue", "alliance")


class SchemeFilter(filters.FilterSet):
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = DistributionScheme
        fields = ("alliance",)


class DistributionFilter(filters.FilterSet):
    state = filters.ChoiceFilter(label=_("状态"), choices=Distribution.State.choices)
    scheme = IdFilter(field_name="scheme_id")
    alliance = IdFilter(field_name="alliance_id")

    class Meta:
        model = Distribution
        fields = ("state", "scheme", "alliance")
