"""The pages of errors, and their problem documents under /api/. A 500 shows the request's name and nothing else."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from members.problems import plain_problem

CODES = {400: "bad_request", 403: "permission_denied", 404: "not_found", 500: "error"}


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 400)


def forbidden(request: HttpRequest, exception: Exception | None = None, reason: str = "") -> HttpResponse:
    """Also what a missing or wrong CSRF token gets."""
    return _answer(request, 403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _answer(request, 404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _answer(request, 500)


def _answer(request: HttpRequest, status: int) -> HttpResponse:
    """Without the house's context: the page of an error must not ask what may itself be the error."""
    name = getattr(request, "request_id", "")
    if request.path.startswith("/api/"):
        return plain_problem(status, CODES[status], f"请求编号 {name}" if status == 500 else "")
    context = {"request_id": name, "elder": request.COOKIES.get("elder") == "1"}
    return HttpResponse(render_to_string(f"{status}.html", context), status=status)
