"""The shapes of the means: money as decimal strings in yuan, people by name and organisation only."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from rest_framework import serializers

from alliances import choices
from alliances.models import (
    Activity,
    Alliance,
    Booking,
    Distribution,
    DistributionLine,
    DistributionScheme,
    FundEntry,
    Partner,
    ReserveEntry,
    SchemeShare,
    Staff,
    Venue,
)
from alliances.serializers.fields import Scoped
from members.models import Organization, PartyMember
from members.rest import ReasonSerializer
from members.shapes import Shape

LEDGER = ("id", "alliance", "region", "on", "amount", "reason", "reverses", "reversed_by", "synthetic", "updated_at")


class OfAllianceSerializer(Shape):
    region = serializers.CharField(source="alliance.region_id", read_only=True)


class EntrySerializer(OfAllianceSerializer):
    """A line of a ledger; ``amount`` has a sign, ``reversed_by`` is its counter entry."""

    reversed_by: Any = serializers.SerializerMethodField()

    def get_reversed_by(self, entry: Any) -> int | None:
        return entry.reversed_by.pk if entry.is_reversed else None


class FundSerializer(EntrySerializer):
    class Meta:
        model = FundEntry
        fields = (*LEDGER, "kind", "member", "purpose", "activity", "document")
        read_only_fields = fields


class ReserveSerializer(EntrySerializer):
    class Meta:
        model = ReserveEntry
        fields = (*LEDGER, "distribution", "party", "purpose")
        read_only_fields = fields


class YearOfFundsSerializer(serializers.Serializer):
    """A year: what each source brought and what was spent (below zero), and the balance at its end."""

    year = serializers.IntegerField()
    kinds = serializers.DictField(child=serializers.DecimalField(max_digits=16, decimal_places=2))
    balance = serializers.DecimalField(max_digits=16, decimal_places=2)


class StaffSerializer(OfAllianceSerializer):
    name = serializers.CharField(source="who", read_only=True)
    unit = serializers.CharField(source="belongs", read_only=True)

    class Meta:
        model = Staff
        fields = (
            "id",
            "alliance",
            "region",
            "kind",
            "name",
            "unit",
            "task",
            "since",
            "until",
            "synthetic",
            "updated_at",
        )
        read_only_fields = fields


class PartnerSerializer(OfAllianceSerializer):
    class Meta:
        model = Partner
        fields = ("id", "alliance", "region", "kind", "name", "contact", "since", "until", "synthetic", "updated_at")
        read_only_fields = fields


class VenueSerializer(OfAllianceSerializer):
    class Meta:
        model = Venue
        fields = (
            "id", "alliance", "region", "organization", "kind", "name", "place", "seats", "opening", "season_from",
            "season_to", "since", "until", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class BookingSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    region = serializers.CharField(source="venue.alliance.region_id", read_only=True)

    class Meta:
        model = Booking
        fields = (
            "id", "state", "open_moves", "region", "venue", "organization", "starts_at", "ends_at", "purpose",
            "refusal", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ShareSerializer(Shape):
    """A party of a scheme, in per cent."""

    class Meta:
        model = SchemeShare
        fields = ("party", "percent", "reserve_rate")
        extra_kwargs = {"reserve_rate": {"default": Decimal(0)}}


class DistributionSchemeSerializer(OfAllianceSerializer):
    shares = ShareSerializer(many=True, read_only=True)

    class Meta:
        model = DistributionScheme
        fields = ("id", "alliance", "region", "name", "base", "since", "until", "shares", "synthetic", "updated_at")
        read_only_fields = fields


class LineSerializer(Shape):
    in_hand = serializers.DecimalField(max_digits=14, decimal_places=2, read_only=True)

    class Meta:
        model = DistributionLine
        fields = ("party", "percent", "reserve_rate", "share", "reserve", "in_hand")
        read_only_fields = fields


class DistributionSerializer(OfAllianceSerializer):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    lines = LineSerializer(many=True, read_only=True)

    class Meta:
        model = Distribution
        fields = (
            "id", "state", "open_moves", "alliance", "region", "scheme", "on", "amount", "basis", "confirmed_for",
            "settled_on", "reversed_on", "reversal_reason", "lines", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class InAllianceSerializer(serializers.Serializer):
    """In which alliance; the verb's other ids are looked up beside it."""

    alliance = Scoped(lambda user, _thing: Alliance.objects.visible_to(user), Alliance)


