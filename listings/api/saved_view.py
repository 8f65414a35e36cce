"""Saved views for who is logged in: the same verbs as the pages."""

from __future__ import annotations

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from listings.models import SavedView
from listings.serializers.saved_view import NewSavedViewSerializer, SavedViewSerializer
from listings.transitions.saved_view import drop_view, save_view
from members.mouths import demand
from members.rest import ScopedViewSet
from members.scope import rights_of


class SavedViewViewSet(ScopedViewSet):
    queryset = SavedView.objects.all()
    serializer_class = SavedViewSerializer
    ordering = ("id",)
    ordering_fields = ("id",)

    @extend_schema(request=NewSavedViewSerializer, responses={201: SavedViewSerializer})
    def create(self, request: Request) -> Response:
        """Keep a question under a name; the same name again says the new question."""
        words = self.said(NewSavedViewSerializer)
        organization = words.get("organization")
        if organization is not None and organization.pk not in rights_of(request.user).organizations:
            raise PermissionDenied(_("只能共享给本组织。"))
        made = save_view(request.user, **words, at=timezone.now())  # type: ignore[arg-type]
        return Response(self.get_serializer(made).data, HTTPStatus.CREATED)

    @extend_schema(responses={204: None})
    def destroy(self, request: Request, pk: str) -> Response:
        """Forget one's own."""
        view = self.get_object()
        demand(view, request.user, "droppable_by")
        drop_view(view, by=request.user, at=timezone.now())
        return Response(status=HTTPStatus.NO_CONTENT)
