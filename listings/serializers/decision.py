"""The shape of a decision with the items that it became."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from alliances.serializers import meeting as shapes
from listings.models import Item
from listings.models.listing import Kind
from listings.serializers.item import PlaceField, SkillsField
from listings.transitions.decision import KINDS


class DecisionSerializer(shapes.ResolvedSerializer):
    """``items``: those that the caller may see."""

    items: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta(shapes.ResolvedSerializer.Meta):
        fields = (*shapes.ResolvedSerializer.Meta.fields, "items")
        read_only_fields = fields


class EnactSerializer(serializers.ModelSerializer):
    """Onto which list; words that are left out are the decision's own."""

    site = PlaceField()
    skills = SkillsField()
    kind = serializers.ChoiceField(choices=[(Kind(kind).value, kind.label) for kind in KINDS])

    class Meta:
        model = Item
        fields = (
            "kind", "title", "detail", "category", "urgency", "site", "place", "wants", "skills", "capacity", "due_on",
        )  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {"title": {"required": False}}
