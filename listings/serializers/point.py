"""Points as REST tells them."""

from __future__ import annotations

from rest_framework import serializers

from listings.models import Help
from members.shapes import Shape


class PointSerializer(Shape):
    """A point: who lent a hand, on which day, with which confirmed item."""

    name = serializers.CharField(source="person.name", read_only=True)
    title = serializers.CharField(source="item.title", read_only=True)
    confirmed_on = serializers.DateField(source="item.confirmed_on", read_only=True)

    class Meta:
        model = Help
        fields = ("id", "person", "name", "item", "title", "served_on", "confirmed_on", "updated_at")
        read_only_fields = fields
