"""The shapes of terms, pauses and extensions."""

from __future__ import annotations

from rest_framework import serializers

from listings.models import Extension, Pause
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape


class PauseSerializer(Shape):
    """Since when an item waits, for whom and why; ``days_left`` working days are kept."""

    class Meta:
        model = Pause
        fields = ("organization", "waits_for", "reason", "due_on", "days_left", "paused_at")
        read_only_fields = fields


class ExtensionSerializer(Shape):
    region = serializers.CharField(source="item.region_id", read_only=True)
    alliance = serializers.IntegerField(source="item.alliance_id", read_only=True)

    class Meta:
        model = Extension
        fields = (
            "id", "state", "open_moves", "item", "alliance", "region", "organization", "due_on", "until", "reason",
            "asked_at", "answer", "decided_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class DeadlineSerializer(serializers.Serializer):
    """An item's term. ``days_left`` in working days; ``unannounced``: the years whose holidays are not known yet."""

    due_on = serializers.DateField(allow_null=True)
    days_left = serializers.IntegerField(allow_null=True)
    unannounced = serializers.ListField(child=serializers.IntegerField())
    supervision = serializers.IntegerField()
    supervised_on = serializers.DateField(allow_null=True)
    pause = PauseSerializer(allow_null=True)
    extensions = ExtensionSerializer(many=True)


class WaitingSerializer(serializers.Serializer):
    """For whom the item waits, and why."""

    waits_for = serializers.CharField(max_length=80)
    reason = serializers.CharField(max_length=1000)


class TermRemarkSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class NewExtensionSerializer(serializers.Serializer):
    """For which of one's organisations at work, until when, and why."""

    organization = Visible(Organization)
    until = serializers.DateField()
    reason = serializers.CharField(max_length=1000)
