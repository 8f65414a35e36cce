"""What happens around every request: it gets a name, its session has limits, its refusal leaves a trace."""

from __future__ import annotations

import logging
import uuid
from collections.abc import Callable
from ipaddress import ip_address
from typing import Any

import pghistory
from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from pghistory.middleware import HistoryMiddleware

from members.factors import PROVED, required_of
from members.models import ApiClient, Denial, User
from members.passwords import must_renew
from members.problems import plain_problem
from members.throttling import Rate
from members.tracing import request_id

logger = logging.getLogger(__name__)
Answerer = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
ALWAYS = ("accounts:logout", "accounts:elder", "accounts:keepalive")
"""Pages that stay open to an account that is sent on."""
REFUSALS = {401, 403, 404, 409, 429}


class RequestIdMiddleware:
    """Each request has a name of our own making; logs, error pages and denials carry it, and the answer tells it."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        name = request.request_id = uuid.uuid4().hex  # type: ignore[attr-defined]
        token = request_id.set(name)
        try:
            response = self.get_response(request)
        finally:
            request_id.reset(token)
        response["X-Request-Id"] = name
        return response


class SessionLimitsMiddleware:
    """Keeps a session's last use, sends who must set a new password to that page, keeps answers out of caches."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        session: Any = request.session
        session.agent = request.headers.get("User-Agent", "").replace("\0", "")[:200]
        if not request.user.is_authenticated:
            return self.get_response(request)
        session.touch()
        response = self.sent_on(request) or self.get_response(request)
        if not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-cache" if response.has_header("ETag") else "private, no-store"
        return response

    def sent_on(self, request: HttpRequest) -> HttpResponse | None:
        """Where an account is sent that first has a password to renew or an authenticator to set up; else None."""
        if must_renew(request.user, timezone.now()):
            page, code, words = "accounts:password", "password_expired", "密码已到期，请先登录网页修改密码。"
        elif not request.session.get(PROVED) and required_of(request.user):
            page, code, words = "accounts:factor_set_up", "second_factor_missing", "请先登录网页设置第二因素。"
        else:
            return None
        if request.path in {reverse(name) for name in (page, *ALWAYS)}:
            return None
        if request.path.startswith("/api/"):
            return plain_problem(403, code, words)
        return HttpResponseRedirect(reverse(page))


class Traced(WSGIRequest):
    """A request whose caller, once known, stands beside every change that the database keeps of it: by a session that
    is before the view, by a key within it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "user":
            pghistory.context(**caller_of(value))
        super().__setattr__(name, value)


class TraceMiddleware(HistoryMiddleware):
    """The history tells a person from a program: their numbers say nothing of each other."""

    def get_context(self, request: HttpRequest) -> dict[str, Any]:
        return {**caller_of(request.user), "url": request.path}

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method in SAFE:
            return self.get_response(request)
        with pghistory.context(**self.get_context(request)):
            request.__class__ = Traced
            return self.get_response(request)


def caller_of(user: Any) -> dict[str, int | None]:
    """``user`` for a person, ``client`` for a program; neither for who is nobody."""
    return {
        "user": user.pk if isinstance(user, User) else None, "client": user.pk if isinstance(user, ApiClient) else None
    }  # fmt: skip


class CallerHeadersMiddleware:
    """REST tells each caller how many requests are left in this minute, and a program when its key ends soon."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        rate: Rate | None = getattr(request, "rate", None)
        if rate is None:
            return response
        response["RateLimit-Limit"], response["RateLimit-Remaining"] = str(rate.limit), str(rate.remaining)
        response["RateLimit-Reset"] = str(rate.reset)
        caller: Any = request.user
        if isinstance(caller, ApiClient) and caller.ends_soon(timezone.now()):
            response["Key-Expires"] = timezone.localtime(caller.expires_at).isoformat(timespec="seconds")
        return response


class DenialMiddleware:
    """A refused request that would have changed something, and a failed log-in, leave a Denial: no body, no secret."""

    def __init__(self, get_response: Answerer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        code = getattr(request, "denial_code", "")
        if code or (request.method not in SAFE and response.status_code in REFUSALS):
            remember(request, response, code)
        return response


def remember(request: HttpRequest, response: HttpResponse, code: str) -> None:
    """Write the Denial; where the database is away, the log has to do."""
    try:
        Denial.objects.create(**denial_of(request, response, code))
    except DatabaseError:
        logger.warning("denied: %s %s %s", request.method, request.path, response.status_code)


def denial_of(request: HttpRequest, response: HttpResponse, code: str) -> dict[str, Any]:
    unnamed = getattr(request, "unnamed", False)  # the page of an anonymous vote keeps nothing of who it was
    caller = None if unnamed else getattr(request, "user", None)
    data = getattr(response, "data", None)
    return {
        "at": timezone.now(),
        "user": caller if isinstance(caller, User) else None,
        "client": caller if isinstance(caller, ApiClient) else None,
        "method": (request.method or "")[:8],
        "path": request.path.replace("\0", "")[:300],
        "status": response.status_code,
        "code": str(code or (data.get("code", "") if isinstance(data, dict) else ""))[:40],
        "address": None if unnamed else address_of(request),
        "request_id": getattr(request, "request_id", ""),
    }


def address_of(request: HttpRequest) -> str | None:
    """Where a request comes from. Of X-Forwarded-For only what our own proxies wrote is read (TRUSTED_PROXIES)."""
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",")]
    count = settings.TRUSTED_PROXIES
    claimed = hops[-count] if 0 < count <= len(hops) else request.META.get("REMOTE_ADDR", "")
    try:
        return str(ip_address(claimed))
    except ValueError:
        return None
