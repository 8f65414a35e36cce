"""REST over idea calls and ideas: the same verbs as the pages. For browser sessions only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from listings import transitions
from listings.filters.project import CallFilter, IdeaFilter
from listings.models import Idea, IdeaCall
from listings.projects.figures import figures_of
from listings.serializers import project as shapes
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class IdeaCallViewSet(AllianceScopedViewSet):
    """Calls for ideas (金点子征集) in the caller's scope."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = IdeaCall.objects.with_counts()
    serializer_class = shapes.IdeaCallSerializer
    filterset_class = CallFilter
    ordering = ("-opens_on", "-id")
    ordering_fields = ("opens_on", "updated_at", "id")

    @extend_schema(request=shapes.NewCallSerializer, responses={201: shapes.IdeaCallSerializer})
    def create(self, request: Request) -> Response:
        words = self.said(shapes.NewCallSerializer)
        alliance = words.pop("alliance")
        demand(alliance, request.user, "sponsorable_by", "steered_by")
        made = transitions.open_call(alliance, **words, **self.now())
        return Response(self.get_serializer(self.anew(made)).data, HTTPStatus.CREATED)

    @extend_schema(responses=shapes.CallFiguresSerializer)
    @action(detail=True, methods=["get"])
    def figures(self, request: Request, pk: str) -> Response:
        """Ideas, projects fixed, organisations that carry them out, yuan paid."""
        call = self.get_object()
        if call.state != IdeaCall.State.PUBLISHED:
            demand(call, request.user, "steered_by")
        return Response(shapes.CallFiguresSerializer(figures_of(IdeaCall.objects.filter(pk=call.pk))).data)

    @extend_schema(request=shapes.NewIdeaSerializer, responses={201: shapes.IdeaSerializer})
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: str) -> Response:
        """Hand in an idea: 201. 409 ``not_open`` outside the days of the call."""
        call = self.get_object()
        demand(call, request.user, "answerable_by", "answered_by")
        made = transitions.propose_idea(call, **self.said(shapes.NewIdeaSerializer), **self.now())
        return Response(shapes.IdeaSerializer(made).data, HTTPStatus.CREATED)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.act("closable_by", transitions.close_call, who="steered_by")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: str) -> Response:
        return self.act("cancellable_by", transitions.cancel_call, who="steered_by", takes=ReasonSerializer)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def publish(self, request: Request, pk: str) -> Response:
        return self.act("publishable_by", transitions.publish_call, who="steered_by")


class IdeaViewSet(AllianceScopedViewSet):
    """Ideas (金点子): one's own, those of the calls that one runs, and the chosen ones of published calls."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Idea.objects.select_related("project")
    serializer_class = shapes.IdeaSerializer
    filterset_class = IdeaFilter
    ordering = ("-id",)
    ordering_fields = ("proposed_on", "updated_at", "id")

    def get_queryset(self) -> QuerySet:
        steered = Q(pk__in=Idea.objects.steered_by(self.request.user).values("pk"))
        return super().get_queryset().annotate(steered=ExpressionWrapper(steered, output_field=BooleanField()))

    @extend_schema(request=shapes.FindingOfIdeaSerializer)
    @action(detail=True, methods=["post"])
    def study(self, request: Request, pk: str) -> Response:
        takes: Any = shapes.FindingOfIdeaSerializer
        return self.act("studyable_by", transitions.study_idea, who="steered_by", takes=takes)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def choose(self, request: Request, pk: str) -> Response:
        """It becomes a project (``project``). 409 ``not_selecting`` while the call is open."""
        return self.act("choosable_by", transitions.choose, who="steered_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        return self.act("declinable_by", transitions.decline_idea, who="steered_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act(
            "withdrawable_by", transitions.withdraw_idea, who="proposed_by_user", takes=ReasonSerializer
        )
