"""Points for one's own eyes: browser sessions only, no key reads them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from listings.filters.point import PointFilter
from listings.models import Help
from listings.serializers.point import PointSerializer
from members.rest import ScopedViewSet


class PointViewSet(ScopedViewSet):
    """One's own points, and those of the people of the organisations that one speaks for. No order by points."""

    queryset = Help.objects.select_related("item", "person")
    serializer_class = PointSerializer
    filterset_class = PointFilter
    ordering = ("-id",)
    ordering_fields = ("id",)

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things.earning()
