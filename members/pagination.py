"""Lists in pages of constant cost: ``{"next", "previous", "results"}`` by cursor, at most 100 rows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db import DataError
from django.db.models import QuerySet
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request


class CursorPages(CursorPagination):
    """The view names ``ordering`` (its default) and ``ordering_fields`` (the white list of ``?ordering=``).

    Any other ordering and a cursor that we did not give are 422.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    ordering = ("-id",)

    def get_ordering(self, request: Request, queryset: QuerySet, view: Any) -> tuple[str, ...]:
        asked = request.query_params.get("ordering")
        if view is None or not asked:
            default = getattr(view, "ordering", None) or self.ordering
            return (default,) if isinstance(default, str) else tuple(default)
        allowed = getattr(view, "ordering_fields", ())
        if asked.removeprefix("-") not in allowed:
            raise ValidationError(
                {"ordering": [f"只能是：{'、'.join(allowed)}" if allowed else "这个列表不能另行排序。"]}
            )
        return (asked, "pk" if not asked.startswith("-") else "-pk")

    def paginate_queryset(self, queryset: Any, request: Request, view: Any = None) -> list[Any] | None:
        try:
            return super().paginate_queryset(queryset, request, view)
        except (NotFound, ValueError, TypeError, Invalid, DataError) as odd:
            if self.cursor_query_param not in request.query_params:
                raise
            raise ValidationError({"cursor": ["不是本系统给出的游标。"]}) from odd
