"""The shapes of lists and signatures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance
from listings.models import Listing
from listings.models.listing import Kind
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape


class ListingSerializer(Shape):
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


class ListingSetSerializer(serializers.Serializer):
    alliance = Visible(Alliance)
    period_from = serializers.DateField()
    period_to = serializers.DateField()


class ArrangementSerializer(serializers.Serializer):
    order = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=1000
    )


class WordedSerializer(serializers.Serializer):
    name = serializers.CharField()
    word = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class RewordedSerializer(serializers.Serializer):
    """An item and the fields that read otherwise."""

    item = serializers.IntegerField()
    title = serializers.CharField()
    fields_changed = WordedSerializer(many=True)

    def to_representation(self, pair: Any) -> dict[str, Any]:
        item, fields = pair
        return {"item": item.pk, "title": item.title, "fields_changed": WordedSerializer(fields, many=True).data}


class DifferenceSerializer(serializers.Serializer):
    """Against the version before: ids of items added and dropped, items that read otherwise, how many read the same."""

    added = serializers.ListField(child=serializers.IntegerField())
    dropped = serializers.ListField(child=serializers.IntegerField())
    changed = RewordedSerializer(many=True)
    same = serializers.IntegerField(allow_null=True)

    def to_representation(self, found: Any) -> dict[str, Any]:
        if found is None:
            return {"added": [], "dropped": [], "changed": [], "same": 0}
        return {
            "added": [item.pk for item in found.added],
            "dropped": [one.item_id for one in found.dropped],
            "changed": RewordedSerializer(found.changed, many=True).data,
            "same": found.same,
        }


class SignatureSerializer(serializers.Serializer):
    """``organization`` may be left out by who speaks for one member only."""

    organization = Visible(Organization, required=False)
