"""REST over leadership: posts with their consents, and the people of joint branches. For browser sessions only."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import ParticipantFilter, PostFilter
from alliances.models import Participant, Post
from alliances.serializers import leadership as shapes
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class LeadershipActions(AllianceScopedViewSet):
    """What an alliance's own address offers: nominate, put forward."""

    @extend_schema(request=shapes.NominateSerializer, responses={201: shapes.PostSerializer})
    @action(detail=True, methods=["post"])
    def nominate(self, request: Request, pk: str) -> Response:
        alliance = self.get_object()
        demand(alliance, request.user, "nominable_by", "led_by")
        made = verbs.nominate(alliance, **self.said(shapes.NominateSerializer), **self.now())
        return Response(shapes.PostSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.PutForwardSerializer, responses={201: shapes.ParticipantSerializer})
    @action(detail=True, methods=["post"], url_path="put-forward")
    def put_forward(self, request: Request, pk: str) -> Response:
        alliance = self.get_object()
        demand(alliance, request.user, "fillable_by", "peopled_by")
        made = verbs.put_forward(alliance, **self.said(shapes.PutForwardSerializer), **self.now())
        return Response(shapes.ParticipantSerializer(made).data, status=status.HTTP_201_CREATED)


class PostViewSet(AllianceScopedViewSet):
    """Posts (任职) in the alliances of the caller's scope: nominated, standing, past."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Post.objects.all()
    serializer_class = shapes.PostSerializer
    filterset_class = PostFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance").prefetch_related("consents")

    @extend_schema(request=shapes.SayConsentSerializer, responses=shapes.PostSerializer)
    @action(detail=True, methods=["post"])
    def consent(self, request: Request, pk: str) -> Response:
        return self.act("consentable_by", verbs.consent, who="voiced_by", takes=shapes.SayConsentSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.PostSerializer)
    @action(detail=True, methods=["post"])
    def retract(self, request: Request, pk: str) -> Response:
        return self.act("retractable_by", verbs.retract, who="led_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.PostSerializer)
    @action(detail=True, methods=["post"])
    def relieve(self, request: Request, pk: str) -> Response:
        return self.act("relievable_by", verbs.relieve, who="led_by", takes=ReasonSerializer)

    @extend_schema(responses=shapes.PostSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def person(self, request: Request, pk: str) -> Response:
        """All posts of the one who holds this, as far as the caller may see them (一人多职)."""
        found: Any = self.get_queryset()
        return Response(shapes.PostSerializer(found.of_the_person(self.get_object()), many=True).data)


class ParticipantViewSet(AllianceScopedViewSet):
    """Party members in joint branches (联合党支部): for those who govern the place, the lead, and their own branch."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Participant.objects.all()
    serializer_class = shapes.ParticipantSerializer
    filterset_class = ParticipantFilter
    ordering = ("-id",)
    ordering_fields = ("id", "joined_on")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "person__organization")

    @extend_schema(request=NothingSerializer, responses=shapes.ParticipantSerializer)
    @action(detail=True, methods=["post"], url_path="take-in")
    def take_in(self, request: Request, pk: str) -> Response:
        return self.act("takeable_by", verbs.take_in, who="received_by")

    @extend_schema(request=ReasonSerializer, responses=shapes.ParticipantSerializer)
    @action(detail=True, methods=["post"], url_path="turn-down")
    def turn_down(self, request: Request, pk: str) -> Response:
        return self.act("takeable_by", verbs.turn_down, who="received_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.ParticipantSerializer)
    @action(detail=True, methods=["post"], url_path="step-out")
    def step_out(self, request: Request, pk: str) -> Response:
        return self.act("leavable_by", verbs.step_out, who="answered_for_by", takes=ReasonSerializer)
