"""The shapes of saved views."""

from __future__ import annotations

from typing import ClassVar

from rest_framework import serializers

from listings.models import SavedView
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape


class SavedViewSerializer(Shape):
    address = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = SavedView
        fields = ("id", "name", "look", "query", "organization", "address", "updated_at")
        read_only_fields = fields


class NewSavedViewSerializer(serializers.ModelSerializer):
    organization = Visible(Organization, required=False, allow_null=True)

    class Meta:
        model = SavedView
        fields = ("name", "look", "query", "organization")
        validators: ClassVar[list[object]] = []
