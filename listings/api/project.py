"""REST over projects, who offers, their milestones and the supervision log. For browser sessions only."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from listings import transitions
from listings.filters.project import CandidateFilter, MilestoneFilter, OfProjectFilter, ProjectFilter
from listings.models import Candidate, Milestone, Project, Visit
from listings.projects.account import account_of
from listings.serializers import project as shapes
from members.mouths import demand
from members.rest import NothingSerializer, ReasonSerializer


class ProjectViewSet(AllianceScopedViewSet):
    """Projects (项目) that ideas became, seen with their items."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Project.objects.select_related("item").with_figures()
    serializer_class = shapes.ProjectSerializer
    filterset_class = ProjectFilter
    ordering = ("-fixed_on", "-id")
    ordering_fields = ("fixed_on", "updated_at", "id")

    def make(self, able: str, who: str, verb: Any, takes: Any, shape: Any) -> Response:
        """Speak a verb of the project that makes something: 201 with what was made."""
        project = self.get_object()
        demand(project, self.request.user, able, who)
        made = verb(project, **self.said(takes), **self.now())
        return Response(shape(made).data, HTTPStatus.CREATED)

    @extend_schema(responses=shapes.AccountSerializer)
    @action(detail=True, methods=["get"])
    def account(self, request: Request, pk: str) -> Response:
        """What it came to: cost, milestones in time, supervision."""
        return Response(shapes.AccountSerializer(account_of(self.get_object())).data)

    @extend_schema(request=shapes.BidSerializer, responses={201: shapes.CandidateSerializer})
    @action(detail=True, methods=["post"])
    def bid(self, request: Request, pk: str) -> Response:
        return self.make(
            "biddable_by", "joined_by", transitions.bid, shapes.BidSerializer, shapes.CandidateSerializer
        )

    @extend_schema(request=shapes.NewMilestoneSerializer, responses={201: shapes.MilestoneSerializer})
    @action(detail=True, methods=["post"], url_path="set-milestone")
    def set_milestone(self, request: Request, pk: str) -> Response:
        takes, shape = shapes.NewMilestoneSerializer, shapes.MilestoneSerializer
        return self.make("plannable_by", "steered_by", transitions.set_milestone, takes, shape)

    @extend_schema(request=shapes.NewVisitSerializer, responses={201: shapes.VisitSerializer})
    @action(detail=True, methods=["post"])
    def visit(self, request: Request, pk: str) -> Response:
        takes, shape = shapes.NewVisitSerializer, shapes.VisitSerializer
        return self.make("visitable_by", "steered_by", transitions.visit, takes, shape)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        return self.act("acceptable_by", transitions.accept_project, who="steered_by")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def stop(self, request: Request, pk: str) -> Response:
        return self.act("stoppable_by", transitions.stop_project, who="steered_by", takes=ReasonSerializer)


class CandidateViewSet(AllianceScopedViewSet):
    """Who offers to carry out a project."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Candidate.objects.all()
    serializer_class = shapes.CandidateSerializer
    filterset_class = CandidateFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=shapes.AppointSerializer)
    @action(detail=True, methods=["post"])
    def appoint(self, request: Request, pk: str) -> Response:
        return self.act("appointable_by", transitions.appoint, who="chosen_by", takes=shapes.AppointSerializer)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", transitions.withdraw_bid, who="of_own")


class MilestoneViewSet(AllianceScopedViewSet):
    """The parts of projects."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Milestone.objects.all()
    serializer_class = shapes.MilestoneSerializer
    filterset_class = MilestoneFilter
    ordering = ("due_on", "id")
    ordering_fields = ("due_on", "updated_at", "id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_paid()  # type: ignore[attr-defined]

    @extend_schema(request=shapes.DoneSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        return self.act(
            "reportable_by", transitions.report_milestone, who="provided_by", takes=shapes.DoneSerializer
        )

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        return self.act("acceptable_by", transitions.accept_milestone, who="judged_by")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_(self, request: Request, pk: str) -> Response:
        return self.act("returnable_by", transitions.return_milestone, who="judged_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: str) -> Response:
        return self.act("droppable_by", transitions.drop_milestone, who="steered_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.PaySerializer)
    @action(detail=True, methods=["post"])
    def pay(self, request: Request, pk: str) -> Response:
        """A line of the fund ledger. 409 ``over_budget``, ``not_enough``."""
        return self.act("payable_by", transitions.pay, who="led_by", takes=shapes.PaySerializer)


class VisitViewSet(AllianceScopedViewSet):
    """The supervision log of projects."""

    scopes: ClassVar[dict[str, str]] = {}
    queryset = Visit.objects.all()
    serializer_class = shapes.VisitSerializer
    filterset_class = OfProjectFilter
    ordering = ("-visited_on", "-id")
    ordering_fields = ("visited_on", "updated_at", "id")

    @extend_schema(request=shapes.DoneSerializer)
    @action(detail=True, methods=["post"], url_path="follow-up")
    def follow_up(self, request: Request, pk: str) -> Response:
        return self.act("followable_by", transitions.follow_up, who="provided_by", takes=shapes.DoneSerializer)
