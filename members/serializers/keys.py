"""The shapes of programs' keys."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from members.keys import LONGEST_TERM
from members.models import ApiClient
from members.rest import ReasonSerializer
from members.shapes import Shape


class KeySerializer(Shape):
    """A key without the key: ``hint`` are its last characters; ``state``: drawable, valid, expired or revoked."""

    state: Any = serializers.SerializerMethodField()

    class Meta:
        model = ApiClient
        fields: tuple[str, ...] = (
            "id", "name", "state", "region", "organization", "scopes", "hint", "per_minute", "created_at", "drawn_at",
            "expires_at", "revoked_at", "updated_at",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields

    def get_state(self, client: ApiClient) -> str:
        return str(client.standing(timezone.now()))


class DrawnKeySerializer(KeySerializer):
    """``key`` is told once, by the answer that drew it; null in a repeated answer (Idempotency-Key)."""

    key: Any = serializers.CharField(allow_null=True, read_only=True)

    class Meta(KeySerializer.Meta):
        fields = (*KeySerializer.Meta.fields, "key")
        read_only_fields = fields


class AskKeySerializer(ReasonSerializer):
    """``place``: the code of a region, or of an organisation for which the program also writes."""

    name = serializers.CharField(max_length=80)
    place = serializers.CharField(max_length=32)
    scopes: Any = serializers.ListField(
        child=serializers.ChoiceField(choices=ApiClient.Scope.choices), min_length=1, max_length=6
    )
    days = serializers.IntegerField(min_value=1, max_value=LONGEST_TERM, default=365)
