"""REST over the inbox, one's own settings, robots and what left the house."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from members import inbox, robots, sending
from members.filters import refuse_unknown
from members.models import ApiClient, Delivery, Notice, Organization, Preference, Region, Robot, Webhook
from members.mouths import demand
from members.rest import NothingSerializer, ScopedViewSet
from members.scope import rights_of
from members.serializers import messages as shapes

EVERY_KEY = tuple(ApiClient.Scope.values)
TESTS = 6


class NoticeViewSet(ScopedViewSet):
    """The caller's own messages of the last ninety days."""

    queryset = Notice.objects.all()
    serializer_class = shapes.NoticeSerializer
    filterset_fields = ("put_away",)
    ordering = ("-id",)
    ordering_fields = ("id",)
    limits: ClassVar[dict[str, int]] = {"test_mail": TESTS}

    @extend_schema(request=shapes.FilingSerializer, responses=shapes.FiledSerializer)
    @action(detail=False, methods=["post"], url_path="put-away")
    def put_away(self, request: Request) -> Response:
        return self.file(inbox.put_away)

    @extend_schema(request=shapes.FilingSerializer, responses=shapes.FiledSerializer)
    @action(detail=False, methods=["post"], url_path="bring-back")
    def bring_back(self, request: Request) -> Response:
        return self.file(inbox.bring_back)

    def file(self, verb: Any) -> Response:
        return Response({"changed": verb(self.request.user, self.said(shapes.FilingSerializer).get("notices"))})

    @extend_schema(responses=shapes.PreferenceSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def preference(self, request: Request) -> Response:
        """Whether and when the caller also gets a mail a day."""
        refuse_unknown(request, set())
        own = Preference.objects.filter(user=request.user).first() or Preference()  # type: ignore[misc]
        return Response(shapes.PreferenceSerializer(own).data)

    @extend_schema(request=shapes.PreferenceSerializer, responses=shapes.PreferenceSerializer)
    @action(detail=False, methods=["post"], url_path="set-preference")
    def set_preference(self, request: Request) -> Response:
        user: Any = request.user
        kept = robots.set_preference(user, **self.said(shapes.PreferenceSerializer), at=timezone.now())
        return Response(shapes.PreferenceSerializer(kept).data)

    @extend_schema(request=NothingSerializer, responses=shapes.DeliverySerializer)
    @action(detail=False, methods=["post"], url_path="test-mail")
    def test_mail(self, request: Request) -> Response:
        """Send a mail that says nothing to oneself: 200 with how it went. 409 ``no_address``."""
        user: Any = request.user
        return sent(robots.test_mail(user, at=timezone.now()), here=self.kept is None)


class RobotViewSet(ScopedViewSet):
    """Robots (群机器人) of the caller's organisations and of the region of the caller's department."""

    queryset = Robot.objects.all()
    serializer_class = shapes.RobotSerializer
    ordering = ("-id",)
    ordering_fields = ("id",)
    limits: ClassVar[dict[str, int]] = {"test": TESTS}

    @extend_schema(request=shapes.SetRobotSerializer, responses={201: shapes.RobotSerializer})
    def create(self, request: Request) -> Response:
        """Only for an organisation that the caller speaks for, or the very region of the caller's department."""
        user, rights = request.user, rights_of(request.user)
        if not (rights.organizations or rights.departments):
            raise PermissionDenied
        words = self.said(shapes.SetRobotSerializer)
        organization, region = words.pop("organization", None), words.pop("region", None)
        owner: Any = Organization.objects.spoken_for_by(user).filter(pk=organization).first()
        if region is not None:
            owner = Region.objects.filter(pk=region, pk__in=rights.departments).first()
        if owner is None:
            raise Http404
        whose = {"region": owner} if region is not None else {"organization": owner}
        made = robots.set_robot(**words, **whose, by=user, at=timezone.now())  # type: ignore[arg-type]
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NothingSerializer, responses=shapes.DeliverySerializer)
    @action(detail=True, methods=["post"])
    def test(self, request: Request, pk: str) -> Response:
        """Write one line into the chat: 200 with how it went."""
        robot = self.get_object()
        demand(robot, request.user, "manageable_by", "visible_to")
        user: Any = request.user
        return sent(robots.test_robot(robot, by=user, at=timezone.now()), here=self.kept is None)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("manageable_by", robots.end_robot, who="visible_to")


def own_webhooks(request: Request | None) -> QuerySet:
    """Others' are answered like those that there are not."""
    return Webhook.objects.visible_to(request.user) if request else Webhook.objects.none()


class DeliveryFilter(django_filters.FilterSet):
    webhook = django_filters.ModelChoiceFilter(queryset=own_webhooks)

    class Meta:
        model = Delivery
        fields = ("state", "channel", "event", "webhook")


class DeliveryViewSet(ScopedViewSet):
    """What was sent: to oneself and one's robots; to a program, its own webhooks."""

    queryset = Delivery.objects.all()
    serializer_class = shapes.DeliverySerializer
    filterset_class = DeliveryFilter
    scopes: ClassVar[dict[str, Any]] = {"*": EVERY_KEY}
    ordering = ("-id",)
    ordering_fields = ("id", "made_at")

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def replay(self, request: Request, pk: str) -> Response:
        """Once more under the same ``message_id``. 409 ``move_refused`` while it is on its way."""
        return self.act("replayable_by", sending.replay, who="visible_to")


def sent(delivery: Delivery, *, here: bool) -> Response:
    """Send it ``here`` and now, and tell how it went.

    Not inside of the transaction of an Idempotency-Key, which may yet be undone and would stay open while the other
    side thinks: there it waits for the bell, and is told as pending.
    """
    if here:
        sending.deliver(delivery.pk, {}, at=timezone.now())
        delivery.refresh_from_db()
    return Response(shapes.DeliverySerializer(delivery).data)
