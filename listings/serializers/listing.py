"""The shapes of lists and signatures."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance
from listings.models import Listing
from listings.models.listing import Kind
from listings.serializers.fields import Visible
from members.models import Organization


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
