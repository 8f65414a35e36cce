"""REST over schemes and distributions (利益分配): the lead's verbs and the other members'."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.means import MeansViewSet
from alliances.filters import DistributionFilter, SchemeFilter
from alliances.models import Distribution, DistributionScheme
from alliances.serializers import alliance as alliance_shapes
from alliances.serializers import means as shapes
from alliances.transitions import distribution as verbs
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class DistributionSchemeViewSet(MeansViewSet):
    """Schemes: parties, shares that sum to 100, reserve rates. Replaced, never changed."""

    queryset = DistributionScheme.objects.select_related("alliance").prefetch_related("shares")
    serializer_class = shapes.DistributionSchemeSerializer
    filterset_class = SchemeFilter

    @extend_schema(request=shapes.DrawUpSchemeSerializer, responses={201: shapes.DistributionSchemeSerializer})
    def create(self, request: Request) -> Response:
        return self.make(verbs.draw_up_scheme, shapes.DrawUpSchemeSerializer)

    @extend_schema(request=alliance_shapes.RemarkSerializer, responses=shapes.DistributionSchemeSerializer)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: str) -> Response:
        takes = alliance_shapes.RemarkSerializer
        return self.act("retirable_by", verbs.retire_scheme, who="kept_by", takes=takes)

    @extend_schema(request=shapes.DistributeSerializer, responses={201: shapes.DistributionSerializer})
    @action(detail=True, methods=["post"])
    def distribute(self, request: Request, pk: str) -> Response:
        scheme = self.get_object()
        demand(scheme, request.user, "distributable_by", "kept_by")
        made = verbs.distribute(scheme, **self.said(shapes.DistributeSerializer), **self.now())
        return Response(shapes.DistributionSerializer(made).data, status=status.HTTP_201_CREATED)


class DistributionViewSet(MeansViewSet):
    """What was divided, line by line."""

    queryset = Distribution.objects.select_related("alliance").prefetch_related("lines")
    serializer_class = shapes.DistributionSerializer
    filterset_class = DistributionFilter
    ordering_fields = ("id", "on", "updated_at")

    @extend_schema(request=shapes.SecondSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        takes = shapes.SecondSerializer
        return self.act("confirmable_by", verbs.confirm_distribution, who="agreed_by", takes=takes)

    @extend_schema(request=NothingSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        return self.act("settlable_by", verbs.settle, who="kept_by")

    @extend_schema(request=ReasonSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self.act("cancellable_by", verbs.cancel_distribution, who="kept_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"], url_path="ask-reversal")
    def ask_reversal(self, request: Request, pk: str) -> Response:
        return self.act("reversible_by", verbs.ask_reversal, who="kept_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.SecondSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"], url_path="agree-reversal")
    def agree_reversal(self, request: Request, pk: str) -> Response:
        takes = shapes.SecondSerializer
        return self.act("reversal_decidable_by", verbs.agree_reversal, who="agreed_by", takes=takes)

    @extend_schema(request=shapes.SecondReasonSerializer, responses=shapes.DistributionSerializer)
    @action(detail=True, methods=["post"])
    def keep(self, request: Request, pk: str) -> Response:
        takes = shapes.SecondReasonSerializer
        return self.act("reversal_decidable_by", verbs.keep, who="agreed_by", takes=takes)
