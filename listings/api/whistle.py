"""Whistles and calls for programs: the same verbs as the pages."""

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

from alliances.models import Alliance
from listings.api.scope import READS_ITEMS
from listings.departments import callers_for, departments_for
from listings.filters.whistle import CallFilter, WhistleFilter
from listings.models import Call, Whistle
from listings.serializers import whistle as shapes
from listings.transitions import call as answers
from listings.transitions import whistle as verbs
from members.models import Organization
from members.mouths import demand, fetch
from members.rest import NothingSerializer, ReasonSerializer, ScopedViewSet


class WhistleViewSet(ScopedViewSet):
    """Whistles (吹哨报到) in the caller's scope, with the calls that they made."""

    queryset = Whistle.objects.prefetch_related("calls__whistle")
    serializer_class = shapes.WhistleSerializer
    filterset_class = WhistleFilter
    ordering = ("-asked_at", "-id")
    ordering_fields = ("asked_at", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {"list": READS_ITEMS, "retrieve": READS_ITEMS}

    @extend_schema(request=shapes.BlowSerializer, responses={201: shapes.WhistleSerializer})
    def create(self, request: Request) -> Response:
        """Blow for an item, or for a problem written down in the same step: 201; the head has still to agree."""
        words = self.said(shapes.BlowSerializer)
        item, alliance = words.pop("item", None), words.pop("alliance", None)
        if item is not None:
            demand(item, request.user, "whistleable_by", "whistled_for_by")
        else:
            demand(alliance, request.user, "calling_by")
        around = item.alliance if item is not None else alliance
        caller = self.caller(around, words.pop("caller", None))
        called = departments_for(around, caller)
        words["lead"] = fetch(called, words["lead"])
        words["assistants"] = [fetch(called, pk) for pk in words.get("assistants", [])]
        verb: Any = verbs.blow if item is not None else verbs.blow_anew
        made = verb(item or alliance, caller, **words, by=request.user, at=timezone.now())
        return Response(self.get_serializer(self.anew(made)).data, HTTPStatus.CREATED)

    def caller(self, alliance: Alliance, named: Organization | None) -> Organization:
        """In whose name it is blown: the one named, or the only one for which the user may."""
        callers = callers_for(alliance, self.request.user)
        found = list((callers.filter(pk=named.pk) if named else callers)[:2])
        if len(found) != 1:
            raise PermissionDenied(_("请写明以哪个组织的名义吹哨；只能以本组织的名义。"))
        return found[0]

    @extend_schema(request=shapes.WordSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: str) -> Response:
        """By the caller's head. 409 ``already_blown`` where the same work has another whistle."""
        return self.act("approvable_by", verbs.approve, who="headed_by", takes=shapes.WordSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="turn-down")
    def turn_down(self, request: Request, pk: str) -> Response:
        return self.act("approvable_by", verbs.turn_down, who="headed_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.DepartmentSerializer)
    @action(detail=True, methods=["post"], url_path="call-in")
    def call_in(self, request: Request, pk: str) -> Response:
        def verb(whistle: Whistle, *, organization: int, **deed: Any) -> Any:
            callable_ = departments_for(whistle.alliance, whistle.caller)
            return verbs.call_in(whistle, fetch(callable_, organization), **deed)

        return self.act("extendable_by", verb, who="blown_by", takes=shapes.DepartmentSerializer)

    @extend_schema(request=shapes.EvaluationSerializer)
    @action(detail=True, methods=["post"])
    def evaluate(self, request: Request, pk: str) -> Response:
        return self.act("evaluable_by", verbs.evaluate, who="blown_by", takes=shapes.EvaluationSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="call-off")
    def call_off(self, request: Request, pk: str) -> Response:
        return self.act("cancellable_by", verbs.call_off, who="blown_by", takes=ReasonSerializer)


class CallViewSet(ScopedViewSet):
    """The calls of whistles to single departments, and how these answered (报到)."""

    queryset = Call.objects.select_related("whistle")
    serializer_class = shapes.CallSerializer
    filterset_class = CallFilter
    ordering = ("-id",)
    ordering_fields = ("updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {"list": READS_ITEMS, "retrieve": READS_ITEMS}

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="sign-for")
    def sign_for(self, request: Request, pk: str) -> Response:
        return self.act("signable_by", answers.sign_for, who="own_of")

    @extend_schema(request=shapes.SaidSerializer)
    @action(detail=True, methods=["post"])
    def arrive(self, request: Request, pk: str) -> Response:
        return self.act("arrivable_by", answers.arrive, who="own_of", takes=shapes.SaidSerializer)

    @extend_schema(request=shapes.SaidSerializer)
    @action(detail=True, methods=["post"])
    def report(self, request: Request, pk: str) -> Response:
        return self.act("reportable_by", answers.report, who="own_of", takes=shapes.SaidSerializer)

    @extend_schema(request=shapes.PassedOnSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("refusable_by", answers.refuse, who="own_of", takes=shapes.PassedOnSerializer)
