"""The shapes of the closed loop's hard cases."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance
from listings.models import Dispute, Forwarding, Item
from listings.serializers.fields import Visible
from members.models import Organization, PartyMember
from members.mouths import LARGEST_ID
from members.shapes import Shape


class DisputeSerializer(Shape):
    class Meta:
        model = Dispute
        fields = (
            "id", "state", "open_moves", "item", "alliance", "region", "organization", "ground", "reason", "raised_at",
            "ruling", "decided_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ForwardingSerializer(Shape):
    region = serializers.CharField(source="region_id", read_only=True)

    class Meta:
        model = Forwarding
        fields = (
            "id", "state", "open_moves", "item", "region", "into", "reason", "answer", "proposed_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ReturnSerializer(serializers.Serializer):
    """Why, and where it goes next; without ``goes_to`` back to whoever asked."""

    reason = serializers.CharField(max_length=500)
    goes_to = serializers.CharField(max_length=120, required=False, allow_blank=True)


class RefuseSerializer(serializers.Serializer):
    """Why, and whose it is: an organisation, a department, a hotline by name."""

    reason = serializers.CharField(max_length=500)
    goes_to = serializers.CharField(max_length=120)


class JudgementSerializer(serializers.Serializer):
    """What whoever asked thinks of it; may be left out."""

    satisfaction = serializers.ChoiceField(Item.Satisfaction.choices, required=False, allow_blank=True)
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class ForwardSerializer(serializers.Serializer):
    """To which running alliance that the caller can see, and why."""

    into = Visible(Alliance)
    reason = serializers.CharField(max_length=500)


class AttachSerializer(serializers.Serializer):
    parent: Any = Visible(Item)


class DisputeReasonSerializer(serializers.Serializer):
    """In whose name: one of the caller's organisations that is a party."""

    organization = Visible(Organization)
    reason = serializers.CharField(max_length=1000)


class RulingSerializer(serializers.Serializer):
    """``done`` and ``back`` take effect at once; ``out``, that the claims end, waits for a second person."""

    outcome = serializers.ChoiceField(("done", "back", "out"))
    reason = serializers.CharField(max_length=1000)


class HelpersSerializer(serializers.Serializer):
    """Party members of the claimant who helped, and on which day (without one: today)."""

    helpers: Any = serializers.ListField(child=Visible(PartyMember), max_length=200)
    served_on = serializers.DateField(required=False, allow_null=True)


class StrikeHelperSerializer(serializers.Serializer):
    """Who was entered by mistake, for which day, and why it goes."""

    person = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    served_on = serializers.DateField()
    reason = serializers.CharField(max_length=500)


class WorkSerializer(serializers.Serializer):
    """Who helped may be said with the report."""

    helpers: Any = serializers.ListField(child=Visible(PartyMember), max_length=200, required=False)
    served_on = serializers.DateField(required=False, allow_null=True)
