"""The shapes of matches and of what is ranked for a need."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.choices import members_of
from alliances.serializers.fields import Scoped
from listings.matching import Ranked
from listings.models import Item, Match
from listings.serializers.fields import Visible
from listings.supply import ITEM
from members.models import Organization
from members.shapes import Shape


class MatchSerializer(Shape):
    region = serializers.CharField(source="need.region_id", read_only=True)
    alliance = serializers.IntegerField(source="need.alliance_id", read_only=True)

    class Meta:
        model = Match
        fields = (
            "id", "state", "open_moves", "need", "resource", "organization", "share", "claim", "alliance", "region",
            "offered_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PartSerializer(serializers.Serializer):
    """One part of a score, of ``most`` points at most, and why."""

    name = serializers.CharField()
    points = serializers.IntegerField()
    most = serializers.IntegerField()
    why = serializers.CharField()


class RankedSerializer(serializers.Serializer):
    """What could meet a need: a resource (null: the organisation's people), its points and their parts."""

    resource = serializers.SerializerMethodField()
    organization = serializers.IntegerField(source="resource.organization")
    title = serializers.CharField(source="resource.title")
    free = serializers.IntegerField(source="resource.free")
    capacity = serializers.IntegerField(source="resource.capacity")
    points = serializers.IntegerField()
    parts = PartSerializer(many=True)

    def get_resource(self, ranked: Ranked) -> int | None:
        return ranked.resource.id if ranked.resource.kind == ITEM else None


class NewMatchSerializer(serializers.Serializer):
    """Which member is asked to meet the need, with so many parts of which resource (left out: with its people)."""

    organization = Scoped(lambda _user, need: members_of(need.alliance), Organization)
    resource = Visible(Item, required=False, allow_null=True)
    share: Any = serializers.IntegerField(min_value=1, max_value=99, required=False)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WithdrawSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)
