"""REST over orders to rectify and the appeals against them, for browser sessions only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from alliances.filters.rectification import RectificationAppealFilter, RectificationFilter
from alliances.models import Rectification, RectificationAppeal, RectificationPart
from alliances.serializers.alliance import RemarkSerializer
from alliances.serializers.fields import Scoped
from alliances.transitions import appeal as appeals
from alliances.transitions import rectification as verbs
from assessments.appeals import lodge
from members.mouths import demand
from members.rest import ReasonSerializer
from members.shapes import Shape


class RectificationPartSerializer(Shape):
    class Meta:
        model = RectificationPart
        fields = ("id", "what", "who", "due_on", "done_on")
        read_only_fields = ("id", "done_on")


class RectificationSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    parts = RectificationPartSerializer(many=True, read_only=True)

    class Meta:
        model = Rectification
        fields = (
            "id", "state", "open_moves", "alliance", "region", "ordered_on", "due_on", "recheck_on", "reason",
            "measures", "plan", "planned_on", "accepted_on", "ready_on", "ended_on", "passed", "appeal_until", "parts",
            "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class RectificationAppealSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = RectificationAppeal
        fields = (
            "id", "state", "open_moves", "rectification", "alliance", "region", "addressed_to", "text", "lodged_on",
            "opinion", "forwarded_on", "answer", "decided_on", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class RectificationPlanSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000)
    parts = RectificationPartSerializer(many=True)


class RectificationWordsSerializer(serializers.Serializer):
    """``text``: what is to be said."""

    text = serializers.CharField(max_length=1000)


class RectificationAppealTextSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000)


class RectificationOpinionSerializer(serializers.Serializer):
    opinion = serializers.CharField(max_length=500)


class RectificationAnswerSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000)


class RectificationFinishSerializer(serializers.Serializer):
    """``part``: one of the order's own."""

    part = Scoped(lambda user, order: RectificationPart.objects.filter(rectification=order), RectificationPart)
    text = serializers.CharField(max_length=500, required=False, allow_blank=True)


class RectificationViewSet(AllianceScopedViewSet):
    """Orders to rectify (规范整顿). The re-check is ``alliances/{id}/reinstate/``, by two people."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Rectification.objects.all()
    serializer_class = RectificationSerializer
    filterset_class = RectificationFilter
    ordering = ("-id",)
    ordering_fields = ("id", "due_on", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("parts")

    @extend_schema(request=RectificationPlanSerializer)
    @action(detail=True, methods=["post"])
    def plan(self, request: Request, pk: str) -> Response:
        """The lead's plan, in one to twelve parts."""
        return self.act("plannable_by", verbs.plan, who="led_by", takes=RectificationPlanSerializer)

    @extend_schema(request=RemarkSerializer)
    @action(detail=True, methods=["post"], url_path="accept-plan")
    def accept_plan(self, request: Request, pk: str) -> Response:
        return self.act("acceptable_by", verbs.accept_plan, who="directed_by", takes=RemarkSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return-plan")
    def return_plan(self, request: Request, pk: str) -> Response:
        return self.act("returnable_by", verbs.return_plan, who="directed_by", takes=ReasonSerializer)

    @extend_schema(request=RectificationWordsSerializer)
    @action(detail=True, methods=["post"], url_path="report-progress")
    def report_progress(self, request: Request, pk: str) -> Response:
        return self.act("reportable_by", verbs.report_progress, who="led_by", takes=RectificationWordsSerializer)

    @extend_schema(request=RectificationFinishSerializer)
    @action(detail=True, methods=["post"], url_path="finish-part")
    def finish_part(self, request: Request, pk: str) -> Response:
        """One part is done. 409 ``done_already``."""
        return self.act("reportable_by", finish, who="led_by", takes=RectificationFinishSerializer)

    @extend_schema(request=RectificationWordsSerializer)
    @action(detail=True, methods=["post"], url_path="declare-ready")
    def declare_ready(self, request: Request, pk: str) -> Response:
        """Ask to be checked again. 409 ``parts_left``."""
        return self.act("declarable_by", verbs.declare_ready, who="led_by", takes=RectificationWordsSerializer)

    @extend_schema(request=RectificationAppealTextSerializer, responses={201: RectificationAppealSerializer})
    @action(detail=True, methods=["post"])
    def lodge(self, request: Request, pk: str) -> Response:
        """Appeal against the order: 201 with the appeal."""
        order = self.get_object()
        demand(order, request.user, "appealable_by", "led_by")
        made = lodge(order, **self.said(RectificationAppealTextSerializer), **self.now())
        return Response(RectificationAppealSerializer(made).data, HTTPStatus.CREATED)


def finish(order: Rectification, *, part: RectificationPart, **words: Any) -> RectificationPart:
    """The verb of a part, spoken on its order."""
    return verbs.finish_part(part, **words)


class RectificationAppealViewSet(AllianceScopedViewSet):
    """Appeals (申诉) against orders to rectify."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = RectificationAppeal.objects.all()
    serializer_class = RectificationAppealSerializer
    filterset_class = RectificationAppealFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=RectificationOpinionSerializer)
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, pk: str) -> Response:
        return self.act("forwardable_by", appeals.forward, who="passed_by", takes=RectificationOpinionSerializer)

    @extend_schema(request=RectificationAnswerSerializer)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: str) -> Response:
        """The order is lifted. 403 for the two who decided on it."""
        return self.act("upholdable_by", appeals.uphold, who="addressed_to", takes=RectificationAnswerSerializer)

    @extend_schema(request=RectificationAnswerSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        return self.act("dismissable_by", appeals.dismiss, who="addressed_to", takes=RectificationAnswerSerializer)

    @extend_schema(request=RemarkSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", appeals.withdraw_appeal, who="lodged_by", takes=RemarkSerializer)
