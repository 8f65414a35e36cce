"""What the audit and the security administrator read. Nobody changes it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase

from members.filters import DenialFilter, StepFilter
from members.models import Denial, Step
from members.pages import ListPage
from members.words import deed


class DenialListView(ListPage):
    """Refused requests and failed log-ins."""

    model = Denial
    filterset_class = DenialFilter
    template_name = "members/denial_list.html"
    ordering = ("-id",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and request.user.duty not in {"security", "audit"}:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("user", "client")


class StepListView(ListPage):
    """What was done: everything for the audit administrator, one's own deeds for everybody else."""

    model = Step
    filterset_class = StepFilter
    template_name = "members/step_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("by", "client", "thing_type")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"rows": [(step, deed(step)) for step in context["object_list"]]}
