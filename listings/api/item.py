"""Items for programs: the same verbs as the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from listings import transitions
from listings.api.deadline import TermActions
from listings.api.loop import ItemLoopMixin
from listings.api.scope import READS_ITEMS
from listings.bulk import act
from listings.duplicates import similar_to
from listings.filters.item import ItemFilter
from listings.forms.item import askers
from listings.models import Claim, Item
from listings.serializers import item as serializers
from listings.serializers.bulk import BulkOutcomeSerializer, BulkSerializer
from listings.serializers.claim import ClaimSerializer, NewClaimSerializer
from listings.serializers.loop import JudgementSerializer, RefuseSerializer, ReturnSerializer
from listings.serializers.match import MatchSerializer, NewMatchSerializer, RankedSerializer
from listings.supply import open_to, resources_for
from listings.transitions.claim import TAKEN_UP
from members.models import Organization
from members.mouths import demand, fetch
from members.rest import ReasonSerializer
from members.scope import rights_of
from members.throttling import CLAIMS


class ItemViewSet(ItemLoopMixin, TermActions):
    queryset = Item.objects.with_counts()  # put together once, not by every request
    serializer_class = serializers.ItemSerializer
    filterset_class = ItemFilter
    ordering = ("-collected_on", "-id")
    ordering_fields = ("collected_on", "updated_at", "id")
    limits: ClassVar[dict[str, int]] = {"claims": CLAIMS}
    scopes: ClassVar[dict[str, Any]] = {
        "list": READS_ITEMS, "retrieve": READS_ITEMS, "similar": READS_ITEMS, "deadline": READS_ITEMS,
        "create": "items:write", "confirm": "items:confirm", "claims": "claims:write",
    }  # fmt: skip

    thing: Any = None

    def get_object(self) -> Any:
        self.thing = super().get_object()
        return self.thing

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "thing": self.thing}

    @extend_schema(request=serializers.NewItemSerializer, responses={201: serializers.ItemSerializer})
    def create(self, request: Request) -> Response:
        """Write down a need on a list: 201; 200 with the item that a program has pushed before."""
        words = self.said(serializers.NewItemSerializer)
        listing = words.pop("listing")
        demand(listing, request.user, "writable_by", "fed_by")
        if not askers(listing, request.user).filter(pk=words["asked_by"].pk).exists():
            raise PermissionDenied(_("您不能代这个党组织提出事项。"))
        before = Item.objects.asked_by_user(request.user).filter(external_id=words.get("external_id") or None).exists()
        made = transitions.collect(listing, **words, by=request.user, at=timezone.now())
        status = HTTPStatus.OK if before else HTTPStatus.CREATED
        return Response(self.get_serializer(self.anew(made)).data, status)

    @extend_schema(request=BulkSerializer, responses=BulkOutcomeSerializer)
    @action(detail=False, methods=["post"])
    def bulk(self, request: Request) -> Response:
        """One verb and one reason for many items, each under its own right: 200 with what was done and what was not."""
        words = self.said(BulkSerializer)
        outcome = act(words["verb"], words["items"], by=request.user, at=timezone.now(), reason=words["reason"])
        request._request.denial_code = outcome.denial  # type: ignore[attr-defined]
        return Response(BulkOutcomeSerializer(outcome).data)

    @extend_schema(request=serializers.StudySerializer)
    @action(detail=True, methods=["post"])
    def study(self, request: Request, pk: str) -> Response:
        return self.act("studyable_by", transitions.study, who="overseen_by", takes=serializers.StudySerializer)

    @extend_schema(request=serializers.FindingSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: str) -> Response:
        return self.act("openable_by", transitions.open_, who="overseen_by", takes=serializers.FindingSerializer)

    @extend_schema(request=ReturnSerializer)
    @action(detail=True, methods=["post"], url_path="return")
    def return_(self, request: Request, pk: str) -> Response:
        """Before it is claimed: back to whoever asked. When it is done: by whoever asked, back to those who did it."""
        if self.get_object().state in {Item.State.DONE, Item.State.LINKED}:
            return self.act("sendable_back_by", transitions.send_back, who="asked_by_user", takes=ReasonSerializer)
        return self.act("studyable_by", transitions.return_, who="overseen_by", takes=ReturnSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: str) -> Response:
        return self.act("sendable_back_by", transitions.send_back, who="asked_by_user", takes=ReasonSerializer)

    @extend_schema(request=RefuseSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("studyable_by", transitions.refuse, who="overseen_by", takes=RefuseSerializer)

    @extend_schema(request=serializers.WordsSerializer)
    @action(detail=True, methods=["post"])
    def resubmit(self, request: Request, pk: str) -> Response:
        words = serializers.WordsSerializer
        return self.act("resubmittable_by", transitions.resubmit, who="asked_by_user", takes=words)

    @extend_schema(request=serializers.WordsSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        return self.act("wordable_by", transitions.amend, takes=serializers.WordsSerializer)

    @extend_schema(request=serializers.LinkSerializer)
    @action(detail=True, methods=["post"])
    def link(self, request: Request, pk: str) -> Response:
        return self.act("linkable_by", transitions.link, who="overseen_by", takes=serializers.LinkSerializer)

    @extend_schema(responses=serializers.AlikeSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def similar(self, request: Request, pk: str) -> Response:
        """Items of the alliance or the community that ask for nearly the same, the likest first; at most five."""
        found = similar_to(self.get_object(), user=request.user, today=timezone.localdate())
        return Response(serializers.AlikeSerializer(found, many=True).data)

    @extend_schema(responses=RankedSerializer(many=True), filters=False)
    @action(detail=True, pagination_class=None)
    def matches(self, request: Request, pk: str) -> Response:
        """What could meet the need, the best first, each with the parts of its score; nothing for what is not open."""
        item = self.get_object()
        may = Item.objects.matchable_by(request.user).filter(pk=item.pk).exists()
        found = resources_for(item, request.user, timezone.localdate()) if may else []
        return Response(RankedSerializer(open_to(found, item, request.user), many=True).data)

    @extend_schema(request=NewMatchSerializer, responses={201: MatchSerializer})
    @action(detail=True, methods=["post"])
    def match(self, request: Request, pk: str) -> Response:
        """Ask an organisation to meet the need: 201 with the match, accepted at once where it is one's own. 409
        ``own_need``, ``not_member``, ``not_open``, ``already_matched``, ``not_available``."""
        item = self.get_object()
        demand(item, request.user, "matchable_by", "matched_by")
        words = self.said(NewMatchSerializer)
        own = words["organization"].pk in rights_of(request.user).organizations
        if not own and not Item.objects.seekable_by(request.user).filter(pk=item.pk).exists():
            raise PermissionDenied(_("只能提供本组织的资源。"))
        made = transitions.match(
            item, words.pop("organization"), **words, by=request.user, at=timezone.now()
        )
        return Response(MatchSerializer(made).data, HTTPStatus.CREATED)

    @extend_schema(request=serializers.JoinSerializer)
    @action(detail=True, methods=["post"])
    def join(self, request: Request, pk: str) -> Response:
        """Let a problem share the answer of another item. 409 ``not_joinable`` where the two do not fit."""
        return self.act("joinable_by", transitions.join, who="overseen_by", takes=serializers.JoinSerializer)

    @extend_schema(request=JudgementSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: str) -> Response:
        """By whoever asked. 409 ``own_claim`` for a claimant, ``move_refused`` while it is not done."""
        return self.act("judged_by", transitions.confirm, takes=JudgementSerializer)

    @extend_schema(request=NewClaimSerializer, responses={201: ClaimSerializer, 202: ClaimSerializer})
    @action(detail=True, methods=["post"])
    def claims(self, request: Request, pk: str) -> Response:
        """Claim the item for one's own organisation: 404, 403, then 409 ``not_member``, ``not_open``,
        ``already_claimed``, ``full``, ``lead_taken``, in this order. With ``wait`` the full item is answered by 202
        and a place in the waiting line (``waiting_position``)."""
        item = fetch(Item.objects.visible_to(request.user).only(*TAKEN_UP), pk)
        self.demand_unchanged(item)
        words = self.said(NewClaimSerializer)
        organization: Organization = words.pop("organization")
        if organization.pk not in rights_of(request.user).organizations:
            raise PermissionDenied(_("只能代表本组织认领。"))
        made = transitions.claim(item, organization, **words, by=request.user, at=timezone.now())
        if made.state != Claim.State.WAITING:  # all that is told of it is at hand
            return Response(ClaimSerializer(made).data, HTTPStatus.CREATED)
        shown = Claim.objects.with_positions().select_related("item").get(pk=made.pk)
        return Response(ClaimSerializer(shown).data, HTTPStatus.ACCEPTED)
