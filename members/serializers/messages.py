"""What programs and browsers read and write about messages; no secret and no address of a robot is among it."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from members.models import Delivery, Notice, Preference, Robot, Webhook
from members.models.preference import HOURS
from members.shapes import Shape


class NoticeSerializer(Shape):
    class Meta:
        model = Notice
        fields = ("id", "text", "url", "at", "put_away", "updated_at")
        read_only_fields = fields


class FilingSerializer(serializers.Serializer):
    """Without ``notices``: all of them."""

    notices: Any = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=500
    )


class FiledSerializer(serializers.Serializer):
    changed = serializers.IntegerField()


class PreferenceSerializer(serializers.ModelSerializer):
    email = serializers.EmailField(allow_blank=True, max_length=254)

    class Meta:
        model = Preference
        fields = ("email_on", "email", "digest_hour")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if data.get("email_on") and not data.get("email"):
            raise serializers.ValidationError({"email": ["要收邮件，请填写邮箱。"]})
        return {"email_on": False, "email": "", "digest_hour": 9} | data


class RobotSerializer(Shape):
    class Meta:
        model = Robot
        fields = ("id", "kind", "name", "organization", "region", "hour", "since", "ended_at", "updated_at")
        read_only_fields = fields


class SetRobotSerializer(serializers.Serializer):
    """``owner``: ``organization`` (an id) or ``region`` (a code), exactly one of them."""

    kind = serializers.ChoiceField(Robot.Kind.choices)
    name = serializers.CharField(max_length=40)
    address = serializers.CharField(max_length=500, write_only=True)
    secret = serializers.CharField(max_length=200, required=False, default="", allow_blank=True, write_only=True)
    hour = serializers.ChoiceField(HOURS, default=9)
    organization = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    region = serializers.CharField(required=False, max_length=12)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        if ("organization" in data) == ("region" in data):
            raise serializers.ValidationError({"organization": ["organization 与 region 填且只填一个。"]})
        return data


class DeliverySerializer(Shape):
    class Meta:
        model = Delivery
        fields = (
            "id", "message_id", "state", "open_moves", "channel", "content", "event", "webhook", "robot", "made_at",
            "next_at", "attempts", "last_error", "confirmed_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class WebhookSerializer(Shape):
    class Meta:
        model = Webhook
        fields: tuple[str, ...] = ("id", "url", "events", "created_at", "ended_at", "updated_at")
        read_only_fields: tuple[str, ...] = fields


class WebhookWithSecretSerializer(WebhookSerializer):
    """``secret`` is told once, by the answer to what made it; null in a repeated answer (Idempotency-Key)."""

    secret = serializers.CharField(allow_null=True, read_only=True)

    class Meta(WebhookSerializer.Meta):
        fields: tuple[str, ...] = (*WebhookSerializer.Meta.fields, "secret")
        read_only_fields: tuple[str, ...] = fields


class SubscribeSerializer(serializers.Serializer):
    url = serializers.CharField(max_length=500)
    events: Any = serializers.ListField(child=serializers.CharField(max_length=40), min_length=1, max_length=40)


class EventSerializer(serializers.Serializer):
    name = serializers.CharField()
    label: Any = serializers.CharField()
    scopes: Any = serializers.ListField(child=serializers.CharField())
