"""REST where an alliance changes shape: actions of the alliances' viewset."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.serializers import alliance as shapes
from alliances.serializers.change import PlaceUnderSerializer, SplitSerializer
from members.mouths import demand


class ChangeActions(AllianceScopedViewSet):
    """Another superior; another alliance out of this one."""

    @extend_schema(request=PlaceUnderSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"], url_path="place-under")
    def place_under(self, request: Request, pk: str) -> Response:
        return self.act("placeable_by", verbs.place_under, who="placed_by", takes=PlaceUnderSerializer)

    @extend_schema(request=SplitSerializer, responses={201: shapes.AllianceSerializer})
    @action(detail=True, methods=["post"])
    def split(self, request: Request, pk: str) -> Response:
        """201 with the draft that was split off."""
        alliance = self.get_object()
        demand(alliance, request.user, "splittable_by")
        made = verbs.split(alliance, **self.said(SplitSerializer), **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)
