"""REST over double registration: links and registrations, one action a verb. For browser sessions only."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances import transitions as verbs
from alliances.api.scope import AllianceScopedViewSet
from alliances.filters import OrganLinkFilter, RegistrationFilter
from alliances.models import OrganLink, Registration
from alliances.serializers import registration as shapes
from alliances.serializers.alliance import RemarkSerializer
from members.rest import NothingSerializer, ReasonSerializer


class SessionViewSet(AllianceScopedViewSet):
    """Nothing of it is for keys."""

    scopes = {}

    def made(self, thing: Any) -> Response:
        """201 with the new object as the caller sees it."""
        return Response(self.get_serializer(self.anew(thing)).data, status=status.HTTP_201_CREATED)


class OrganLinkViewSet(SessionViewSet):
    """Links between organs and communities (机关结对)."""

    queryset = OrganLink.objects.select_related("organ", "community")
    serializer_class = shapes.OrganLinkSerializer
    filterset_class = OrganLinkFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=shapes.AskSerializer, responses={201: shapes.OrganLinkSerializer})
    def create(self, request: Request) -> Response:
        return self.made(verbs.ask(**self.said(shapes.AskSerializer), **self.now()))

    @extend_schema(request=NothingSerializer, responses=shapes.OrganLinkSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: str) -> Response:
        return self.act("acceptable_by", verbs.accept_link, who="received_by")

    @extend_schema(request=RemarkSerializer, responses=shapes.OrganLinkSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: str) -> Response:
        return self.act("acceptable_by", verbs.decline_link, who="received_by", takes=RemarkSerializer)

    @extend_schema(request=RemarkSerializer, responses=shapes.OrganLinkSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", verbs.withdraw_link, who="sent_by", takes=RemarkSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.OrganLinkSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", verbs.end_link, who="shared_by", takes=ReasonSerializer)


class RegistrationViewSet(SessionViewSet):
    """Registrations of Party members with communities (党员报到): name, organ and post, never a phone."""

    queryset = Registration.objects.select_related("person__organization")
    serializer_class = shapes.RegistrationSerializer
    filterset_class = RegistrationFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=shapes.RegisterSerializer, responses={201: shapes.RegistrationSerializer(many=True)})
    def create(self, request: Request) -> Response:
        """Register one or many; the answer lists those that are new."""
        made = verbs.register(**self.said(shapes.RegisterSerializer), **self.now())
        rows: QuerySet = self.get_queryset().filter(pk__in=[one.pk for one in made]).order_by("pk")
        return Response(self.get_serializer(rows, many=True).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonSerializer, responses=shapes.RegistrationSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("endable_by", verbs.end_registration, who="acted_for_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.SkillsSerializer, responses=shapes.SkillsSerializer)
    @action(detail=False, methods=["post"], url_path="keep-skills")
    def keep_skills(self, request: Request) -> Response:
        """What a member of one's own is good at is exactly this."""
        words = self.said(shapes.SkillsSerializer)
        person = verbs.keep_skills(words["person"], skills=words["skills"], **self.now())
        return Response({"person": person.pk, "skills": list(person.skills.values_list("skill", flat=True))})
