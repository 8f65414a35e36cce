"""The shapes of items."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from alliances.models import Skill
from alliances.serializers.fields import Scoped
from listings.choices import responsible_for
from listings.duplicates import Alike
from listings.forms.item import askers
from listings.models import Item, Listing
from listings.serializers.fields import Visible
from members.choosing import CODE
from members.models import Organization, Region
from members.shapes import Shape


class ItemSerializer(Shape):
    """An item as a flat object. Its moments are told in universal time."""

    taken: Any = serializers.SerializerMethodField()

    class Meta:
        model = Item
        fields = (
            "id", "number", "state", "open_moves", "kind", "title", "detail", "category", "urgency", "site", "place",
            "wants", "skills", "capacity", "taken", "due_on", "paused_at", "supervision", "asked_by", "for_resident",
            "origin", "responsible", "external_id", "answered_by", "duplicate_of", "decision", "parent", "reopens",
            "came_from", "addendum", "listing", "alliance", "region", "collected_on", "first_claimed_on", "done_on",
            "confirmed_on", "satisfaction", "on_behalf", "goes_to", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_taken(self, item: Any) -> int:
        # counted now where the item was fetched without
        counted: Any = item if hasattr(item, "taken") else Item.objects.with_counts().get(pk=item.pk)
        return counted.taken


class SkillsField(serializers.ListField):
    """Words of the vocabulary of double registration, each once."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(child=serializers.ChoiceField(choices=Skill.choices), max_length=20, required=False, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class PlaceField(serializers.Field):
    """The division code of a community or a wider place; "" for none of its own."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def to_internal_value(self, data: Any) -> Region | None:
        if data == "":
            return None
        known = isinstance(data, str) and re.fullmatch(CODE, data)
        found = Region.objects.filter(code=data).first() if known else None
        if found is None:
            raise serializers.ValidationError(["没有这个区划代码。"])
        return found

    def to_representation(self, value: Any) -> str:
        return str(value.pk)


class NewItemSerializer(serializers.ModelSerializer):
    """What is written down on a list. A program gives ``external_id``: the same again is the same item.

    ``duplicate_of`` is an item of the same alliance that the asker says to be the same need (see ``similar``).
    """

    site = PlaceField()
    skills = SkillsField()
    duplicate_of = Visible(Item, required=False)
    listing = Visible(Listing)
    asked_by = Visible(Organization, required=False)

    class Meta:
        model = Item
        fields = (
            "listing", "asked_by", "title", "detail", "category", "urgency", "site", "place", "wants", "skills",
            "capacity", "due_on", "for_resident", "external_id", "duplicate_of",
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

    site = PlaceField()
    skills = SkillsField()

    class Meta:
        model = Item
        fields = (
            "title", "detail", "category", "urgency", "site", "place", "wants", "skills", "capacity", "due_on",
        )  # fmt: skip
        extra_kwargs: ClassVar[dict[str, Any]] = {
            name: {"required": False} for name in fields if name not in {"site", "skills"}
        }


class FindingSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class StudySerializer(FindingSerializer):
    """What was found: what kind of matter it is, how urgent, and whose by its duties (归口)."""

    category = serializers.ChoiceField(choices=Item.Category.choices, required=False)
    urgency = serializers.ChoiceField(choices=Item.Urgency.choices, required=False)
    responsible = Scoped(lambda _user, item: responsible_for(item), Organization, required=False)


class LinkSerializer(serializers.Serializer):
    item = Visible(Item)


class JoinSerializer(FindingSerializer):
    item = Visible(Item)


class AlikeSerializer(serializers.Serializer):
    """An item that asks for nearly the same: how alike the titles are (0-1), and why it is named."""

    item = serializers.IntegerField(source="item.pk")
    number = serializers.CharField(source="item.number")
    title = serializers.CharField(source="item.title")
    state = serializers.CharField(source="item.state")
    alliance = serializers.IntegerField(source="item.alliance_id")
    likeness = serializers.SerializerMethodField()
    reasons = serializers.ListField(child=serializers.CharField())

    def get_likeness(self, alike: Alike) -> float:
        return round(alike.likeness, 4)
