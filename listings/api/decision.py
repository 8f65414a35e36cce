"""Decisions for programs, with the items that they became."""

from __future__ import annotations

from http import HTTPStatus

from django.db.models import Prefetch, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api import meeting as decisions
from listings import transitions
from listings.models import Item
from listings.serializers.decision import DecisionSerializer, EnactSerializer
from listings.serializers.item import ItemSerializer
from members.mouths import demand


class DecisionViewSet(decisions.DecisionViewSet):
    """Decisions (决议) of the alliances in the caller's scope, with the members' voices and the items they became."""

    serializer_class = DecisionSerializer

    def get_queryset(self) -> QuerySet:
        seen = Item.objects.visible_to(self.request.user).only("pk", "decision_id").order_by("pk")
        return super().get_queryset().prefetch_related(Prefetch("items", seen))

    @extend_schema(request=EnactSerializer, responses={201: ItemSerializer})
    @action(detail=True, methods=["post"])
    def enact(self, request: Request, pk: str) -> Response:
        """Put an item on the alliance's current list: 201 with the item. 409 ``not_adopted``, ``not_running``."""
        decision = self.get_object()
        demand(decision, request.user, "enactable_by", "led_by")
        made = transitions.enact(decision, **self.said(EnactSerializer), **self.now())
        return Response(ItemSerializer(made).data, HTTPStatus.CREATED)
