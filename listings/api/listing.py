"""Lists for programs: the same verbs as the pages."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any, ClassVar

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.models import Alliance
from listings import transitions
from listings.api.scope import READS_ITEMS
from listings.difference import difference
from listings.filters.item import ListingFilter
from listings.forms.listing import signers
from listings.models import Listing
from listings.serializers import listing as serializers
from members.mouths import demand
from members.rest import NothingSerializer, ScopedViewSet
from members.scope import rights_of


class ListingViewSet(ScopedViewSet):
    queryset = Listing.objects.prefetch_related("signatures")
    serializer_class = serializers.ListingSerializer
    filterset_class = ListingFilter
    ordering = ("-period_from", "-id")
    ordering_fields = ("period_from", "updated_at")
    scopes: ClassVar[dict[str, Any]] = {"list": READS_ITEMS, "retrieve": READS_ITEMS, "difference": READS_ITEMS}

    @extend_schema(request=serializers.NewListingSerializer, responses={201: serializers.ListingSerializer})
    def create(self, request: Request) -> Response:
        """Draw up a list for an alliance that one of the caller's organisations leads."""
        words = self.said(serializers.NewListingSerializer)
        alliance = words.pop("alliance")
        if not Alliance.objects.led_by(request.user).filter(pk=alliance.pk).exists():
            raise PermissionDenied(_("只有牵头党组织可以拟定清单。"))
        made = transitions.draw_up(alliance, **words, by=request.user, at=timezone.now())
        return Response(self.get_serializer(made).data, HTTPStatus.CREATED)

    @extend_schema(request=serializers.ListingSetSerializer, responses={201: serializers.ListingSerializer(many=True)})
    @action(detail=False, methods=["post"], url_path="draw-up-set")
    def draw_up_set(self, request: Request) -> Response:
        """Draw up the three lists of the region's rules for a period in one step."""
        words = self.said(serializers.ListingSetSerializer)
        alliance = words.pop("alliance")
        if not Alliance.objects.led_by(request.user).filter(pk=alliance.pk).exists():
            raise PermissionDenied(_("只有牵头党组织可以拟定清单。"))
        made = transitions.draw_up_set(alliance, **words, by=request.user, at=timezone.now())
        return Response(self.get_serializer(made, many=True).data, HTTPStatus.CREATED)

    @extend_schema(request=serializers.ArrangementSerializer)
    @action(detail=True, methods=["post"])
    def arrange(self, request: Request, pk: str) -> Response:
        """Put the items of a draft into an order: their ids from the top; those left out follow."""
        listing = self.get_object()
        demand(listing, request.user, "arrangeable_by", "leadable_by")
        order = self.said(serializers.ArrangementSerializer)["order"]
        on_it = {item.pk: item for item in listing.items.filter(pk__in=order)}
        if len(on_it) != len(set(order)):
            raise ValidationError({"order": [_("只能是这份清单上的事项。")]})
        transitions.arrange(listing, order=[on_it[pk] for pk in order], by=request.user, at=timezone.now())
        return Response(self.get_serializer(self.anew(listing)).data)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def carry(self, request: Request, pk: str) -> Response:
        """What is unfinished goes on into the next period; 200 with that period's list."""
        listing = self.get_object()
        demand(listing, request.user, "carriable_by", "leadable_by")
        into = transitions.carry(listing, by=request.user, at=timezone.now())
        return Response(self.get_serializer(into).data)

    @extend_schema(responses=serializers.DifferenceSerializer)
    @action(detail=True)
    def difference(self, request: Request, pk: str) -> Response:
        """What this version says otherwise than the one before it; empty for a first version."""
        found = difference(self.get_object())
        return Response(serializers.DifferenceSerializer(found).data)

    @extend_schema(request=serializers.SignatureSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: str) -> Response:
        """Sign for a member organisation: the lead first."""
        listing = self.get_object()
        organization = self.said(serializers.SignatureSerializer).get("organization")
        if organization is not None and organization.pk not in rights_of(request.user).organizations:
            raise PermissionDenied(_("您不代表这个党组织。"))
        demand(listing, request.user, "signable_by", "countersigned_by")
        organization = organization or signers(listing, request.user).first()
        transitions.sign(listing, organization, by=request.user, at=timezone.now())
        return Response(self.get_serializer(self.anew(listing)).data)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def revise(self, request: Request, pk: str) -> Response:
        """Supersede the signed list by a new version; 200 with the new one."""
        listing = self.get_object()
        demand(listing, request.user, "revisable_by", "leadable_by")
        newer = transitions.revise(listing, by=request.user, at=timezone.now())
        return Response(self.get_serializer(newer).data)
