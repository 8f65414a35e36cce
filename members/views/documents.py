"""Uploaded files go out through this one door, to whoever may see the thing that they belong to."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header

from members.models import Document
from members.mouths import fetch
from members.pages import Page


class DocumentDownloadView(Page):
    """The file as an attachment, at most 20 MiB: never shown by the browser itself, never kept in a cache."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        document = fetch(Document.objects.visible_to(request.user), kwargs["pk"])
        try:
            with document.file.open("rb") as content:
                response = HttpResponse(content.read(), content_type=document.sort.content_type)
        except FileNotFoundError as lost:
            raise Http404 from lost
        response["Content-Disposition"] = content_disposition_header(True, document.name)
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
        return response
