"""Matches for programs of the browser: the same verbs as the pages."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from listings import transitions
from listings.filters.match import MatchFilter
from listings.models import Match
from listings.serializers import match as serializers
from members.rest import NothingSerializer, ReasonSerializer, ScopedViewSet


class MatchViewSet(ScopedViewSet):
    """Matches (供需对接) of visible needs, and those put to the caller's organisations."""

    queryset = Match.objects.select_related("need")
    serializer_class = serializers.MatchSerializer
    filterset_class = MatchFilter
    ordering = ("-id",)
    ordering_fields = ("offered_at", "updated_at", "id")

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        """The owner agrees: the share is held and the need claimed. 409 ``not_available``, and what a claim answers."""
        return self.act("acceptable_by", transitions.accept_match, who="own_of")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        return self.act("declinable_by", transitions.decline_match, who="own_of", takes=ReasonSerializer)

    @extend_schema(request=serializers.WithdrawSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        """Take an offer back before it is answered."""
        takes = serializers.WithdrawSerializer
        return self.act("withdrawable_by", transitions.withdraw_match, who="sought_by", takes=takes)
