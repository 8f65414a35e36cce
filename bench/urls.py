"""The product's addresses, and the pages against which it is measured: the same middleware around nothing."""

from __future__ import annotations

from typing import ClassVar

from django.http import HttpRequest, HttpResponse
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product
from members.pages import Page

EMPTY, INSIDE, KEYED = "/bench/empty/", "/bench/inside/", "/bench/keyed/"


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for anybody."""
    return HttpResponse()


class InsideView(Page):
    """Nothing, behind the log-in."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return HttpResponse()


class KeyedView(APIView):
    """Nothing, for a program with its key."""

    scopes: ClassVar[dict[str, str]] = {"*": "lists:read"}

    def get(self, request: Request) -> Response:
        return Response({})


urlpatterns = [
    path(EMPTY[1:], empty),
    path(INSIDE[1:], InsideView.as_view()),
    path(KEYED[1:], KeyedView.as_view()),
    *product,
]
