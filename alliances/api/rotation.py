"""REST over rotation: the calendars, their turns, the swaps; browser sessions only."""

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
from alliances.filters import HostTurnFilter, RotationFilter, SwapFilter
from alliances.models import HostTurn, Rotation, Swap
from alliances.serializers import papers as shapes
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class SessionOnlyViewSet(AllianceScopedViewSet):
    scopes: ClassVar[dict[str, str]] = {}
    ordering: Any = ("-id",)
    ordering_fields: Any = ("id",)


class RotationViewSet(SessionOnlyViewSet):
    """Calendars of hosts (轮值表)."""

    queryset = Rotation.objects.all()
    serializer_class = shapes.RotationSerializer
    filterset_class = RotationFilter

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead")

    @extend_schema(request=shapes.DrawUpSerializer, responses={201: shapes.RotationSerializer})
    def create(self, request: Request) -> Response:
        words = self.said(shapes.DrawUpSerializer)
        alliance = words.pop("alliance")
        demand(alliance, request.user, "rotatable_by", "led_by")
        made = verbs.draw_up_rotation(alliance, **words, **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.ArrangeSerializer, responses=shapes.RotationSerializer)
    @action(detail=True, methods=["post"])
    def arrange(self, request: Request, pk: str) -> Response:
        return self.act("arrangeable_by", verbs.arrange, who="kept_by", takes=shapes.ArrangeSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.RotationSerializer)
    @action(detail=True, methods=["post"])
    def set(self, request: Request, pk: str) -> Response:
        return self.act("settable_by", verbs.set_rotation, who="kept_by")

    @extend_schema(request=ReasonSerializer, responses=shapes.RotationSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", verbs.end_rotation, who="kept_by", takes=ReasonSerializer)


class HostTurnViewSet(SessionOnlyViewSet):
    """Turns (轮值): who hosts which alliance from when to when; ``?on=DAY`` for that day's hosts."""

    queryset = HostTurn.objects.all()
    serializer_class = shapes.HostTurnSerializer
    filterset_class = HostTurnFilter
    ordering = ("since", "id")
    ordering_fields = ("since", "id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "rotation")

    @extend_schema(request=shapes.SwapAskSerializer, responses={201: shapes.SwapSerializer})
    @action(detail=True, methods=["post"])
    def swap(self, request: Request, pk: str) -> Response:
        """Ask another host to change turns: 201 with the swap, which waits for an answer."""
        turn = self.get_object()
        demand(turn, request.user, "swappable_by", "of_own")
        made = verbs.ask_swap(turn, **self.said(shapes.SwapAskSerializer), **self.now())
        return Response(shapes.SwapSerializer(made).data, status=status.HTTP_201_CREATED)


class SwapViewSet(SessionOnlyViewSet):
    """Swaps (轮值调换) of turns in the caller's scope."""

    queryset = Swap.objects.all()
    serializer_class = shapes.SwapSerializer
    filterset_class = SwapFilter

    @extend_schema(request=NothingSerializer, responses=shapes.SwapSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        return self.act("answerable_by", verbs.accept_swap, who="asked_of_own")

    @extend_schema(request=ReasonSerializer, responses=shapes.SwapSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("answerable_by", verbs.refuse_swap, who="asked_of_own", takes=ReasonSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.SwapSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", verbs.withdraw_swap, who="asked_by_own")
