"""The product's addresses, and the page against which it is measured: log-in, frame and one statement."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from config.urls import *  # noqa: F403
from config.urls import urlpatterns as product
from listings.models import Item
from members.pages import Page


class OneQueryView(Page):
    """One item by its id in an empty frame."""

    def get(self, request: HttpRequest) -> HttpResponse:
        item = Item.objects.order_by("pk").first()
        return render(request, "base.html", {"item": item})


urlpatterns = [path("bench/one/", OneQueryView.as_view()), *product]
