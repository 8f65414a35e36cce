"""REST over posts and volunteer teams, one action a verb. For browser sessions only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.registration import SessionViewSet
from alliances.filters import ServicePostFilter
from alliances.models import PostHolding, ServicePost, Team, TeamMember
from alliances.serializers import registration as shapes
from alliances.serializers.alliance import RemarkSerializer
from members.mouths import demand


class ServicePostViewSet(SessionViewSet):
    """Posts that communities offer (岗位); ``capacity`` people hold one at most."""

    queryset = ServicePost.objects.all()
    serializer_class = shapes.ServicePostSerializer
    filterset_class = ServicePostFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        posts: Any = super().get_queryset()
        return posts.with_taken()

    @extend_schema(request=shapes.OfferSerializer, responses={201: shapes.ServicePostSerializer})
    def create(self, request: Request) -> Response:
        return self.made(verbs.offer(**self.said(shapes.OfferSerializer), **self.now()))

    @extend_schema(request=shapes.WhoSerializer, responses=shapes.ServicePostSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: str) -> Response:
        return self.act("takeable_by", verbs.take, who="near", takes=shapes.WhoSerializer)

    @extend_schema(request=shapes.LeavePostSerializer, responses=shapes.ServicePostSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        return self.of_holder("leavable_by", verbs.leave_post, shapes.LeavePostSerializer)

    @extend_schema(request=shapes.ThankSerializer, responses=shapes.ServicePostSerializer)
    @action(detail=True, methods=["post"])
    def thank(self, request: Request, pk: str) -> Response:
        return self.of_holder("thankable_by", verbs.thank, shapes.ThankSerializer)

    @extend_schema(request=shapes.CloseSerializer, responses=shapes.ServicePostSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.act("closable_by", verbs.close_post, who="kept_by", takes=shapes.CloseSerializer)

    @extend_schema(responses=shapes.PostHoldingSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def holdings(self, request: Request, pk: str) -> Response:
        """Who holds or held it, as far as the caller may see them."""
        found = PostHolding.objects.visible_to(request.user).filter(post=self.get_object()).select_related("person")
        return Response(shapes.PostHoldingSerializer(found, many=True).data)

    def of_holder(self, able: str, verb: Any, takes: Any) -> Response:
        """Speak a verb on the holding of one person on this post."""
        post = self.get_object()
        words = self.said(takes)
        holdings = PostHolding.objects.visible_to(self.request.user).taken()
        holding = holdings.filter(post=post, person=words.pop("person")).first()
        if holding is None:
            raise Http404
        demand(holding, self.request.user, able)
        verb(holding, **words, **self.now())
        return Response(self.get_serializer(self.anew(post)).data)


class TeamViewSet(SessionViewSet):
    """Volunteer teams (志愿服务队)."""

    queryset = Team.objects.select_related("captain")
    serializer_class = shapes.TeamSerializer
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        teams: Any = super().get_queryset()
        return teams.with_size()

    @extend_schema(request=shapes.TeamFormSerializer, responses={201: shapes.TeamSerializer})
    def create(self, request: Request) -> Response:
        return self.made(verbs.form_team(**self.said(shapes.TeamFormSerializer), **self.now()))

    @extend_schema(request=shapes.WhoSerializer, responses=shapes.TeamSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        return self.act("joinable_by", verbs.join_team, who="near", takes=shapes.WhoSerializer)

    @extend_schema(request=shapes.LeaveTeamSerializer, responses=shapes.TeamSerializer)
    @action(detail=True, methods=["post"])
    def leave(self, request: Request, pk: str) -> Response:
        team = self.get_object()
        words = self.said(shapes.LeaveTeamSerializer)
        part = TeamMember.objects.visible_to(request.user).current().filter(team=team, person=words.pop("person"))
        found = part.first()
        if found is None:
            raise Http404
        demand(found, request.user, "leavable_by")
        verbs.leave_team(found, **words, **self.now())
        return Response(self.get_serializer(self.anew(team)).data)

    @extend_schema(request=RemarkSerializer, responses=shapes.TeamSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", verbs.end_team, who="kept_by", takes=RemarkSerializer)

    @extend_schema(responses=shapes.TeamMemberSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def members(self, request: Request, pk: str) -> Response:
        """Who is or was in it, as far as the caller may see them."""
        found = TeamMember.objects.visible_to(request.user).filter(team=self.get_object()).select_related("person")
        return Response(shapes.TeamMemberSerializer(found, many=True).data)
