"""REST over what an alliance is told of itself: its lights and its letters. For browser sessions only."""

from __future__ import annotations

from rest_framework import serializers

from assessments.filters import LetterFilter, RowFilter
from assessments.models import Letter, ReviewRow
from members.rest import ScopedViewSet
from members.shapes import Shape


class LightSerializer(Shape):
    as_of = serializers.DateField(source="run.as_of", read_only=True)
    updated_at = serializers.DateTimeField(source="run.updated_at", read_only=True)

    class Meta:
        model = ReviewRow
        fields = ("id", "alliance", "run", "as_of", "light", "values", "updated_at")
        read_only_fields = fields


class LightViewSet(ScopedViewSet):
    """How alliances stood after each review (状态灯): to those above, the lead and the members; never a ranking."""

    queryset = ReviewRow.objects.complete().select_related("run")
    serializer_class = LightSerializer
    filterset_class = RowFilter
    ordering = ("-id",)
    ordering_fields = ("id",)
    moved_at = "run__updated_at"


class LetterSerializer(Shape):
    number = serializers.CharField(read_only=True)
    title = serializers.CharField(read_only=True)

    class Meta:
        model = Letter
        fields = (
            "id", "alliance", "proposal", "region", "issuer", "kind", "title", "number", "issued_on", "reason",
            "content", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class LetterViewSet(ScopedViewSet):
    """Notice letters to alliances (通知书)."""

    queryset = Letter.objects.all()
    serializer_class = LetterSerializer
    filterset_class = LetterFilter
    ordering = ("-id",)
    ordering_fields = ("id", "issued_on", "updated_at")
