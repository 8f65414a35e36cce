"""REST over shared places and their bookings."""

from __future__ import annotations

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.api.means import MeansViewSet
from alliances.filters import BookingFilter, VenueFilter
from alliances.models import Booking, Venue
from alliances.serializers import alliance as alliance_shapes
from alliances.serializers import means as shapes
from alliances.transitions import venue as verbs
from members.mouths import demand
from members.rest import ReasonSerializer


class VenueViewSet(MeansViewSet):
    """Shared places (阵地)."""

    queryset = Venue.objects.select_related("alliance")
    serializer_class = shapes.VenueSerializer
    filterset_class = VenueFilter

    @extend_schema(request=shapes.ShareVenueSerializer, responses={201: shapes.VenueSerializer})
    def create(self, request: Request) -> Response:
        return self.make(verbs.share, shapes.ShareVenueSerializer, "sharable_by", "joined_by")

    @extend_schema(request=shapes.EditVenueSerializer, responses=shapes.VenueSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        return self.act("editable_by", verbs.edit_venue, who="owned_by", takes=shapes.EditVenueSerializer)

    @extend_schema(request=ReasonSerializer, responses=shapes.VenueSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: str) -> Response:
        return self.act("editable_by", verbs.close_venue, who="owned_by", takes=ReasonSerializer)

    @extend_schema(request=shapes.BookSerializer, responses={201: shapes.BookingSerializer})
    @action(detail=True, methods=["post"])
    def book(self, request: Request, pk: str) -> Response:
        venue = self.get_object()
        demand(venue, request.user, "bookable_by", "used_by")
        made = verbs.book(venue, **self.said(shapes.BookSerializer), **self.now())
        return Response(shapes.BookingSerializer(made).data, status=status.HTTP_201_CREATED)


class BookingViewSet(MeansViewSet):
    """Who has which place when."""

    queryset = Booking.objects.select_related("venue__alliance")
    serializer_class = shapes.BookingSerializer
    filterset_class = BookingFilter
    ordering_fields = ("id", "starts_at", "updated_at")

    @extend_schema(request=alliance_shapes.RemarkSerializer, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def release(self, request: Request, pk: str) -> Response:
        takes = alliance_shapes.RemarkSerializer
        return self.act("releasable_by", verbs.release_booking, who="held_by", takes=takes)

    @extend_schema(request=ReasonSerializer, responses=shapes.BookingSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: str) -> Response:
        return self.act("refusable_by", verbs.refuse_booking, who="hosted_by", takes=ReasonSerializer)
