"""The shapes of claims and progress."""

from __future__ import annotations

from rest_framework import serializers

from listings.models import Claim
from listings.serializers.fields import Own
from listings.serializers.loop import WorkSerializer
from members.shapes import Shape


class ClaimSerializer(Shape):
    region = serializers.CharField(source="item.region_id", read_only=True)
    alliance = serializers.IntegerField(source="item.alliance_id", read_only=True)
    waiting_position = serializers.IntegerField(read_only=True, allow_null=True, default=None)

    class Meta:
        model = Claim
        fields = (
            "id", "state", "open_moves", "item", "alliance", "region", "organization", "role", "promised_on", "support",
            "waiting_position", "offered_until", "claimed_at", "finished_at", "outcome", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewClaimSerializer(serializers.Serializer):
    """Who claims, and how. ``role`` left out: the lead if it is free, else assistance. ``wait``: stand in line
    where the item is full."""

    organization = Own()
    role = serializers.ChoiceField(Claim.Role.choices, required=False, allow_null=True)
    promised_on = serializers.DateField(required=False, allow_null=True)
    support = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    wait = serializers.BooleanField(default=False)


class ReportSerializer(WorkSerializer):
    text = serializers.CharField(max_length=1000)


class DeclineSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class OutcomeSerializer(WorkSerializer):
    outcome = serializers.CharField(max_length=1000, required=False, allow_blank=True)
