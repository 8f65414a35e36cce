"""The shapes of the bulk bar."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from listings.bulk import DEEDS, MOST


class BulkSerializer(serializers.Serializer):
    verb = serializers.ChoiceField(choices=[(name, deed.label) for name, deed in DEEDS.items()])
    items = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=MOST
    )
    reason = serializers.CharField(max_length=1000, default="", allow_blank=True)

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        if DEEDS[words["verb"]].reason_needed and not words["reason"]:
            raise serializers.ValidationError({"reason": ["请写明理由。"]})
        return words


class FailureSerializer(serializers.Serializer):
    item = serializers.IntegerField()
    code = serializers.CharField()
    detail = serializers.CharField()


class BulkOutcomeSerializer(serializers.Serializer):
    """Ids of the items that were done; of the others why not."""

    done = serializers.ListField(child=serializers.IntegerField())
    failed = FailureSerializer(many=True)

    def to_representation(self, outcome: Any) -> dict[str, Any]:
        failed = [{"item": pk, "code": code, "detail": why} for pk, _item, code, why in outcome.failed]
        return {"done": [item.pk for item in outcome.done], "failed": failed}
