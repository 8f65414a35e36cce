"""REST over activities and their sessions."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import ActivityFilter
from alliances.models import Activity, Session
from alliances.serializers import activity as shapes
from alliances.serializers.planning import RepeatSerializer
from members.mouths import demand
from members.rest import ReasonSerializer


class ActivityViewSet(AllianceScopedViewSet):
    """Activities (活动) of the alliances in the caller's scope, with their sessions."""

    queryset = Activity.objects.all()
    serializer_class = shapes.ActivitySerializer
    filterset_class = ActivityFilter
    ordering = ("-planned_on", "-id")
    ordering_fields = ("planned_on", "updated_at", "id")

    def get_queryset(self) -> QuerySet:
        return with_sessions(super().get_queryset())

    @extend_schema(request=shapes.HoldSerializer, responses=shapes.ActivitySerializer)
    @action(detail=True, methods=["post"])
    def hold(self, request: Request, pk: str) -> Response:
        return self.act("holdable_by", verbs.hold, who="conducted_by", takes=shapes.HoldSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.ActivitySerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self.act("cancellable_by", verbs.cancel, who="conducted_by", takes=ReasonSerializer)

    @extend_schema(request=RepeatSerializer, responses=shapes.ActivitySerializer)
    @action(detail=True, methods=["post"])
    def repeat(self, request: Request, pk: str) -> Response:
        return self.act("repeatable_by", verbs.repeat, who="conducted_by", takes=RepeatSerializer)

    @extend_schema(request=shapes.ServeSerializer, responses=shapes.ActivitySerializer)
    @action(detail=True, methods=["post"])
    def serve(self, request: Request, pk: str) -> Response:
        return self.of_session("servable_by", verbs.serve, shapes.ServeSerializer)

    @extend_schema(request=shapes.OfSessionSerializer, responses=shapes.ActivitySerializer)
    @action(detail=True, methods=["post"], url_path="confirm-session")
    def confirm_session(self, request: Request, pk: str) -> Response:
        return self.of_session("confirmable_by", verbs.confirm_session, shapes.OfSessionSerializer)

    def of_session(self, able: str, verb: Any, takes: type[serializers.Serializer]) -> Response:
        """Speak a verb on one session of this activity."""
        activity = self.get_object()
        words = self.said(takes)
        session = words.pop("session")
        demand(session, self.request.user, able, "vouched_for_by" if able == "confirmable_by" else None)
        verb(session, **words, **self.now())
        return Response(self.get_serializer(self.anew(activity)).data)


def with_sessions(activities: QuerySet) -> QuerySet:
    """With the sessions, who came, and how many served."""
    sessions = Session.objects.annotate(served=Count("service_records")).prefetch_related("attendances")
    return activities.prefetch_related(Prefetch("sessions", sessions.order_by("held_on", "pk")))
