"""Claims for programs: the same verbs as the pages."""

from __future__ import annotations

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from listings import transitions
from listings.api.loop import ClaimLoopMixin
from listings.api.scope import READS_ITEMS
from listings.filters.item import ClaimFilter
from listings.models import Claim
from listings.serializers import claim as serializers
from members.rest import NothingSerializer, ReasonSerializer


class ClaimViewSet(ClaimLoopMixin):
    queryset = Claim.objects.select_related("item").with_positions()
    serializer_class = serializers.ClaimSerializer
    filterset_class = ClaimFilter
    ordering = ("-id",)
    ordering_fields = ("claimed_at", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {
        "list": READS_ITEMS, "retrieve": READS_ITEMS, "report": "claims:write", "finish": "claims:write",
        "release": "claims:write", "accept": "claims:write", "decline": "claims:write",
    }  # fmt: skip

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """Take the offered place. 409 ``offer_expired`` after its term."""
        return self.act("acceptable_by", transitions.accept, who="own_of")

    @extend_schema(request=serializers.DeclineSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        """Leave the waiting line, or pass the offered place on to the next."""
        return self.act("declinable_by", transitions.decline, who="own_of", takes=serializers.DeclineSerializer)

    @extend_schema(request=serializers.ReportSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        return self.act("reportable_by", transitions.report, who="own_of", takes=serializers.ReportSerializer)

    @extend_schema(request=serializers.OutcomeSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: str) -> Response:
        return self.act("finishable_by", transitions.finish, who="own_of", takes=serializers.OutcomeSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        return self.act("releasable_by", transitions.release, who="own_of", takes=ReasonSerializer)
