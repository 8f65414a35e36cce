"""REST over the complaint box: one's own, and for a department those that it answers. For browser sessions."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from members.complaints import answer, complain
from members.models import Complaint
from members.rest import ScopedViewSet
from members.shapes import Shape


class ComplaintSerializer(Shape):
    class Meta:
        model = Complaint
        fields = ("id", "text", "page", "region", "at", "answer", "answered_at", "updated_at")
        read_only_fields = fields


class ComplainSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000)
    page = serializers.CharField(max_length=200, required=False, default="", allow_blank=True)


class ComplaintAnswerSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=2000)


class ComplaintViewSet(ScopedViewSet):
    """Complaints and suggestions (投诉与建议); the department of the place answers."""

    queryset = Complaint.objects.all()
    serializer_class = ComplaintSerializer
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=ComplainSerializer, responses={201: ComplaintSerializer})
    def create(self, request: Request) -> Response:
        """Say what is wrong or could be better; the place is that of the caller's first role."""
        user: Any = request.user
        role = next(iter(user.current_roles), None)
        place = role and (role.region_id or (role.organization.region_id if role.organization else None))
        made = complain(**self.said(ComplainSerializer), region_id=place, by=user, at=timezone.now())
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ComplaintAnswerSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: str) -> Response:
        return self.act("answerable_by", answer, who="answered_for", takes=ComplaintAnswerSerializer)
