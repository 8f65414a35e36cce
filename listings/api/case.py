"""Joint cases and their records for programs: the same verbs as the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from listings.api.scope import READS_ITEMS
from listings.filters.whistle import CaseFilter, RecordFilter
from listings.models import JointCase, Record
from listings.serializers import case as shapes
from listings.transitions import case as verbs
from members.mouths import demand, fetch
from members.rest import ScopedViewSet
from members.scope import rights_of

READS: dict[str, Any] = {"list": READS_ITEMS, "retrieve": READS_ITEMS}


class CaseViewSet(ScopedViewSet):
    """Joint cases (联动办案、专项行动) with their measures and the totals by period."""

    queryset = JointCase.objects.prefetch_related("takings", "measures__records")
    serializer_class = shapes.CaseSerializer
    filterset_class = CaseFilter
    ordering = ("-begun_on", "-id")
    ordering_fields = ("begun_on", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = READS

    @extend_schema(request=shapes.BeginSerializer, responses={201: shapes.CaseSerializer})
    def create(self, request: Request) -> Response:
        """Begin a joint case: 201."""
        words = self.said(shapes.BeginSerializer)
        alliance = words.pop("alliance")
        demand(alliance, request.user, "convenable_by", "led_by")
        made = verbs.begin(alliance, **words, by=request.user, at=timezone.now())
        return Response(self.get_serializer(self.anew(made)).data, HTTPStatus.CREATED)

    @extend_schema(request=shapes.TakeInSerializer)
    @action(detail=True, methods=["post"], url_path="take-in")
    def take_in(self, request: Request, pk: str) -> Response:
        return self.act("extendable_by", verbs.take_in, who="steered_by", takes=shapes.TakeInSerializer)

    @extend_schema(request=shapes.NewMeasureSerializer)
    @action(detail=True, methods=["post"], url_path="measure-by")
    def measure_by(self, request: Request, pk: str) -> Response:
        return self.act("extendable_by", verbs.measure_by, who="steered_by", takes=shapes.NewMeasureSerializer)

    @extend_schema(request=shapes.NewRecordSerializer)
    @action(detail=True, methods=["post"])
    def record(self, request: Request, pk: str) -> Response:
        """By a department that takes part, for itself. 409 ``already_recorded`` for a period that it has entered."""
        return self.act("recordable_by", self._record, who="taken_part_in_by", takes=shapes.NewRecordSerializer)

    def _record(self, case: JointCase, **words: Any) -> Record:
        if words["organization"].pk not in rights_of(self.request.user).organizations:
            raise PermissionDenied(_("只能登记本部门的成效。"))
        words["measure"] = fetch(case.measures.all(), words["measure"])
        return verbs.record(case, **words)

    @extend_schema(request=shapes.CloseCaseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.act("closable_by", verbs.close_case, who="steered_by", takes=shapes.CloseCaseSerializer)


class RecordViewSet(ScopedViewSet):
    """What departments have recorded in joint cases, counter entries included."""

    queryset = Record.objects.select_related("measure__case")
    serializer_class = shapes.RecordSerializer
    filterset_class = RecordFilter
    ordering = ("-id",)
    ordering_fields = ("updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = READS

    @extend_schema(request=shapes.CorrectSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """Take the line back, with ``value`` enter the right one. 409 ``reversed`` where it does not stand any more."""
        return self.act("correctable_by", verbs.correct, who="own_of", takes=shapes.CorrectSerializer)
