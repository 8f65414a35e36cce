"""REST over programs' keys, for browser sessions: no key asks for another."""

from __future__ import annotations

import json
from typing import Any

from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from members import keys
from members.forms.keys import place_of
from members.models import ApiClient, IdempotentAnswer
from members.mouths import demand
from members.rest import ApprovalSerializer, NothingSerializer, ReasonSerializer, ScopedViewSet
from members.serializers import keys as shapes


class KeyViewSet(ScopedViewSet):
    """Programs' keys (接口密钥) of the caller's region and organisations."""

    queryset = ApiClient.objects.all()
    serializer_class = shapes.KeySerializer
    ordering = ("-id",)
    ordering_fields = ("id", "expires_at", "updated_at")

    @extend_schema(request=shapes.AskKeySerializer, responses={202: ApprovalSerializer})
    def create(self, request: Request) -> Response:
        """Ask for a key: 202 with what the security administrator decides on."""
        by: Any = request.user
        if not keys.may_ask_keys(by):
            raise PermissionDenied
        words = self.said(shapes.AskKeySerializer)
        place = place_of(words.pop("place"), by)
        if place is None:
            raise Http404
        asked = keys.ask_key(place, **words, by=by, at=timezone.now())
        return Response(ApprovalSerializer(asked).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=NothingSerializer, responses=shapes.DrawnKeySerializer)
    @action(detail=True, methods=["post"])
    def draw(self, request: Request, pk: str) -> Response:
        """By whoever asked: the key, told this once. 409 ``already_drawn``."""
        client, by = self.get_object(), request.user
        demand(client, by, "drawable_by", "drawn_by")
        client.key = keys.draw_key(client, by=by, at=timezone.now())  # type: ignore[arg-type]
        return Response(shapes.DrawnKeySerializer(client).data)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: str) -> Response:
        return self.act("revocable_by", keys.revoke_key, who="revoked_by", takes=ReasonSerializer)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """The answer that is kept for a repeated request holds no key."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        if self.kept is not None and isinstance(answer.data, dict) and "key" in answer.data:
            body = json.loads(answer.content) | {"key": None}
            IdempotentAnswer.objects.filter(pk=self.kept.pk).update(body=json.dumps(body))
        return answer
