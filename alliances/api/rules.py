"""REST over the rules of regions, and over an alliance's checklist."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.models import ChecklistMark, ChecklistRow
from alliances.serializers import rules as shapes
from members.models import ApiClient, Region
from members.mouths import demand
from members.rest import ApprovalSerializer, ScopedViewSet

REGISTER = ApiClient.Scope.REGISTER_READ.value


class RuleSetViewSet(ScopedViewSet):
    """The rules (地区规则) that hold in a region, by its code; the list names the regions that have their own."""

    queryset = Region.objects.all()
    serializer_class = shapes.RuleSetSerializer
    scopes: ClassVar[dict[str, Any]] = {"list": REGISTER, "retrieve": REGISTER}
    lookup_field = "code"
    lookup_value_regex = "[0-9]{1,12}"
    ordering = ("code",)
    ordering_fields = ("code",)
    moved_at = "rule_set__updated_at"

    def get_queryset(self) -> QuerySet:
        regions = super().get_queryset()
        return regions.filter(rule_set__isnull=False) if self.action == "list" else regions

    def get_object(self) -> Region:
        region: Region | None = self.get_queryset().filter(pk=self.kwargs["code"]).first()
        if region is None:
            raise Http404
        self.demand_unchanged(region)
        return region

    @extend_schema(request=shapes.ChangeRulesSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, code: str) -> Response:
        """A department proposes rules; another person approves."""
        return self.ask(verbs.propose_rules, shapes.ChangeRulesSerializer, "rules")

    @extend_schema(request=shapes.FillChecklistSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"], url_path="fill-checklist")
    def fill_checklist(self, request: Request, code: str) -> Response:
        """A department words its checklist; another person approves."""
        return self.ask(verbs.propose_checklist, shapes.FillChecklistSerializer, "texts")

    def ask(self, verb: Any, takes: Any, what: str) -> Response:
        region = self.get_object()
        demand(region, self.request.user, "directed_by")
        words = self.said(takes)
        asked = verb(region, dict(words[what]), by=self.request.user, at=timezone.now(), reason=words["reason"])
        return Response(ApprovalSerializer(asked).data, status=status.HTTP_202_ACCEPTED)


class ChecklistActions(AllianceScopedViewSet):
    """The actions of the alliances' viewset that concern the region's checklist."""

    @extend_schema(responses=shapes.ChecklistSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def checklist(self, request: Request, pk: str) -> Response:
        return self.checklist_of(self.get_object())

    @extend_schema(request=shapes.MarkSerializer, responses=shapes.ChecklistSerializer(many=True))
    @action(detail=True, methods=["post"])
    def mark(self, request: Request, pk: str) -> Response:
        """The lead says how the alliance stands with one row; 200 with the whole checklist."""
        alliance = self.get_object()
        demand(alliance, request.user, "markable_by", "led_by")
        verbs.mark(alliance, **self.said(shapes.MarkSerializer), **self.now())
        return self.checklist_of(alliance)

    def checklist_of(self, alliance: Any) -> Response:
        marks = {said.row_id: said for said in ChecklistMark.objects.filter(alliance=alliance)}
        rows = ChecklistRow.objects.for_region(alliance.region_id).filled()
        return Response(shapes.ChecklistSerializer(rows, many=True, context={"marks": marks}).data)
