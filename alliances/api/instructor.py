"""REST over Party-building instructors (党建指导员). For browser sessions only."""

from __future__ import annotations

from typing import ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import choices
from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import InstructorFilter
from alliances.models import Instructor
from alliances.serializers import leadership as shapes
from members.mouths import demand
from members.rest import ReasonSerializer


class InstructorViewSet(AllianceScopedViewSet):
    """Instructors of social organisations in the caller's scope, present and past."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Instructor.objects.all()
    serializer_class = shapes.InstructorSerializer
    filterset_class = InstructorFilter
    ordering = ("-id",)
    ordering_fields = ("id", "since", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization")

    @extend_schema(request=shapes.AssignSerializer, responses={201: shapes.InstructorSerializer})
    def create(self, request: Request) -> Response:
        words = self.said(shapes.AssignSerializer)
        organization = words.pop("organization")
        demand(organization, request.user, "instructable_by")
        way = choices.way_of_sending(request.user, organization)
        made = verbs.assign_instructor(organization, alliance=way, **words, **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonSerializer, responses=shapes.InstructorSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: str) -> Response:
        return self.act("recallable_by", verbs.recall_instructor, who="sent_out_by", takes=ReasonSerializer)
