"""REST over alliances, with the verbs that also touch their lists: leave, dissolve, merge."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api import alliance as below
from alliances.serializers import alliance as shapes
from listings import transitions
from listings.serializers.alliance import MergeSerializer
from members.mouths import demand
from members.rest import ApprovalSerializer, ReasonSerializer


class AllianceViewSet(below.AllianceViewSet):
    """Alliances (联合体) in the caller's scope, and every verb that their pages have."""

    @extend_schema(request=shapes.OwnReasonSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        """One of the caller's organisations leaves; its unfinished claims are released."""
        return self.answer("leavable_by", transitions.leave, shapes.OwnReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def dissolve(self, request: Request, pk: str) -> Response:
        return self.ask_second_person("alliances.dissolve", "dissolvable_by", who="steered_by")

    @extend_schema(request=MergeSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Propose that the alliance goes into another running one; a department over both approves."""
        alliance = self.get_object()
        demand(alliance, request.user, "mergeable_by", "steered_by")
        words = self.said(MergeSerializer)
        words["other"] = words.pop("into")
        who: Any = request.user
        asked = transitions.propose_merge(alliance, **words, by=who, at=timezone.now())
        return Response(ApprovalSerializer(asked).data, status=status.HTTP_202_ACCEPTED)
