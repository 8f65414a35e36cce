"""The shapes of whistles and of the calls that they make."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance
from listings.models import Call, Item, Whistle
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape


class CallSerializer(Shape):
    region = serializers.CharField(source="whistle.region_id", read_only=True)

    class Meta:
        model = Call
        fields = (
            "id", "state", "open_moves", "whistle", "region", "organization", "role", "called_on", "signed_at",
            "arrived_at", "arrival", "reported_at", "report", "refused_at", "refusal", "where_next", "satisfied",
            "remark", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class WhistleSerializer(Shape):
    calls = CallSerializer(many=True, read_only=True)

    class Meta:
        model = Whistle
        fields = (
            "id", "number", "state", "open_moves", "item", "alliance", "region", "caller", "reason", "need", "asked_at",
            "sounded_on", "evaluated_on", "solved", "satisfied", "remark", "calls", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class BlowSerializer(serializers.Serializer):
    """For an ``item`` that stands on a list, or for a problem written down in the same step: ``alliance`` and
    ``title``. ``caller`` may be left out by who speaks for one organisation only."""

    item = Visible(Item, required=False)
    alliance = Visible(Alliance, required=False)
    title = serializers.CharField(max_length=80, required=False)
    category = serializers.ChoiceField(Item.Category.choices, required=False)
    place = serializers.CharField(max_length=80, required=False, allow_blank=True)
    for_resident = serializers.BooleanField(required=False)
    caller = Visible(Organization, required=False)
    reason = serializers.ChoiceField(Whistle.Reason.choices)
    need = serializers.CharField(max_length=1000)
    lead = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    assistants = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), required=False, max_length=100
    )

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """One of the two; the words of a new problem only with the alliance."""
        item = words.get("item")
        if (item is None) == ("alliance" not in words):
            raise serializers.ValidationError({"item": ["请写明事项，或写明联合体和新事项的标题，二者择一。"]})
        if item is None and not words.get("title"):
            raise serializers.ValidationError({"title": ["请写明什么事。"]})
        if item is not None and {"title", "category", "place", "for_resident"} & set(words):
            raise serializers.ValidationError({"title": ["已有事项的内容不在吹哨时改写。"]})
        return words


class DepartmentSerializer(serializers.Serializer):
    organization = serializers.IntegerField(min_value=1, max_value=2**63 - 1)


class WordSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class SaidSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=1000)


class PassedOnSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000)
    where_next = serializers.CharField(max_length=1000)


class OfDepartmentSerializer(serializers.Serializer):
    """The caller's word on one call."""

    call = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    satisfied = serializers.BooleanField()
    remark = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class EvaluationSerializer(serializers.Serializer):
    solved = serializers.BooleanField()
    satisfied = serializers.BooleanField()
    remark = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    departments = OfDepartmentSerializer(many=True)

    def validate_departments(self, rows: list[dict[str, Any]]) -> dict[int, tuple[bool, str]]:
        """Call id -> satisfied, remark; each once."""
        said = {row["call"]: (row["satisfied"], row.get("remark", "")) for row in rows}
        if len(said) != len(rows):
            raise serializers.ValidationError("同一部门只评价一次。")
        return said
