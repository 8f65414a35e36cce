"""REST over alliances: one action a verb, the same words as the pages."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.activity import with_sessions
from alliances.api.admission import AdmissionActions
from alliances.api.change import ChangeActions
from alliances.api.leadership import LeadershipActions
from alliances.api.planning import PlanningMixin
from alliances.api.points import SiteActions
from alliances.api.rules import ChecklistActions
from alliances.filters import AllianceFilter
from alliances.means import years_of
from alliances.models import Activity, Alliance
from alliances.serializers import activity as activities
from alliances.serializers import alliance as shapes
from alliances.serializers import meeting as meetings
from alliances.serializers.admission import ApplySerializer
from alliances.serializers.means import YearOfFundsSerializer
from members.mouths import demand, fetch
from members.rest import ApprovalSerializer, NothingSerializer, ReasonSerializer


class AllianceViewSet(
    LeadershipActions, PlanningMixin, AdmissionActions, ChangeActions, ChecklistActions, SiteActions
):
    """Alliances (联合体) in the caller's scope, and every verb that their pages have on this storey.

    What also touches lists (leaving, ending) is added by the storey above.
    """

    queryset = Alliance.objects.with_counts().prefetch_related("chains")
    serializer_class = shapes.AllianceSerializer
    filterset_class = AllianceFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=shapes.FoundSerializer, responses={201: shapes.AllianceSerializer})
    def create(self, request: Request) -> Response:
        alliance = verbs.found(**self.said(shapes.FoundSerializer), **self.now())
        return Response(self.get_serializer(self.anew(alliance)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=shapes.EditSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        return self.act("editable_by", verbs.edit, who="steered_by", takes=shapes.EditSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        return self.act("submittable_by", verbs.submit, who="steered_by")

    @extend_schema(request=shapes.DocumentSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        return self.act("approvable_by", verbs.approve, who="supervised_by", takes=shapes.DocumentSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_(self, request: Request, pk: str) -> Response:
        return self.act("approvable_by", verbs.return_, who="supervised_by", takes=ReasonSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def activate(self, request: Request, pk: str) -> Response:
        return self.act("activatable_by", verbs.activate, who="steered_by")

    @extend_schema(request=shapes.RemarkSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", verbs.withdraw, who="steered_by", takes=shapes.RemarkSerializer)

    @extend_schema(request=shapes.HandOverSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: str) -> Response:
        return self.act("editable_by", verbs.hand_over, who="steered_by", takes=shapes.HandOverSerializer)

    @extend_schema(request=shapes.RectifySerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def rectify(self, request: Request, pk: str) -> Response:
        return self.ask_second_person(
            "alliances.rectify", "rectifiable_by", who="directed_by", takes=shapes.RectifySerializer
        )

    @extend_schema(request=shapes.ReinstateSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, pk: str) -> Response:
        return self.ask_second_person(
            "alliances.reinstate", "reinstatable_by", who="directed_by", takes=shapes.ReinstateSerializer
        )

    @extend_schema(request=shapes.RewardSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def reward(self, request: Request, pk: str) -> Response:
        return self.ask_second_person(
            "alliances.reward", "rewardable_by", who="directed_by", takes=shapes.RewardSerializer
        )

    @extend_schema(responses=shapes.MembershipSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def members(self, request: Request, pk: str) -> Response:
        """Members past and present; who is only invited is shown to those who may see the organisation anyway."""
        found = self.get_object().memberships.visible_to(request.user).select_related("organization")
        return Response(shapes.MembershipSerializer(found, many=True).data)

    @extend_schema(responses=YearOfFundsSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=())
    def funds(self, request: Request, pk: str) -> Response:
        """What each year and each source brought, newest first; for who follows the alliance."""
        alliance = fetch(Alliance.objects.followed_by(request.user), pk)
        return Response(YearOfFundsSerializer(years_of(alliance), many=True).data)

    @extend_schema(request=shapes.InviteSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: str) -> Response:
        return self.act("editable_by", call, who="steered_by", takes=shapes.InviteSerializer)

    @extend_schema(request=ApplySerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        return self.answer("acceptable_by", verbs.accept, ApplySerializer)

    @extend_schema(request=shapes.OwnRemarkSerializer, responses=shapes.AllianceSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        return self.answer("acceptable_by", verbs.decline, shapes.OwnRemarkSerializer)

    @extend_schema(request=activities.PlanSerializer, responses={201: activities.ActivitySerializer})
    @action(detail=True, methods=["post"])
    def plan(self, request: Request, pk: str) -> Response:
        alliance = self.get_object()
        demand(alliance, request.user, "plannable_by", "conducted_by")
        words = self.said(activities.PlanSerializer)
        made = verbs.plan(alliance, **words, **self.now())
        activity = with_sessions(Activity.objects.filter(pk=made.pk)).get()
        return Response(activities.ActivitySerializer(activity).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=meetings.ConveneSerializer, responses={201: meetings.MeetingSerializer})
    @action(detail=True, methods=["post"])
    def convene(self, request: Request, pk: str) -> Response:
        alliance = self.get_object()
        demand(alliance, request.user, "convenable_by", "led_by")
        made = verbs.convene(alliance, **self.said(meetings.ConveneSerializer), **self.now())
        return Response(meetings.MeetingSerializer(made).data, status=status.HTTP_201_CREATED)

    def answer(self, able: str, verb: Any, takes: type[serializers.Serializer]) -> Response:
        """Speak a verb of membership for one organisation in this alliance."""
        alliance = self.get_object()
        words = self.said(takes)
        memberships = alliance.memberships.visible_to(self.request.user)
        membership = memberships.filter(organization=words.pop("organization")).order_by("-pk").first()
        if membership is None:
            raise Http404
        demand(membership, self.request.user, able, "spoken_for_by")
        verb(membership, **words, **self.now())
        return Response(self.get_serializer(self.anew(alliance)).data)


def call(alliance: Alliance, *, organization: Any = None, code: str = "", by: Any, at: Any) -> None:
    """Invite by row where the caller sees the organisation, else by code."""
    if organization is not None:
        verbs.invite(alliance, organization, by=by, at=at)
    else:
        verbs.invite_by_code(alliance, code, by=by, at=at)
