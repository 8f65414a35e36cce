"""The closed loop's hard cases for programs and people: the same verbs as the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from listings import transitions
from listings.filters.loop import DisputeFilter, ForwardingFilter
from listings.models import Claim, Dispute, Forwarding
from listings.serializers import loop as shapes
from listings.serializers.item import FindingSerializer, ItemSerializer
from listings.transitions.ruling import RULINGS
from members.mouths import demand, fetch
from members.rest import ApprovalSerializer, NothingSerializer, ReasonSerializer, ScopedViewSet


class ItemLoopMixin(ScopedViewSet):
    """What else may happen to an item."""

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: str) -> Response:
        """A department proposes to take a wrong confirmation back; a second person approves."""
        return self.ask_second_person("items.correct", "correctable_by", who="directed_by")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="confirm-for")
    def confirm_for(self, request: Request, pk: str) -> Response:
        """After a ruling that it is done, for an asker who does not answer. 409 ``not_yet`` while their term runs."""
        takes = ReasonSerializer
        return self.act("confirmable_for_by", transitions.confirm_for, who="ruled_by", takes=takes)

    @extend_schema(request=ReasonSerializer, responses={201: ItemSerializer})
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """The trouble is back: 201 with the new item. 409 ``already_reopened``."""
        item = self.get_object()
        demand(item, request.user, "reopenable_by", "asked_by_user")
        made = transitions.reopen(item, **self.said(ReasonSerializer), by=request.user, at=timezone.now())
        return Response(self.get_serializer(self.anew(made)).data, HTTPStatus.CREATED)

    @extend_schema(request=shapes.ForwardSerializer, responses={201: shapes.ForwardingSerializer})
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, pk: str) -> Response:
        """Offer an unclaimed item to another alliance: 201 with the offer. 409 ``already_forwarded``, ``same``."""
        item = self.get_object()
        demand(item, request.user, "forwardable_by", "overseen_by")
        made = transitions.forward(item, **self.said(shapes.ForwardSerializer), by=request.user, at=timezone.now())
        return Response(shapes.ForwardingSerializer(made).data, HTTPStatus.CREATED)

    @extend_schema(request=shapes.AttachSerializer)
    @action(detail=True, methods=["post"])
    def attach(self, request: Request, pk: str) -> Response:
        """Make it a part of a larger item of the same alliance. 409 ``not_attachable``."""
        return self.act("attachable_by", transitions.attach, who="overseen_by", takes=shapes.AttachSerializer)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def detach(self, request: Request, pk: str) -> Response:
        return self.act("detachable_by", transitions.detach, who="overseen_by")

    @extend_schema(request=shapes.DisputeReasonSerializer, responses={201: shapes.DisputeSerializer})
    @action(detail=True, methods=["post"])
    def dispute(self, request: Request, pk: str) -> Response:
        """A party puts it before the organisation above: 201. 409 ``no_ground``, ``already_disputed``."""
        item = self.get_object()
        demand(item, request.user, "disputable_by", "party_of")
        words = self.said(shapes.DisputeReasonSerializer)
        fetch(type(words["organization"])._default_manager.spoken_for_by(request.user), words["organization"].pk)
        made = transitions.dispute(item, **words, by=request.user, at=timezone.now())
        return Response(shapes.DisputeSerializer(made).data, HTTPStatus.CREATED)


class ClaimLoopMixin(ScopedViewSet):
    """What else may happen to a claim."""

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"], url_path="force-release")
    def force_release(self, request: Request, pk: str) -> Response:
        """Take it away: the lead alone before it has begun (200), else staff with a second person (202)."""
        alone = Claim.objects.force_releasable_alone_by(request.user).filter(pk=self.get_object().pk)
        if not alone.exists():
            return self.ask_second_person("claims.force_release", "force_releasable_by", who="watched_by")
        return self.act("force_releasable_by", _before_start, who="watched_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.HelpersSerializer)
    @action(detail=True, methods=["post"], url_path="name-helpers")
    def name_helpers(self, request: Request, pk: str) -> Response:
        """Name the own Party members who helped; those named already for that day stay as they are."""
        takes = shapes.HelpersSerializer
        return self.act("helper_nameable_by", transitions.name_helpers, who="own_of", takes=takes)


    @extend_schema(request=shapes.StrikeHelperSerializer)
    @action(detail=True, methods=["post"], url_path="strike-helper")
    def strike_helper(self, request: Request, pk: str) -> Response:
        """Take back a name entered by mistake: ``person`` and the day; the person-time and the point go with it."""
        return self.act("helper_strikable_by", _strike, who="own_of", takes=shapes.StrikeHelperSerializer)


def _strike(claim: Claim, *, person: int, served_on: Any, **words: Any) -> Claim:
    helper = claim.helps.filter(person=person, served_on=served_on).first()
    if helper is None:
        raise Http404
    return transitions.strike_helper(claim, helper, **words)


def _before_start(claim: Claim, **words: Any) -> Claim:
    return transitions.force_release(claim, before_start=True, **words)


class DisputeViewSet(ScopedViewSet):
    """Disputes (争议) on the items that the caller may see, and those to be ruled on."""

    queryset = Dispute.objects.all()
    serializer_class = shapes.DisputeSerializer
    filterset_class = DisputeFilter
    ordering = ("-raised_at", "-id")
    ordering_fields = ("raised_at", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {}

    @extend_schema(request=shapes.RulingSerializer, responses={200: shapes.DisputeSerializer, 202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: str) -> Response:
        """Rule that it is done or goes on (200); that the claims end needs a second person (202)."""
        demand(self.get_object(), request.user, "decidable_by", "ruled_by")
        if self.said(shapes.RulingSerializer)["outcome"] == "out":
            return self.ask_second_person("disputes.rule_out", "decidable_by", who="ruled_by")
        return self.act("decidable_by", _rule, who="ruled_by", takes=shapes.RulingSerializer)

    @extend_schema(request=FindingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        takes = FindingSerializer
        return self.act("withdrawable_by", transitions.withdraw_dispute, who="raised_by", takes=takes)


def _rule(case: Dispute, *, outcome: str, **words: Any) -> Dispute:
    return RULINGS[outcome](case, **words)


class ForwardingViewSet(ScopedViewSet):
    """What is passed on (转办) from one alliance to another, as far as the caller sees the item or leads the other."""

    queryset = Forwarding.objects.select_related("item")
    serializer_class = shapes.ForwardingSerializer
    filterset_class = ForwardingFilter
    ordering = ("-proposed_at", "-id")
    ordering_fields = ("proposed_at", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {}

    @extend_schema(request=FindingSerializer)
    @action(detail=True, methods=["post"], url_path="take-over")
    def take_over(self, request: Request, pk: str) -> Response:
        """The item goes on in the other alliance, under a new number."""
        return self.act("answerable_by", transitions.take_over, who="received_by", takes=FindingSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="pass-back")
    def pass_back(self, request: Request, pk: str) -> Response:
        return self.act("answerable_by", transitions.pass_back, who="received_by", takes=ReasonSerializer)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="call-back")
    def call_back(self, request: Request, pk: str) -> Response:
        return self.act("recallable_by", transitions.call_back, who="sent_by")
