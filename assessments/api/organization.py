"""REST over organisations, with what upper storeys do to them: to merge two records of one."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.merging import propose_to
from members import api
from members.mouths import LARGEST_ID, demand
from members.rest import ApprovalSerializer, ReasonSerializer
from members.transitions import propose


class OrganizationMergeSerializer(ReasonSerializer):
    """``into``: the organisation of which this is a second record."""

    into = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class OrganizationViewSet(api.OrganizationViewSet):
    """Organisations (党组织) in the caller's scope; ``code`` finds one also by the code of a merged record."""

    @extend_schema(request=OrganizationMergeSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def merge(self, request: Request, pk: str) -> Response:
        """Ask a second person to merge this record into another one; 409 ``merge_blocked`` says what is in the way."""
        former = self.get_object()
        demand(former, request.user, "mergeable_by")
        words = self.said(OrganizationMergeSerializer)
        who: Any = request.user
        approval = propose(
            "organizations.merge", former, by=who, at=timezone.now(), reason=words["reason"],
            region_id=former.region_id, arguments=propose_to(who, former, words["into"]),
        )  # fmt: skip
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_202_ACCEPTED)
