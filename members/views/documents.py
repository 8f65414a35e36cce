"""Uploaded files go out through this one door, to whoever may see the thing that they belong to."""

from __future__ import annotations

from typing import Any

from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase

from members.models import Document
from members.mouths import fetch
from members.pages import Page


class DocumentDownloadView(Page):
    """The file as an attachment: never shown by the browser itself, never kept in a cache."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        document = fetch(Document.objects.visible_to(request.user), kwargs["pk"])
        try:
            content = document.file.open("rb")
        except FileNotFoundError as lost:
            raise Http404 from lost
        response = FileResponse(content, as_attachment=True, filename=document.name)
        response["Content-Type"] = document.sort.content_type
        response["X-Content-Type-Options"] = "nosniff"
        response["Cache-Control"] = "private, no-store"
        response["Content-Security-Policy"] = "default-src 'none'; sandbox; frame-ancestors 'none'"
        return response