class AmountSerializer(serializers.Serializer):
    amount = serializers.DecimalField(max_digits=14, decimal_places=2, min_value=Decimal("0.01"))
    on = serializers.DateField()


class ReceiveSerializer(AmountSerializer):
    source: Any = serializers.ChoiceField(choices=[(kind.value, kind.label) for kind in FundEntry.SOURCES])
    member: Any = Scoped(
        lambda user, alliance: choices.givers_of(alliance), Organization, required=False, allow_null=True
    )
    document = serializers.CharField(max_length=80, required=False, allow_blank=True)


class DrawSerializer(AmountSerializer):
    purpose = serializers.CharField(max_length=120)


class SpendSerializer(DrawSerializer):
    activity: Any = Scoped(
        lambda user, alliance: choices.activities_of(alliance), Activity, required=False, allow_null=True
    )
    document = serializers.CharField(max_length=80, required=False, allow_blank=True)


class TakeOnSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Staff.Kind.choices)
    person: Any = Scoped(lambda user, _alliance: choices.people_of(user), PartyMember, required=False, allow_null=True)
    name = serializers.CharField(max_length=40, required=False, allow_blank=True)
    unit = serializers.CharField(max_length=60, required=False, allow_blank=True)
    task = serializers.CharField(max_length=80)
    since = serializers.DateField()


class EnlistSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Partner.Kind.choices)
    name = serializers.CharField(max_length=60)
    contact = serializers.CharField(max_length=60, required=False, allow_blank=True)
    since = serializers.DateField()


class EditVenueSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Venue.Kind.choices, required=False)
    name = serializers.CharField(max_length=60, required=False)
    place = serializers.CharField(max_length=80, required=False, allow_blank=True)
    seats = serializers.IntegerField(min_value=1, max_value=9999, required=False, allow_null=True)
    opening = serializers.CharField(max_length=80, required=False, allow_blank=True)
    season_from = serializers.IntegerField(min_value=1, max_value=12, required=False, allow_null=True)
    season_to = serializers.IntegerField(min_value=1, max_value=12, required=False, allow_null=True)


class ShareVenueSerializer(EditVenueSerializer):
    organization = Scoped(choices.own_members, Organization)
    kind = serializers.ChoiceField(choices=Venue.Kind.choices)
    name = serializers.CharField(max_length=60)


class MomentField(serializers.DateTimeField):
    """A moment; a local one that lies before the calendar of UTC is no moment instead of an error."""

    def enforce_timezone(self, value: Any) -> Any:
        try:
            return super().enforce_timezone(value)
        except OverflowError:
            self.fail("overflow")


class BookSerializer(serializers.Serializer):
    organization = Scoped(lambda user, venue: choices.own_members(user, venue.alliance), Organization)
    starts_at = MomentField()
    ends_at = MomentField()
    purpose = serializers.CharField(max_length=80)


class DrawUpSchemeSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=40)
    base = serializers.CharField(max_length=80)
    shares = serializers.ListField(child=ShareSerializer(), min_length=2, max_length=12)

    def validate_shares(self, shares: list[dict[str, Any]]) -> list[tuple[str, Decimal, Decimal]]:
        return [(share["party"], share["percent"], share["reserve_rate"]) for share in shares]


class DistributeSerializer(AmountSerializer):
    basis = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SecondSerializer(serializers.Serializer):
    """For which member, other than the lead, one agrees."""

    organization = Scoped(lambda user, made: choices.second_members(user, made.alliance), Organization)


class SecondReasonSerializer(SecondSerializer, ReasonSerializer):
    """The same, saying why."""
