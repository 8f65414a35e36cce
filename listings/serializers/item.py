"""The shapes of items."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from listings.forms.item import askers
from listings.models import Item, Listing
from listings.serializers.fields import Visible
from members.models import Organization


class ItemSerializer(serializers.ModelSerializer):
    """An item as a flat object; written out by hand because lists of it are what programs read most."""

    taken = serializers.IntegerField(read_only=True)

    class Meta:
        model = Item
        fields = (
            "id", "number", "state", "open_moves", "kind", "title", "detail", "category", "place", "wants", "capacity",
            "taken", "due_on", "asked_by", "for_resident", "external_id", "answered_by", "decision", "addendum",
            "listing", "alliance", "region", "collected_on", "first_claimed_on", "done_on", "confirmed_on", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    COPIED: ClassVar[dict[str, str]] = {
        name: f"{name}_id" if name in {"asked_by", "answered_by", "decision", "listing", "alliance", "region"} else name
        for name in Meta.fields
        if name not in {"taken", "open_moves"}
    }

    def to_representation(self, item: Item) -> dict[str, Any]:
        found = {name: getattr(item, source) for name, source in self.COPIED.items()}
        return found | {"open_moves": item.open_moves, "taken": getattr(item, "taken", None)}


class NewItemSerializer(serializers.ModelSerializer):
    """What is written down on a list. A program gives ``external_id``: the same again is the same item."""

    listing = Visible(Listing)
    asked_by = Visible(Organization, required=False)

    class Meta:
        model = Item
        fields = (
            "listing", "asked_by", "title", "detail", "category", "place", "wants", "capacity", "due_on",
            "for_resident", "external_id",
        )  # fmt: skip
        validators: ClassVar[list[Any]] = []  # one item an external id: the verb returns the one that is there

    def validate(self, words: dict[str, Any]) -> dict[str, Any]:
        """For whom it is asked: given, or the only organisation for which the caller may ask."""
        choices = askers(words["listing"], self.context["request"].user)
        asked_by = words.get("asked_by")
        if asked_by is None:
            found = list(choices[:2])
            if len(found) != 1:
                raise serializers.ValidationError({"asked_by": ["请写明提出单位。"]})
            words["asked_by"] = found[0]
        return words


class WordsSerializer(serializers.ModelSerializer):
    """Corrections of an item's words."""

    class Meta:
        model = Item
        fields = ("title", "detail", "category", "place", "wants", "capacity", "due_on")
        extra_kwargs: ClassVar[dict[str, Any]] = {name: {"required": False} for name in fields}


class FindingSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class LinkSerializer(serializers.Serializer):
    item = Visible(Item)


class SatisfiedSerializer(serializers.Serializer):
    satisfied = serializers.BooleanField(default=True)
