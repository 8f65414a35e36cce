"""The shapes of rules and checklists."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance, ChecklistMark, ChecklistRow, RuleSet
from alliances.serializers.fields import Scoped
from alliances.transitions.rules import RULES
from members.rest import ReasonSerializer
from members.shapes import Shape


class RuleSetSerializer(Shape):
    """The rules that hold in a region; ``owner`` is the region whose they are, null for the general ones."""

    region = serializers.CharField(source="place", read_only=True)
    owner = serializers.CharField(source="region_id", read_only=True, allow_null=True)
    updated_at = serializers.DateTimeField(read_only=True, allow_null=True)

    class Meta:
        model = RuleSet
        fields = ("region", "owner", *RULES, "updated_at")
        read_only_fields = fields

    def to_representation(self, region: Any) -> dict[str, Any]:
        rules = RuleSet.objects.for_region(region.pk)
        rules.place = region.pk
        rules.updated_at = rules.updated_at if rules.pk else None  # the general rules as they came
        return super().to_representation(rules)


class RulesSerializer(serializers.ModelSerializer):
    class Meta:
        model = RuleSet
        fields = RULES
        extra_kwargs = {name: {"required": False} for name in RULES}


class ChangeRulesSerializer(ReasonSerializer):
    """``rules`` names what is to change."""

    rules = RulesSerializer()


class FillChecklistSerializer(ReasonSerializer):
    """``texts``: position -> words."""

    texts = serializers.DictField(child=serializers.CharField(max_length=120, allow_blank=True))


class ChecklistSerializer(Shape):
    """A row of the checklist with how the alliance stands with it (null: not marked)."""

    standing = serializers.SerializerMethodField()
    remark = serializers.SerializerMethodField()

    class Meta:
        model = ChecklistRow
        fields = ("id", "group", "position", "text", "standing", "remark")
        read_only_fields = fields

    def get_standing(self, row: ChecklistRow) -> str | None:
        said = self.context["marks"].get(row.pk)
        return said.standing if said else None

    def get_remark(self, row: ChecklistRow) -> str:
        said = self.context["marks"].get(row.pk)
        return said.remark if said else ""


def filled_rows(user: Any, alliance: Alliance) -> Any:
    return ChecklistRow.objects.for_region(alliance.region_id).filled()


class MarkSerializer(serializers.Serializer):
    row = Scoped(filled_rows, ChecklistRow)
    standing = serializers.ChoiceField(choices=ChecklistMark.Standing.choices)
    remark = serializers.CharField(max_length=200, required=False, allow_blank=True)

