"""REST over meetings, their agenda, and what they decide."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import DecisionFilter, MeetingFilter
from alliances.models import Decision, Meeting
from alliances.serializers import meeting as shapes
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class MeetingViewSet(AllianceScopedViewSet):
    """Meetings (会议) of the alliances in the caller's scope, with agenda, attendance by organisation and decisions."""

    queryset = Meeting.objects.all()
    serializer_class = shapes.MeetingSerializer
    filterset_class = MeetingFilter
    ordering = ("-planned_on", "-id")
    ordering_fields = ("planned_on", "updated_at", "id")

    def get_queryset(self) -> QuerySet:
        return with_agenda(super().get_queryset())

    @extend_schema(request=shapes.NewTopicSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:
        return self.act("proposable_by", verbs.propose_topic, who="attended_by", takes=shapes.NewTopicSerializer)

    @extend_schema(request=shapes.OfTopicSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def advance(self, request: Request, pk: str) -> Response:
        return self.of_topic("advanceable_by", "ordered_by", verbs.advance_topic, shapes.OfTopicSerializer)

    @extend_schema(request=shapes.StrikeSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def strike(self, request: Request, pk: str) -> Response:
        return self.of_topic("strikeable_by", "struck_by", verbs.strike_topic, shapes.StrikeSerializer)

    @extend_schema(request=shapes.HoldMeetingSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        return self.act("holdable_by", verbs.hold_meeting, who="conducted_by", takes=shapes.HoldMeetingSerializer)

    @extend_schema(request=shapes.MinutesSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def minutes(self, request: Request, pk: str) -> Response:
        return self.act("minutable_by", verbs.write_minutes, who="conducted_by", takes=shapes.MinutesSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self.act("cancellable_by", verbs.cancel_meeting, who="conducted_by", takes=ReasonSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.MeetingSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        return self.act("confirmable_by", verbs.confirm_meeting, who="vouched_for_by")

    @extend_schema(request=shapes.DecideSerializer, responses={201: shapes.ResolvedSerializer})
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        meeting = self.get_object()
        demand(meeting, request.user, "decidable_by", "conducted_by")
        made = verbs.decide(meeting, **self.said(shapes.DecideSerializer), **self.now())
        return Response(shapes.ResolvedSerializer(made).data, status=status.HTTP_201_CREATED)

    @transaction.atomic
    def of_topic(self, able: str, who: str, verb: Any, takes: type[serializers.Serializer]) -> Response:
        """Speak a verb on one topic of this meeting's agenda."""
        meeting = self.get_object()
        words = self.said(takes)
        topic = words.pop("topic")
        demand(topic, self.request.user, able, who)
        verb(topic, **words, **self.now())
        return Response(self.get_serializer(self.anew(meeting)).data)


class DecisionViewSet(AllianceScopedViewSet):
    """Decisions (决议) of the alliances in the caller's scope, with the members' voices."""

    queryset = Decision.objects.all()
    serializer_class: Any = shapes.ResolvedSerializer
    filterset_class = DecisionFilter
    ordering = ("-id",)
    ordering_fields = ("updated_at", "id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("voices")

    @extend_schema(request=shapes.DecisionVoteSerializer)
    @action(detail=True, methods=["post"])
    def vote(self, request: Request, pk: str) -> Response:
        return self.act("votable_by", verbs.vote, who="voiced_by", takes=shapes.DecisionVoteSerializer)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="close-vote")
    def close_vote(self, request: Request, pk: str) -> Response:
        return self.act("closable_by", verbs.close_vote, who="led_by")


def with_agenda(meetings: QuerySet) -> QuerySet:
    """With the topics, who came, and the decisions."""
    return meetings.prefetch_related("topics", "attendances", "decisions")
