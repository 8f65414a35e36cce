"""Lists in pages of constant cost: ``{"next", "previous", "results"}`` by cursor, at most 100 rows."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError as Invalid
from django.db import DataError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from rest_framework.exceptions import NotFound, ValidationError
from rest_framework.pagination import CursorPagination
from rest_framework.request import Request

SINCE = "只要 updated_at 不早于此刻的；只写日期则从北京时间当天零时起"


def moved_at(view: Any) -> str | None:
    """The path to the moment at which a row of the view was last changed; None where rows are reckoned, not stored."""
    return getattr(view, "moved_at", "updated_at")


def orderings(view: Any) -> tuple[str, ...]:
    """The white list of a view's ``?ordering=``."""
    named = tuple(getattr(view, "ordering_fields", ()))
    return named if "updated_at" in named or moved_at(view) != "updated_at" else (*named, "updated_at")


def _asked(name: str, schema: dict[str, Any], description: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "schema": schema, "description": str(description)}


class CursorPages(CursorPagination):
    """The view names ``ordering`` (its default) and ``ordering_fields`` (the white list of ``?ordering=``; what has a
    moment of its last change can also be ordered by that).

    Any other ordering and a cursor that we did not give are 422.
    """

    page_size = 50
    page_size_query_param = "page_size"
    max_page_size = 100
    offset_cutoff = 10_000_000  # rows of one import share a moment: a lower bound would give the same page for ever
    ordering = ("-id",)

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """What every list takes besides its own filters, for the OpenAPI document."""
        orders = [f"{sign}{name}" for name in orderings(view) for sign in ("", "-")]
        size = {"type": "integer", "minimum": 1, "default": self.page_size}
        since = {"type": "string", "anyOf": [{"format": "date-time"}, {"format": "date"}]}
        dated = [_asked("updated_since", since, _(SINCE))] if moved_at(view) else []
        return [
            _asked("cursor", {"type": "string"}, _("上一页或下一页的游标，照 next、previous 原样使用")),
            _asked("page_size", size, _("每页条数，最多 100：再多也按 100 回答")),
            _asked("ordering", {"type": "string", "enum": orders}, _("排序")),
            *dated,
        ]

    def get_page_size(self, request: Request) -> int | None:
        asked = request.query_params.get(self.page_size_query_param) if self.page_size_query_param else None
        if asked is not None and not (asked.isascii() and asked.isdigit() and int(asked[:9]) > 0):
            raise ValidationError({"page_size": ["须是正整数。"]})
        return super().get_page_size(request)

    def get_ordering(self, request: Request, queryset: QuerySet, view: Any) -> tuple[str, ...]:
        asked = request.query_params.get("ordering")
        if view is None or asked is None:
            default = getattr(view, "ordering", None) or self.ordering
            return (default,) if isinstance(default, str) else tuple(default)
        allowed = orderings(view)
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
