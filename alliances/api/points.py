"""REST over belts, routes and districts (发展带, 红色风景线, 红色片区)."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.scope import AllianceScopedViewSet
from alliances.models import Alliance, Belt
from alliances.serializers.alliance import AllianceSerializer
from alliances.serializers.fields import ScopedList
from alliances.transitions import points as verbs
from members.choosing import RegionFilter
from members.models import Region
from members.rest import ReasonSerializer
from members.scope import rights_of
from members.shapes import Shape


class SiteActions(AllianceScopedViewSet):
    """The verbs of demonstration sites, beside the other verbs of alliances."""

    @extend_schema(request=ReasonSerializer, responses=AllianceSerializer)
    @action(detail=True, methods=["post"])
    def designate(self, request: Request, pk: str) -> Response:
        return self.act("designatable_by", verbs.designate, who="directed_by", takes=ReasonSerializer)

    @extend_schema(request=ReasonSerializer, responses=AllianceSerializer)
    @action(detail=True, methods=["post"])
    def undesignate(self, request: Request, pk: str) -> Response:
        return self.act("undesignatable_by", verbs.undesignate, who="directed_by", takes=ReasonSerializer)


class BeltSerializer(Shape):
    """``alliances``: the ids of its stops in order, of those that the caller may see."""

    alliances = serializers.SerializerMethodField()

    class Meta:
        model = Belt
        fields = ("id", "name", "kind", "region", "since", "until", "alliances", "synthetic", "updated_at")
        read_only_fields = fields

    def get_alliances(self, belt: Belt) -> list[int]:
        return [stop.alliance_id for stop in belt.stops.all() if stop.alliance_id in self.seen]

    @cached_property
    def seen(self) -> set[int]:
        """The alliances on belts that the caller may see; asked once for a whole list."""
        rows = Alliance.objects.visible_to(self.context["request"].user).filter(belt_stops__isnull=False)
        return set(rows.values_list("pk", flat=True))


class StopsSerializer(serializers.Serializer):
    """Ids in order."""

    alliances = ScopedList(lambda user, _thing: Alliance.objects.visible_to(user), Alliance)

    def validate_alliances(self, found: list[Alliance]) -> list[Alliance]:
        by_id = {alliance.pk: alliance for alliance in found}
        return [by_id[int(pk)] for pk in self.initial_data["alliances"]]


class NameSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=80)


class LaySerializer(StopsSerializer, NameSerializer):
    kind = serializers.ChoiceField(choices=Belt.Kind.choices)
    region = serializers.CharField(max_length=12)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)

    def validate_region(self, code: str) -> Region:
        region = Region.objects.filter(pk=code).first()
        if region is None or not rights_of(self.context["request"].user).directs(code):
            raise serializers.ValidationError(_("没有这个代码，或它不在您的范围内。"))
        return region


class BeltFilter(filters.FilterSet):
    kind = filters.ChoiceFilter(choices=Belt.Kind.choices)
    region = RegionFilter()

    class Meta:
        model = Belt
        fields = ("kind", "region")


class BeltViewSet(AllianceScopedViewSet):
    """Belts, routes and districts, ended ones too (``until``)."""

    queryset = Belt.objects.all()
    serializer_class = BeltSerializer
    filterset_class = BeltFilter
    ordering = ("-id",)
    ordering_fields = ("id", "since", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("stops")

    @extend_schema(request=LaySerializer, responses={201: BeltSerializer})
    def create(self, request: Request) -> Response:
        if not rights_of(request.user).departments:
            raise PermissionDenied(_("发展带由组织部门命名。"))
        words = self.said(LaySerializer)
        belt: Any = verbs.lay(words.pop("region"), **words, **self.now())
        return Response(self.get_serializer(self.anew(belt)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=NameSerializer, responses=BeltSerializer)
    @action(detail=True, methods=["post"])
    def rename(self, request: Request, pk: str) -> Response:
        return self.act("arrangeable_by", verbs.rename, who="directed_by", takes=NameSerializer)

    @extend_schema(request=StopsSerializer, responses=BeltSerializer)
    @action(detail=True, methods=["post"])
    def arrange(self, request: Request, pk: str) -> Response:
        return self.act("arrangeable_by", verbs.arrange, who="directed_by", takes=StopsSerializer)

    @extend_schema(request=ReasonSerializer, responses=BeltSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        return self.act("arrangeable_by", verbs.end_belt, who="directed_by", takes=ReasonSerializer)
