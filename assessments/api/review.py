"""REST over the year, the quarter and four eyes: for browser sessions only, so no view names a key's scope."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import approvals, transitions
from assessments.api.scheme import BranchSerializer, IndicatorSerializer, SchemeActions, branches_of
from assessments.api.year import YearActions
from assessments.filters import ApprovalFilter, SchemeFilter
from assessments.models import Rating, Scheme
from assessments.sheets import task_of
from members.models import Approval
from members.mouths import demand
from members.rest import ApprovalSerializer, NothingSerializer, ReasonSerializer, ScopedViewSet
from members.shapes import Shape


class SchemeSerializer(Shape):
    indicators = IndicatorSerializer(many=True, read_only=True)
    groups = serializers.SerializerMethodField()
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Scheme
        fields = (
            "id", "state", "open_moves", "region", "year", "title", "cut_off", "member_weight", "excellent_from",
            "good_from", "fair_from", "report_days", "report_by", "appeal_days", "appeals_until", "document_number",
            "supplement_share", "groups", "published_on", "digest", "indicators", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


    @extend_schema_field(BranchSerializer(many=True))
    def get_groups(self, scheme: Scheme) -> Any:
        return BranchSerializer(branches_of(scheme), many=True).data


class AnswerSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class RefusalSerializer(serializers.Serializer):
    answer = serializers.CharField(max_length=500)


class RateSerializer(serializers.Serializer):
    alliance = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    organization = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    direction = serializers.ChoiceField(choices=Rating.Direction.choices)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class RatingSerializer(Shape):
    class Meta:
        model = Rating
        fields = ("id", "alliance", "organization", "direction", "score", "reason", "at")
        read_only_fields = fields


class PublishSerializer(ReasonSerializer):
    """``document_number`` stands on the notice."""

    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True, default="")


class AssessmentViewSet(SchemeActions, YearActions):
    """Yearly schemes (考核方案)."""

    queryset = Scheme.objects.all()
    serializer_class = SchemeSerializer
    filterset_class = SchemeFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("indicators")

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        """Ask a second person to let the weights take effect."""
        transitions.complete_or_refuse(self.get_object())
        return self.ask_second_person("schemes.open", "openable_by", who="directed_by")

    @extend_schema(request=NothingSerializer, responses=SchemeSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.act("closable_by", transitions.close, who="directed_by")

    @extend_schema(request=PublishSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        """Ask a second person to publish exactly these results."""
        scheme = self.get_object()
        demand(scheme, request.user, "publishable_by", "directed_by")
        words = self.said(PublishSerializer)
        who: Any = request.user
        approval = transitions.propose_publication(scheme, by=who, at=timezone.now(), **words)
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=RateSerializer, responses={201: RatingSerializer})
    @action(detail=True, methods=["post"])
    def ratings(self, request: Request, pk: str) -> Response:
        """One rating of a pair of one's own sheet."""
        scheme = self.get_object()
        words = self.said(RateSerializer)
        demand(scheme, request.user, "ratable_by", "visible_to")
        pair = task_of(scheme, request.user, words["direction"], words.pop("alliance"), words.pop("organization"))
        if pair is None:
            raise Http404
        who: Any = request.user
        rating = transitions.rate(scheme, pair.alliance, pair.organization, by=who, at=timezone.now(), **words)
        return Response(RatingSerializer(rating).data, status=status.HTTP_201_CREATED)


class ApprovalViewSet(ScopedViewSet):
    """What waits for a second person, and what was decided (双人复核)."""

    queryset = Approval.objects.select_related("thing_type")
    serializer_class = ApprovalSerializer
    filterset_class = ApprovalFilter
    ordering = ("-id",)
    ordering_fields = ("id", "proposed_at")

    @extend_schema(request=AnswerSerializer, responses=ApprovalSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """Agree: what was proposed happens now. 403 for who proposed it."""
        return self.act("approvable_by", approvals.approve, who="seconded_by", takes=AnswerSerializer)

    @extend_schema(request=RefusalSerializer, responses=ApprovalSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("approvable_by", approvals.refuse, who="seconded_by", takes=RefusalSerializer)
