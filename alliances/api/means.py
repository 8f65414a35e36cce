"""REST over money and people of an alliance: its funds, its reserve, its staff, its consortium.

What an alliance has is for people who follow it, not for programs: no key reads it.
"""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import FundFilter, PartnerFilter, ReserveFilter, StaffFilter
from alliances.models import Alliance, FundEntry, Partner, ReserveEntry, Staff
from alliances.serializers import alliance as alliance_shapes
from alliances.serializers import means as shapes
from alliances.transitions import fund as money
from alliances.transitions import staff as people
from members.mouths import demand
from members.rest import ReasonSerializer


class MeansViewSet(AllianceScopedViewSet):
    """What belongs to an alliance: its verbs of making take the alliance's id in the body."""

    scopes: ClassVar[dict[str, str]] = {}
    ordering = ("-id",)
    ordering_fields: tuple[str, ...] = ("id", "updated_at")

    def make(
        self, verb: Any, takes: type[serializers.Serializer], able: str = "providable_by", who: str = "led_by"
    ) -> Response:
        """Speak a verb of the alliance that the body names: 201 with what was made."""
        alliance = self.named_alliance()
        demand(alliance, self.request.user, able, who)
        self.thing = alliance
        made = verb(alliance, **self.said(takes), **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)

    def named_alliance(self) -> Alliance:
        found: Alliance = self.said(shapes.InAllianceSerializer)["alliance"]
        return found

    def counter(self, able: str = "reversible_by") -> Response:
        """Take a line back: 201 with the counter entry."""
        entry = self.get_object()
        demand(entry, self.request.user, able, "kept_by")
        made = money.reverse_entry(entry, **self.said(ReasonSerializer), **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)


class FundViewSet(MeansViewSet):
    """Funds (经费): a ledger that is only written on."""

    queryset = FundEntry.objects.select_related("alliance", "reversed_by")
    serializer_class = shapes.FundSerializer
    filterset_class = FundFilter
    ordering_fields = ("id", "on")

    @extend_schema(request=shapes.ReceiveSerializer, responses={201: shapes.FundSerializer})
    @action(detail=False, methods=["post"])
    def receive(self, request: Request) -> Response:
        return self.make(money.receive, shapes.ReceiveSerializer)

    @extend_schema(request=shapes.SpendSerializer, responses={201: shapes.FundSerializer})
    @action(detail=False, methods=["post"])
    def spend(self, request: Request) -> Response:
        return self.make(money.spend, shapes.SpendSerializer)

    @extend_schema(request=ReasonSerializer, responses={201: shapes.FundSerializer})
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str) -> Response:
        return self.counter()


class ReserveViewSet(MeansViewSet):
    """The risk reserve (风险准备金): a ledger as well; distributions put in, a purpose takes out."""

    queryset = ReserveEntry.objects.select_related("alliance", "reversed_by")
    serializer_class = shapes.ReserveSerializer
    filterset_class = ReserveFilter
    ordering_fields = ("id", "on")

    @extend_schema(request=shapes.DrawSerializer, responses={201: shapes.ReserveSerializer})
    @action(detail=False, methods=["post"])
    def draw(self, request: Request) -> Response:
        return self.make(money.draw, shapes.DrawSerializer)

    @extend_schema(request=ReasonSerializer, responses={201: shapes.ReserveSerializer})
    @action(detail=True, methods=["post"])
    def reverse(self, request: Request, pk: str) -> Response:
        return self.counter()


class StaffViewSet(MeansViewSet):
    """Who works for alliances (人员), by name and organisation."""

    queryset = Staff.objects.select_related("alliance", "person__organization")
    serializer_class = shapes.StaffSerializer
    filterset_class = StaffFilter

    @extend_schema(request=shapes.TakeOnSerializer, responses={201: shapes.StaffSerializer})
    def create(self, request: Request) -> Response:
        return self.make(people.take_on, shapes.TakeOnSerializer)

    @extend_schema(request=alliance_shapes.RemarkSerializer, responses=shapes.StaffSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", people.end, who="kept_by", takes=alliance_shapes.RemarkSerializer)


class PartnerViewSet(MeansViewSet):
    """The industry consortium (产业化联合体)."""

    queryset = Partner.objects.select_related("alliance")
    serializer_class = shapes.PartnerSerializer
    filterset_class = PartnerFilter

    @extend_schema(request=shapes.EnlistSerializer, responses={201: shapes.PartnerSerializer})
    def create(self, request: Request) -> Response:
        return self.make(people.enlist, shapes.EnlistSerializer)

    @extend_schema(request=alliance_shapes.RemarkSerializer, responses=shapes.PartnerSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", people.end, who="kept_by", takes=alliance_shapes.RemarkSerializer)
