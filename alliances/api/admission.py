"""REST over admission (共建准入): the actions of the alliances' viewset that concern newcomers."""

from __future__ import annotations

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.models import Alliance, Membership
from alliances.serializers.admission import ApplySerializer, JoinableSerializer, VoteSerializer
from alliances.serializers.alliance import MembershipSerializer, OwnRemarkSerializer
from members.filters import refuse_unknown
from members.mouths import demand, fetch


class AdmissionActions(AllianceScopedViewSet):
    """Ask to join, take back, vote."""

    @extend_schema(responses=JoinableSerializer(many=True))
    @action(detail=False, methods=["get"], filter_backends=())
    def joinable(self, request: Request) -> Response:
        """The running alliances around one's own organisation that it may ask to join."""
        refuse_unknown(request, {"cursor", "page_size"})
        page = self.paginate_queryset(Alliance.objects.joinable_by(request.user))
        return self.get_paginated_response(JoinableSerializer(page, many=True).data)

    @extend_schema(request=ApplySerializer, responses={201: MembershipSerializer})
    @action(detail=True, methods=["post"])
    def apply(self, request: Request, pk: str) -> Response:
        """Ask to join an alliance around one's own organisation; 201 with the application."""
        alliance = fetch(Alliance.objects.joinable_by(request.user), pk)
        self.demand_unchanged(alliance)
        self.thing = alliance
        words = self.said(ApplySerializer)
        made = verbs.apply(alliance, words.pop("organization"), **words, **self.now())
        return Response(MembershipSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=OwnRemarkSerializer, responses=MembershipSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        """Take one's own application back; the alliance itself need not be visible."""
        seen = Membership.objects.visible_to(request.user)
        alliance = fetch(Alliance.objects.filter(pk__in=seen.values("alliance")), pk)
        self.demand_unchanged(alliance)
        words = self.said(OwnRemarkSerializer)
        membership = seen.filter(alliance=alliance, organization=words.pop("organization")).order_by("-pk").first()
        if membership is None:
            raise Http404
        demand(membership, request.user, "revocable_by", "spoken_for_by")
        return Response(MembershipSerializer(verbs.revoke(membership, **words, **self.now())).data)

    @extend_schema(request=VoteSerializer, responses=MembershipSerializer)
    @action(detail=True, methods=["post"], url_path="vote-on")
    def vote_on(self, request: Request, pk: str) -> Response:
        """Say for a member whether a newcomer may join, or say it anew."""
        self.get_object()
        words = self.said(VoteSerializer)
        newcomer = words.pop("newcomer")
        demand(newcomer, request.user, "votable_by", "judged_by")
        verbs.vote_on(newcomer, words.pop("organization"), **words, **self.now())
        newcomer.refresh_from_db()
        return Response(MembershipSerializer(newcomer).data)
