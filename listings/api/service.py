"""REST over the service catalogue: the same verbs as the pages. For browser sessions only."""

from __future__ import annotations

from http import HTTPStatus
from typing import ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from listings import transitions
from listings.filters.project import ServiceFilter
from listings.models import Service
from listings.serializers import service as shapes
from listings.serializers.item import ItemSerializer
from members.mouths import demand
from members.rest import ReasonSerializer


class ServiceViewSet(AllianceScopedViewSet):
    """Service items (服务事项) that are offered where the caller sits."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Service.objects.all()
    serializer_class = shapes.ServiceSerializer
    filterset_class = ServiceFilter
    ordering = ("title", "id")
    ordering_fields = ("title", "updated_at", "id")

    @extend_schema(request=shapes.NewServiceSerializer, responses={201: shapes.ServiceSerializer})
    def create(self, request: Request) -> Response:
        words = self.said(shapes.NewServiceSerializer)
        department = words.pop("department")
        demand(department, request.user, "handed_over_by")
        made = transitions.list_service(department, **words, **self.now())
        return Response(self.get_serializer(self.anew(made)).data, HTTPStatus.CREATED)

    @extend_schema(request=shapes.ReviseServiceSerializer)
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str) -> Response:
        takes = shapes.ReviseServiceSerializer
        return self.act("revisable_by", transitions.revise_service, who="written_by", takes=takes)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str) -> Response:
        return self.act("retirable_by", transitions.retire_service, who="written_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.BeginServiceSerializer, responses={201: ItemSerializer})
    @action(detail=True, methods=["post"])
    def begin(self, request: Request, pk: str) -> Response:
        """Begin an item: 201 with it. 409 ``retired``, ``not_member``, ``not_running``."""
        service = self.get_object()
        demand(service, request.user, "usable_by", "used_by")
        made = transitions.begin(service, **self.said(shapes.BeginServiceSerializer), **self.now())
        return Response(ItemSerializer(made).data, HTTPStatus.CREATED)
