"""REST over regions and organisations: read only; records are edited on pages."""

from __future__ import annotations

from typing import Any, ClassVar

import django_filters
from django.db.models import QuerySet
from django.http import Http404
from rest_framework import serializers

from members.filters import OrganizationFilter
from members.models import ApiClient, Organization, Region
from members.rest import ScopedViewSet
from members.scope import rights_of
from members.shapes import Shape

REGISTER = ApiClient.Scope.REGISTER_READ.value
STATISTICS = ApiClient.Scope.STATISTICS_READ.value


class RegionSerializer(Shape):
    level = serializers.CharField(read_only=True)

    class Meta:
        model = Region
        fields = ("code", "name", "level", "successor", "updated_at")
        read_only_fields = fields


class RegionFilter(django_filters.FilterSet):
    """The subtree of a code, or its next level only."""

    region = django_filters.CharFilter(method="beneath", max_length=12)
    parent = django_filters.CharFilter(method="below", max_length=12)

    class Meta:
        model = Region
        fields = ("region", "parent")

    def beneath(self, regions: QuerySet, name: str, code: str) -> QuerySet:
        return regions.within(code)  # type: ignore[attr-defined]

    def below(self, regions: QuerySet, name: str, code: str) -> QuerySet:
        return regions.children_of(code)  # type: ignore[attr-defined]


class RegionViewSet(ScopedViewSet):
    """Regions (区划), by their code."""

    queryset = Region.objects.all()
    serializer_class = RegionSerializer
    filterset_class = RegionFilter
    scopes: ClassVar[dict[str, Any]] = {"list": (STATISTICS, REGISTER), "retrieve": (STATISTICS, REGISTER)}
    lookup_field = "code"
    lookup_value_regex = "[0-9]{1,12}"
    ordering = ("code",)
    ordering_fields = ("code", "updated_at")

    def get_object(self) -> Region:
        region: Region | None = self.get_queryset().filter(pk=self.kwargs["code"]).first()
        if region is None:
            raise Http404
        self.demand_unchanged(region)
        return region


class OrganizationSerializer(Shape):
    """What everybody who sees the organisation reads, and what only its department and itself read.

    ``parent``, ``contact`` and ``phone`` (masked) are null for others and for programs.
    """

    parent: Any = serializers.SerializerMethodField()
    contact = serializers.SerializerMethodField()
    phone = serializers.SerializerMethodField()

    class Meta:
        model = Organization
        fields = (
            "id", "code", "name", "short_name", "kind", "sector", "industry", "level", "ownership", "region", "place",
            "parent", "contact", "phone", "source", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def described(self, organization: Organization) -> bool:
        rights = rights_of(self.context["request"].user)
        own = organization.pk in rights.organizations
        return rights.scopes is None and (own or rights.governs(organization.region_id))

    def get_parent(self, organization: Organization) -> str | None:
        return organization.parent.code if organization.parent and self.described(organization) else None

    def get_contact(self, organization: Organization) -> str | None:
        return organization.contact if self.described(organization) else None

    def get_phone(self, organization: Organization) -> str | None:
        return organization.masked_phone if self.described(organization) else None


class OrganizationViewSet(ScopedViewSet):
    """Organisations (党组织) in the caller's scope."""

    queryset = Organization.objects.select_related("parent")
    serializer_class = OrganizationSerializer
    filterset_class = OrganizationFilter
    scopes: ClassVar[dict[str, Any]] = {"list": REGISTER, "retrieve": REGISTER}
    ordering = ("code",)
    ordering_fields = ("code", "updated_at")
