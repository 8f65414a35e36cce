"""REST over programs' subscriptions to events. Only for keys: each has its own."""

from __future__ import annotations

import json
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from assessments.events import EVENTS
from members import webhooks as verbs
from members.api.messages import EVERY_KEY
from members.filters import refuse_unknown
from members.models import ApiClient, IdempotentAnswer, Webhook
from members.mouths import demand
from members.rest import NothingSerializer, ScopedViewSet
from members.serializers import messages as shapes


class WebhookViewSet(ScopedViewSet):
    """Subscriptions (接口订阅) of the calling program. See docs/messages.md for what is sent and how to check it."""

    queryset = Webhook.objects.all()
    serializer_class = shapes.WebhookSerializer
    scopes: ClassVar[dict[str, Any]] = {"*": EVERY_KEY}
    ordering = ("-id",)
    ordering_fields = ("id",)

    @extend_schema(request=shapes.SubscribeSerializer, responses={201: shapes.WebhookWithSecretSerializer})
    def create(self, request: Request) -> Response:
        """Subscribe: 201 with the ``secret``, told this once. 422 for an address that may not be called and for
        events that the key does not read; 409 ``too_many``."""
        client: Any = request.user
        if not isinstance(client, ApiClient):
            raise PermissionDenied
        words = self.said(shapes.SubscribeSerializer)
        made, secret = verbs.subscribe(client, words["url"], words["events"], events=EVENTS, at=timezone.now())
        return self.told(made, secret, status.HTTP_201_CREATED)

    @extend_schema(responses=shapes.EventSerializer(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def events(self, request: Request) -> Response:
        """The white list of events, each with the scopes of which a key needs one."""
        refuse_unknown(request, set())
        rows = [{"name": one.name, "label": one.label, "scopes": sorted(one.scopes)} for one in EVENTS.values()]
        return Response(shapes.EventSerializer(rows, many=True).data)

    @extend_schema(request=NothingSerializer, responses=shapes.WebhookWithSecretSerializer)
    @action(detail=True, methods=["post"], url_path="rotate-secret")
    def rotate_secret(self, request: Request, pk: str) -> Response:
        """A new ``secret``, told this once; the old one signs nothing more."""
        hook = self.get_object()
        demand(hook, request.user, "manageable_by", "visible_to")
        client: Any = request.user
        return self.told(hook, verbs.rotate_secret(hook, by=client, at=timezone.now()))

    @extend_schema(request=NothingSerializer, responses={202: shapes.DeliverySerializer})
    @action(detail=True, methods=["post"])
    def ping(self, request: Request, pk: str) -> Response:
        """Queue a message that says nothing: 202 with its delivery."""
        hook = self.get_object()
        demand(hook, request.user, "manageable_by", "visible_to")
        client: Any = request.user
        made = verbs.ping(hook, by=client, at=timezone.now())
        return Response(shapes.DeliverySerializer(made).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def unsubscribe(self, request: Request, pk: str) -> Response:
        return self.act("manageable_by", verbs.unsubscribe, who="visible_to")

    def told(self, hook: Webhook, secret: str, code: int = status.HTTP_200_OK) -> Response:
        hook.secret = secret  # of this answer only: the row holds it sealed
        return Response(shapes.WebhookWithSecretSerializer(hook).data, status=code)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """The answer that is kept for a repeated request holds no secret."""
        answer = super().finalize_response(request, response, *args, **kwargs)
        data = answer.data
        if self.kept is not None and isinstance(data, dict) and "secret" in data:
            body = json.loads(answer.content) | {"secret": None}
            IdempotentAnswer.objects.filter(pk=self.kept.pk).update(body=json.dumps(body))
        return answer
