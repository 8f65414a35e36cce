"""Terms for programs: the same verbs as the pages."""

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
from listings.api.scope import READS_ITEMS
from listings.filters.terms import ExtensionFilter
from listings.models import Extension
from listings.serializers import deadline as shapes
from listings.terms import deadline_of
from members.mouths import demand
from members.rest import ReasonSerializer, ScopedViewSet
from members.scope import rights_of


class TermActions(ScopedViewSet):
    """The actions of the items' viewset that concern their terms."""

    @extend_schema(responses=shapes.DeadlineSerializer)
    @action(detail=True, methods=["get"])
    def deadline(self, request: Request, pk: str) -> Response:
        """The term in working days, with its pause, the extensions asked for, and supervision."""
        item = self.get_object()
        said = deadline_of(item, request.user, timezone.localdate())
        shown = {name: getattr(item, name) for name in ("due_on", "supervision", "supervised_on")}
        shown |= {name: getattr(said, name) for name in ("days_left", "unannounced", "pause", "extensions")}
        return Response(shapes.DeadlineSerializer(shown).data)

    @extend_schema(request=shapes.WaitingSerializer)
    @action(detail=True, methods=["post"])
    def pause(self, request: Request, pk: str) -> Response:
        """By the lead claimant or who oversees. 409 ``overdue``, ``paused``."""
        return self.act("pausable_by", transitions.pause, who="timed_by", takes=shapes.WaitingSerializer)

    @extend_schema(request=shapes.TermRemarkSerializer)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: str) -> Response:
        return self.act("resumable_by", transitions.resume, who="timed_by", takes=shapes.TermRemarkSerializer)

    @extend_schema(request=shapes.NewExtensionSerializer, responses={201: shapes.ExtensionSerializer})
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: str) -> Response:
        """Ask for a later day: 201 with the extension. 409 ``paused``, ``already_asked``."""
        item = self.get_object()
        demand(item, request.user, "extendable_by", "worked_by")
        words = self.said(shapes.NewExtensionSerializer)
        organization = words.pop("organization")
        if organization.pk not in rights_of(request.user).organizations:
            raise PermissionDenied(_("只能代表本组织申请。"))
        made = transitions.ask_extension(item, organization, **words, by=request.user, at=timezone.now())
        return Response(shapes.ExtensionSerializer(made).data, HTTPStatus.CREATED)


class ExtensionViewSet(ScopedViewSet):
    """Extensions (延期申请) of the items in the caller's scope."""

    queryset = Extension.objects.select_related("item")
    serializer_class = shapes.ExtensionSerializer
    filterset_class = ExtensionFilter
    ordering = ("-asked_at", "-id")
    ordering_fields = ("asked_at", "updated_at", "id")
    scopes: ClassVar[dict[str, Any]] = {"list": READS_ITEMS, "retrieve": READS_ITEMS}

    @extend_schema(request=shapes.TermRemarkSerializer)
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: str) -> Response:
        """By who oversees the item, never by who asked."""
        return self.act("decidable_by", transitions.grant, who="overseen_by", takes=shapes.TermRemarkSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("decidable_by", transitions.refuse_extension, who="overseen_by", takes=ReasonSerializer)
