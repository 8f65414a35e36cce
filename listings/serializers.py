"""What programs read and write of lists, items and claims."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from alliances.models import Alliance
from listings.forms import askers
from listings.models import Claim, Item, Listing
from listings.models.listing import Kind
from members.models import Organization


@extend_schema_field(OpenApiTypes.INT)
class Visible(serializers.PrimaryKeyRelatedField):
    """The id of something that the caller may see; anything else is a 404, in a body as in a path."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        self.model = model
        super().__init__(queryset=model._default_manager.all() if model else None, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("incorrect_type", data_type=type(data).__name__)
        text = str(data)
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise Http404
        found = self.model._default_manager.visible_to(self.context["request"].user).filter(pk=int(text)).first()
        if found is None:
            raise Http404
        return found


class ListingSerializer(serializers.ModelSerializer):
    signatures = serializers.SerializerMethodField()

    class Meta:
        model = Listing
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "period_from", "period_to", "version",
            "previous", "lead_signed_on", "signed_on", "signatures", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_signatures(self, listing: Listing) -> list[dict[str, Any]]:
        return [
            {"organization": one.organization_id, "signed_on": one.signed_on, "silent": one.silent}
            for one in listing.signatures.all()
        ]


class NewListingSerializer(serializers.Serializer):
    alliance = Visible(Alliance)
    kind = serializers.ChoiceField(Kind.choices)
    period_from = serializers.DateField()
    period_to = serializers.DateField()


class SignatureSerializer(serializers.Serializer):
    """``organization`` may be left out by who speaks for one member only."""

    organization = Visible(Organization, required=False)


class ItemSerializer(serializers.ModelSerializer):
    """An item as a flat object; written out by hand because lists of it are what programs read most."""

    taken = serializers.IntegerField(read_only=True)

    class Meta:
        model = Item
        fields = (
            "id", "number", "state", "open_moves", "kind", "title", "detail", "category", "place", "wants", "capacity",
            "taken", "due_on", "asked_by", "for_resident", "external_id", "answered_by", "addendum", "listing",
            "alliance", "region", "collected_on", "first_claimed_on", "done_on", "confirmed_on", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    COPIED: ClassVar[dict[str, str]] = {
        name: f"{name}_id" if name in {"asked_by", "answered_by", "listing", "alliance", "region"} else name
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


class ClaimSerializer(serializers.ModelSerializer):
    region = serializers.CharField(source="item.region_id", read_only=True)
    alliance = serializers.IntegerField(source="item.alliance_id", read_only=True)

    class Meta:
        model = Claim
        fields = (
            "id", "state", "open_moves", "item", "alliance", "region", "organization", "role", "promised_on", "support",
            "claimed_at", "finished_at", "outcome", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewClaimSerializer(serializers.Serializer):
    """Who claims, and how. ``role`` left out: the lead if it is free, else assistance."""

    organization = Visible(Organization)
    role = serializers.ChoiceField(Claim.Role.choices, required=False, allow_null=True)
    promised_on = serializers.DateField(required=False, allow_null=True)
    support = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    wait = serializers.BooleanField(default=False)


class ReportSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=1000)


class OutcomeSerializer(serializers.Serializer):
    outcome = serializers.CharField(max_length=1000, required=False, allow_blank=True)
