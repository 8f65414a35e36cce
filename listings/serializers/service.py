"""The shapes of the service catalogue."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from alliances.models import Alliance
from alliances.serializers.fields import Scoped
from listings.models import Item, Service
from listings.projects import choices
from listings.serializers.fields import Visible
from members.models import Organization, Region
from members.shapes import Shape

WORDS = ("title", "category", "basis", "steps", "documents", "wants", "working_days", "counter", "phone", "grid")


class ServiceSerializer(Shape):
    """Phones are masked."""

    phone = serializers.CharField(source="masked_phone", read_only=True)

    class Meta:
        model = Service
        fields = (
            "id", "state", "open_moves", "department", "region", *WORDS, "version", "revised_on", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewServiceSerializer(serializers.ModelSerializer):
    """Of which department, for its own region unless a place beneath it is given."""

    department = Visible(Organization)
    region = serializers.PrimaryKeyRelatedField(queryset=Region.objects.all(), required=False)

    class Meta:
        model = Service
        fields = ("department", "region", *WORDS)
        validators: ClassVar[list[Any]] = []  # one service a title: the verb says so


class ReviseServiceSerializer(serializers.ModelSerializer):
    class Meta:
        model = Service
        fields = WORDS
        extra_kwargs: ClassVar[dict[str, Any]] = {name: {"required": False} for name in WORDS}
        validators: ClassVar[list[Any]] = []


class BeginServiceSerializer(serializers.ModelSerializer):
    """In which alliance and for whom; what is particular about it."""

    alliance = Scoped(lambda user, service: choices.alliances_for(service, user), Alliance)
    asked_by = Scoped(lambda user, _service: choices.askers_of(user), Organization)

    class Meta:
        model = Item
        fields = ("alliance", "asked_by", "detail", "place", "for_resident")
