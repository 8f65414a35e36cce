"""REST over an alliance's templates and its year."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.activity import with_sessions
from alliances.api.scope import AllianceScopedViewSet
from alliances.forms.planning import years_of
from alliances.models import Activity, ActivityTemplate
from alliances.proposals import proposed_for
from alliances.serializers import planning as shapes
from alliances.serializers.activity import ActivitySerializer
from members.mouths import demand
from members.rest import NothingSerializer

YEAR = OpenApiParameter("year", OpenApiTypes.INT, description="This year or the next; this year if left out.")


class PlanningMixin:
    """What an alliance's viewset says of its year."""

    @extend_schema(request=NothingSerializer, responses={201: shapes.TemplateSerializer(many=True)})
    @action(detail=True, methods=["post"], url_path="adopt-templates")
    def adopt_templates(self: Any, request: Request, pk: str) -> Response:
        """Begin with the five ones (五个一)."""
        alliance = self.get_object()
        demand(alliance, request.user, "arrangeable_by", "arranged_by")
        made = verbs.adopt_templates(alliance, **self.now())
        return Response(shapes.TemplateSerializer(made, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.NewTemplateSerializer, responses={201: shapes.TemplateSerializer})
    @action(detail=True, methods=["post"], url_path="add-template")
    def add_template(self: Any, request: Request, pk: str) -> Response:
        alliance = self.get_object()
        demand(alliance, request.user, "arrangeable_by", "arranged_by")
        made = verbs.add_template(alliance, **self.said(shapes.NewTemplateSerializer), **self.now())
        return Response(shapes.TemplateSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(parameters=[YEAR], responses=shapes.ProposedSerializer(many=True))
    @action(detail=True, methods=["get"], url_path="proposed-year", pagination_class=None, filter_backends=())
    def proposed_year(self: Any, request: Request, pk: str) -> Response:
        """What the templates propose for the rest of this year, or for the next."""
        alliance, today = self.get_object(), timezone.localdate()
        demand(alliance, request.user, "arrangeable_by", "arranged_by")
        asked = request.query_params.get("year", "")
        year = next((year for year in years_of(today) if str(year) == asked), today.year)
        return Response(shapes.ProposedSerializer(proposed_for(alliance, year, today), many=True).data)

    @extend_schema(request=shapes.PlanYearSerializer, responses={201: ActivitySerializer(many=True)})
    @action(detail=True, methods=["post"], url_path="plan-year")
    def plan_year(self: Any, request: Request, pk: str) -> Response:
        """Plan several activities in one step, all or none."""
        alliance = self.get_object()
        demand(alliance, request.user, "arrangeable_by", "arranged_by")
        made = verbs.plan_year(alliance, **self.said(shapes.PlanYearSerializer), **self.now())
        return planned(made)


class ActivityTemplateViewSet(AllianceScopedViewSet):
    """Templates of activities (活动模板) of the alliances in the caller's scope."""

    queryset = ActivityTemplate.objects.all()
    serializer_class = shapes.TemplateSerializer
    ordering = ("id",)
    ordering_fields = ("id",)
    filterset_fields = ("alliance",)

    @extend_schema(request=shapes.TemplateWordsSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        return self.act("writable_by", verbs.edit_template, who="arranged_by", takes=shapes.TemplateWordsSerializer)

    @extend_schema(request=NothingSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        template = self.get_object()
        demand(template, request.user, "writable_by", "arranged_by")
        verbs.drop_template(template, **self.now())
        return Response(status=status.HTTP_204_NO_CONTENT)


def planned(made: list[Activity]) -> Response:
    """201 with the activities that were planned."""
    activities = with_sessions(Activity.objects.filter(pk__in=[one.pk for one in made]).order_by("planned_on", "pk"))
    return Response(ActivitySerializer(activities, many=True).data, status=status.HTTP_201_CREATED)
