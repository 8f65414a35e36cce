"""The same POST twice is one deed with one answer, for a day: by Idempotency-Key in REST, by a token in a form."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import RequestDataTooBig
from django.db import DatabaseError, IntegrityError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.request import Request
from rest_framework.response import Response

from members.deadlocks import OF_A_REQUEST, is_deadlock
from members.models import ApiClient, IdempotentAnswer

KEPT = timedelta(hours=24)
LONGEST = 255
HEADER = "Idempotency-Key"
FIELD = "once"
OF_THE_PAGE = {FIELD, "csrfmiddlewaretoken"}
"""What a form carries besides its input."""


class KeyReused(APIException):
    status_code = 422
    default_code = "idempotency_key_reused"
    default_detail = "同一个 Idempotency-Key 已用于另一个请求。"


class Answered(Exception):
    """The work was done before: this is its answer."""

    def __init__(self, answer: IdempotentAnswer) -> None:
        super().__init__(answer.key)
        self.answer = answer


class IdempotentMixin:
    """For a REST view. Row, work and answer share one transaction; copies at the same moment wait for the first.

    A deadlock undoes all three: then the whole request is answered again, under the same key.
    """

    kept: IdempotentAnswer | None = None
    may_retry = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        tries = OF_A_REQUEST if request.method == "POST" and _can_be_read_again(request) else 1
        for left in reversed(range(tries)):
            self.may_retry, self.kept = left > 0 and not transaction.get_connection().in_atomic_block, None
            try:
                return self.frame(request, *args, **kwargs)
            except DatabaseError as error:
                if not (self.may_retry and is_deadlock(error)):
                    raise
        raise AssertionError("unreachable")

    def frame(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """The request's one transaction, where it carries a key or names the version that it was made upon."""
        if request.method != "POST" or not {HEADER, "If-Match"} & {*request.headers}:
            return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
        with transaction.atomic():
            answer: HttpResponseBase = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            if answer.status_code >= 500:
                transaction.set_rollback(True)
        return answer

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if request.method == "POST" and HEADER in request.headers:
            self.kept = _begin(request, request.headers[HEADER])

    def handle_exception(self, exc: Exception) -> Response:
        if self.may_retry and is_deadlock(exc):
            raise exc
        if isinstance(exc, Answered):
            known = exc.answer
            body = json.loads(known.body) if known.body else None
            return Response(body, known.status, headers=known.headers, content_type=known.headers.get("Content-Type"))
        if isinstance(exc, DatabaseError) and self.kept is not None:
            transaction.set_rollback(True)  # the transaction is spoilt: the key stays free for another try
        return super().handle_exception(exc)  # type: ignore[misc]

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        answer: Response = super().finalize_response(request, response, *args, **kwargs)  # type: ignore[misc]
        if self.kept is not None and answer.status_code < 500 and not transaction.get_connection().needs_rollback:
            _finish(self.kept, answer)
        return answer


def _can_be_read_again(request: HttpRequest) -> bool:
    """Keep the body, unless it holds files or is too large: that is refused when it is read."""
    if (request.content_type or "").startswith("multipart/"):
        return False
    try:
        return request.body is not None
    except RequestDataTooBig:
        return False


def _begin(request: Request, key: str) -> IdempotentAnswer:
    """Insert the key's row, or raise Answered with the answer given before."""
    if not re.fullmatch(f"[!-~]{{1,{LONGEST}}}", key):
        wanted = f"{HEADER} 须是 1 至 {LONGEST} 个英文字符、数字或符号，不含空格。"
        raise ParseError(wanted, code="idempotency_key_length")
    if (request.content_type or "").startswith("multipart/"):
        raise ParseError(f"上传文件的请求不能带 {HEADER}。", code="idempotency_key_with_file")
    principal = f"{'client' if isinstance(request.user, ApiClient) else 'user'}:{request.user.pk}"
    print_ = _fingerprint(request)
    now = timezone.now()
    same = IdempotentAnswer.objects.filter(principal=principal, key=key)
    same.filter(at__lt=now - KEPT).delete()
    try:
        with transaction.atomic():
            return IdempotentAnswer.objects.create(principal=principal, key=key, fingerprint=print_, at=now)
    except IntegrityError:
        known = same.get()
    if known.fingerprint != print_:
        raise KeyReused
    raise Answered(known)


def _fingerprint(request: Request) -> str:
    inner = request._request
    return hashlib.sha256(b"\n".join([b"POST", inner.get_full_path().encode(), inner.body])).hexdigest()


def _finish(row: IdempotentAnswer, answer: Response) -> None:
    """Keep the answer as the caller got it, without a body that is told once."""
    answer.render()
    row.status = answer.status_code
    row.body = "" if getattr(answer, "told_once", False) else answer.content.decode()
    row.headers = {name: answer[name] for name in ("Location", "ETag", "Content-Type", "Retry-After") if name in answer}
    row.save(update_fields=["status", "body", "headers"])


class OncePage:
    """For a ``VerbPage`` whose deed makes something new each time (money entered, a share drawn up).

    Each page carries a token of its own. The same token with the same input is spoken once, and the second answer
    leads where the first did; other input from the same page is another deed. What was refused may be sent again. As
    with Idempotency-Key, row and deed share a transaction: copies at the same moment wait for the first.
    """

    request: HttpRequest

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if not re.fullmatch("[0-9a-f]{32}", self.request.POST.get(FIELD, "")):
            return super().form_valid(form)  # type: ignore[misc]
        with transaction.atomic():
            kept = self._begin()
            if kept.status is not None:
                messages.info(self.request, _("这张表已经提交过，没有重复办理。"))
                return HttpResponseRedirect(kept.headers["Location"])
            answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            if answer.status_code == 302:
                kept.status, kept.headers = answer.status_code, {"Location": answer["Location"]}
                kept.save(update_fields=["status", "headers"])
            else:
                kept.delete()
            return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(once=uuid4().hex, **kwargs)  # type: ignore[misc]

    def _begin(self) -> IdempotentAnswer:
        """A new row for this token and input, or the one that is there already."""
        sent = [(name, values) for name, values in self.request.POST.lists() if name not in OF_THE_PAGE]
        said = repr((self.request.path, sorted(sent)))
        print_ = hashlib.sha256(said.encode(errors="backslashreplace")).hexdigest()
        mine = {"principal": f"user:{self.request.user.pk}", "key": f"{FIELD}:{self.request.POST[FIELD]}:{print_}"}
        now = timezone.now()
        IdempotentAnswer.objects.filter(**mine, at__lt=now - KEPT).delete()
        try:
            with transaction.atomic():
                return IdempotentAnswer.objects.create(**mine, fingerprint=print_, at=now)
        except IntegrityError:
            return IdempotentAnswer.objects.get(**mine)
