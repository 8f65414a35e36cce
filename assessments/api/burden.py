"""REST over the burden ledger and its ceilings, for browser sessions."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import burden
from assessments.models import BurdenCeiling
from assessments.views.burden import month_asked
from members.models import Organization, Region
from members.mouths import demand
from members.rest import ScopedViewSet
from members.shapes import Shape
from members.versions import versioned


class BurdenCeilingSerializer(Shape):
    updated_at = serializers.DateTimeField(source="set_at", read_only=True)

    class Meta:
        model = BurdenCeiling
        fields = ("id", "region", "fillings", "requests", "messages", "set_at", "updated_at")
        read_only_fields = fields


class SetCeilingSerializer(serializers.Serializer):
    region = serializers.CharField(max_length=12)
    fillings = serializers.IntegerField(min_value=0, max_value=32767)
    requests = serializers.IntegerField(min_value=0, max_value=32767)
    messages = serializers.IntegerField(min_value=0, max_value=32767)


class BurdenSerializer(serializers.Serializer):
    """What was asked of one organisation in the month; ``id`` and ``code`` are the organisation's."""

    id = serializers.IntegerField(source="organization.pk")
    code = serializers.CharField(source="organization.code")
    name = serializers.CharField(source="organization.name")
    region = serializers.CharField(source="organization.region_id")
    fillings = serializers.IntegerField()
    requests = serializers.IntegerField()
    messages = serializers.IntegerField()
    above = serializers.BooleanField()
    ceiling: Any = BurdenCeilingSerializer(allow_null=True)


class BurdenFilter(django_filters.FilterSet):
    """``month`` as 2026-11: this month or one of the two before."""

    month = django_filters.CharFilter(method="of_month", max_length=7)
    region = django_filters.CharFilter(method="beneath", max_length=12)

    class Meta:
        model = Organization
        fields = ("region",)

    def of_month(self, organizations: QuerySet, name: str, asked: str) -> QuerySet:
        return organizations

    def beneath(self, organizations: QuerySet, name: str, code: str) -> QuerySet:
        return organizations.within(code)  # type: ignore[attr-defined]


class BurdenViewSet(ScopedViewSet):
    """The burden ledger (负担台账) of the organisations that the caller governs or speaks for, by name."""

    queryset = Organization.objects.all()
    serializer_class = BurdenSerializer
    filterset_class = BurdenFilter
    ordering = ("name", "id")
    ordering_fields = ("name",)
    moved_at = None

    def get_queryset(self) -> QuerySet:
        return Organization.objects.described_to(self.request.user).standing()

    @property
    def month(self) -> date:
        return month_asked(self.request.query_params.get("month", ""), timezone.localdate())

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return self.told(self.filter_queryset(self.get_queryset()))

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        (row,) = burden.ledger([self.get_object()], self.month)
        return versioned(request, BurdenSerializer(row).data)

    @extend_schema(responses=BurdenSerializer(many=True))
    @action(detail=False, methods=["get"])
    def above(self, request: Request) -> Response:
        """Those above their ceiling, by name."""
        return self.told(burden.above(self.filter_queryset(self.get_queryset()), self.month))

    def told(self, organizations: QuerySet) -> Response:
        page: Any = self.paginate_queryset(organizations)
        return self.get_paginated_response(BurdenSerializer(burden.ledger(page, self.month), many=True).data)


class BurdenCeilingViewSet(ScopedViewSet):
    """Ceilings (减负上限) of the caller's subtree, and those that hold over it."""

    queryset = BurdenCeiling.objects.all()
    serializer_class = BurdenCeilingSerializer
    ordering = ("region",)
    ordering_fields = ("region", "set_at")
    moved_at = "set_at"

    @extend_schema(request=SetCeilingSerializer, responses={201: BurdenCeilingSerializer})
    def create(self, request: Request) -> Response:
        """A department sets its region's ceiling: 201, also where there was one before."""
        words = self.said(SetCeilingSerializer)
        region = Region.objects.filter(pk=words.pop("region")).first()
        if region is None:
            raise Http404
        demand(region, request.user, "directed_by")
        by: Any = request.user
        kept = burden.set_ceiling(region, **words, by=by, at=timezone.now())
        return Response(BurdenCeilingSerializer(kept).data, status=status.HTTP_201_CREATED)
