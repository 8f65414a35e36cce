"""REST over charters and agreements: browser sessions only; a file comes as multipart, and goes by its own address."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import AgreementFilter, CharterFilter
from alliances.models import Agreement, Charter
from alliances.serializers import papers as shapes
from members.mouths import demand
from members.parsers import StrictJSONParser
from members.rest import NothingSerializer, ReasonSerializer


class PaperViewSet(AllianceScopedViewSet):
    scopes: ClassVar[dict[str, str]] = {}
    parser_classes = (StrictJSONParser, MultiPartParser)

    def draft(self, able: str, verb: Any, takes: type[serializers.Serializer]) -> Response:
        """Speak a verb on the alliance that the body names: 201 with what was made."""
        words = self.said(takes)
        alliance = words.pop("alliance")
        demand(alliance, self.request.user, able, "led_by")
        made = verb(alliance, **words, **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)


class CharterViewSet(PaperViewSet):
    """Versions of charters (章程) of the alliances in the caller's scope."""

    queryset = Charter.objects.all()
    serializer_class = shapes.CharterSerializer
    filterset_class = CharterFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead").prefetch_related("assents", "documents")

    @extend_schema(request=shapes.DraftCharterSerializer, responses={201: shapes.CharterSerializer})
    def create(self, request: Request) -> Response:
        return self.draft("charterable_by", verbs.draft_charter, shapes.DraftCharterSerializer)

    @extend_schema(request=shapes.PaperWordsSerializer, responses=shapes.CharterSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        return self.act("amendable_by", verbs.amend_charter, who="drafted_by", takes=shapes.PaperWordsSerializer)

    @extend_schema(request=NothingSerializer, responses=shapes.CharterSerializer)
    @action(detail=True, methods=["post"], url_path="put", url_name="put")
    def put_(self, request: Request, pk: str) -> Response:
        return self.act("puttable_by", verbs.put_charter, who="drafted_by")

    @extend_schema(request=shapes.AssentingSerializer, responses=shapes.CharterSerializer)
    @action(detail=True, methods=["post"])
    def assent(self, request: Request, pk: str) -> Response:
        return self.act("assentable_by", verbs.assent, who="addressed_to", takes=shapes.AssentingSerializer)

    @extend_schema(request=shapes.ObjectingSerializer, responses=shapes.CharterSerializer)
    @action(detail=True, methods=["post"], url_path="object", url_name="object")
    def object_(self, request: Request, pk: str) -> Response:
        return self.act("objectable_by", verbs.object_, who="addressed_to", takes=shapes.ObjectingSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.CharterSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", verbs.withdraw_charter, who="drafted_by", takes=ReasonSerializer)


class AgreementViewSet(PaperViewSet):
    """Agreements (共建协议) of the alliances in the caller's scope."""

    queryset = Agreement.objects.all()
    serializer_class = shapes.AgreementSerializer
    filterset_class = AgreementFilter
    ordering = ("-valid_to", "-id")
    ordering_fields = ("valid_to", "id", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead").prefetch_related("parties", "documents")

    @extend_schema(request=shapes.DraftAgreementSerializer, responses={201: shapes.AgreementSerializer})
    def create(self, request: Request) -> Response:
        return self.draft("agreeable_by", verbs.draft_agreement, shapes.DraftAgreementSerializer)

    @extend_schema(request=shapes.AmendAgreementSerializer, responses=shapes.AgreementSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: str) -> Response:
        words = {"who": "drafted_by", "takes": shapes.AmendAgreementSerializer}
        return self.act("amendable_by", verbs.amend_agreement, **words)  # type: ignore[arg-type]

    @extend_schema(request=NothingSerializer, responses=shapes.AgreementSerializer)
    @action(detail=True, methods=["post"], url_path="put", url_name="put")
    def put_(self, request: Request, pk: str) -> Response:
        return self.act("puttable_by", verbs.put_agreement, who="drafted_by")

    @extend_schema(request=shapes.SigningSerializer, responses=shapes.AgreementSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        return self.act("signable_by", verbs.sign_agreement, who="addressed_to", takes=shapes.SigningSerializer)

    @extend_schema(request=shapes.RenewSerializer, responses={201: shapes.AgreementSerializer})
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        """201 with the next version, a draft."""
        agreement = self.get_object()
        demand(agreement, request.user, "renewable_by", "drafted_by")
        made = verbs.renew(agreement, **self.said(shapes.RenewSerializer), **self.now())
        return Response(self.get_serializer(self.anew(made)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonSerializer, responses=shapes.AgreementSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", verbs.withdraw_agreement, who="drafted_by", takes=ReasonSerializer)
