"""What went wrong, said to a program: RFC 9457 ``application/problem+json``, one place for every cause."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.core.exceptions import ValidationError as Invalid
from django.db import DataError, IntegrityError, OperationalError
from django.db.models import ProtectedError, RestrictedError
from django.http import Http404, JsonResponse
from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.response import Response
from rest_framework.views import set_rollback

from members.states import Refused

MEDIA_TYPE = "application/problem+json"
BUSY = {"55P03", "57014", "40P01", "40001"}  # lock not free, statement too long, deadlock, serialisation


class Stale(exceptions.APIException):
    """If-Match names a version that is no longer the present one."""

    status_code = HTTPStatus.PRECONDITION_FAILED
    default_code = "stale"
    default_detail = "内容已被他人修改，请重新读取后再提交。"


class Unreadable(exceptions.APIException):
    """A parameter that cannot be read at all; ``detail`` says by name what it should look like."""

    status_code = HTTPStatus.BAD_REQUEST
    default_code = "unreadable"


def problem(
    status: int, code: str, detail: str = "", errors: dict[str, list[str]] | None = None, **headers: str
) -> Response:
    """A problem document as a REST answer; ``headers`` with underscores for dashes."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return Response(document(status, code, detail, errors), status, headers=names, content_type=MEDIA_TYPE)


def plain_problem(status: int, code: str, detail: str = "") -> JsonResponse:
    """The same outside of a REST view: for addresses that no view answers, and for errors before or after it."""
    return JsonResponse(document(status, code, detail), status=status, content_type=MEDIA_TYPE)


def document(status: int, code: str, detail: str = "", errors: dict[str, list[str]] | None = None) -> dict[str, Any]:
    title = HTTPStatus(status).phrase
    body = {"type": "about:blank", "title": title, "status": int(status), "detail": detail or title, "code": code}
    return body | ({"errors": errors} if errors is not None else {})


def problem_handler(exc: Exception, context: dict[str, Any]) -> Response | None:
    """The answer to an exception of a REST view; None for what nobody foresaw: a 500 with its request id only."""
    answer = _of_rest(exc) if isinstance(exc, exceptions.APIException) else _of_the_house(exc) or _of_database(exc)
    if answer is not None:
        set_rollback()
    return answer


def _of_the_house(exc: Exception) -> Response | None:
    match exc:
        case Refused():
            return problem(409, exc.code, exc.message)
        case Invalid():
            return problem(422, "invalid", _("内容不符合要求。"), _messages(exc))
        case PermissionDenied():
            return problem(403, "permission_denied", str(exc) or _("您不能办理这件事。"))
        case Http404():
            return problem(404, "not_found", _("没有找到。"))
        case RequestDataTooBig():
            return problem(413, "too_large", _("提交的内容过大。"))
    return None


def _of_database(exc: Exception) -> Response | None:
    match exc:
        case ProtectedError() | RestrictedError():
            return problem(409, "protected", _("仍有其他记录用到它。"))
        case IntegrityError():
            return problem(409, "conflict", _("与已有的记录冲突。"))
        case DataError():
            return problem(422, "invalid", _("数值超出范围或格式不对。"), {})
        case OperationalError() if sqlstate(exc) in BUSY:
            return problem(503, "busy", _("系统正忙，请稍后再试。"), Retry_After="1")
        case OperationalError():
            return problem(503, "unavailable", _("数据库暂时连不上，请稍后再试。"), Retry_After="10")
        case UnicodeEncodeError():
            return problem(422, "invalid", _("文字中有不能保存的字符。"), {})
        case ValueError() if "NUL" in str(exc):
            return problem(422, "invalid", _("文字中有不能保存的字符。"), {})
    return None


def _of_rest(exc: exceptions.APIException) -> Response:
    given = getattr(exc, "auth_header", None)
    headers = {"WWW_Authenticate": given} if given else {}
    if isinstance(exc, exceptions.ValidationError):
        return problem(422, "invalid", _("内容不符合要求。"), _fields(exc.detail))
    if isinstance(exc, exceptions.Throttled):
        headers["Retry_After"] = str(int(getattr(exc, "wait", None) or 60))
    if isinstance(exc.detail, dict):  # unreadable parameters, by name
        return problem(exc.status_code, exc.default_code, errors=_fields(exc.detail), **headers)
    code = exc.get_codes() if isinstance(exc.get_codes(), str) else exc.default_code
    return problem(exc.status_code, str(code), str(exc.detail), **headers)


def _messages(exc: Invalid) -> dict[str, list[str]]:
    if hasattr(exc, "error_dict"):
        return {("non_field_errors" if name == "__all__" else name): found for name, found in exc.message_dict.items()}
    return {"non_field_errors": list(exc.messages)}


def _fields(detail: Any, path: str = "") -> dict[str, list[str]]:
    """Nested errors as one level: ``lines.0.amount`` -> messages."""
    if isinstance(detail, dict):
        parts = detail.items()
    elif isinstance(detail, list) and any(isinstance(part, dict | list) for part in detail):
        parts = enumerate(detail)  # type: ignore[assignment]
    else:
        said = detail if isinstance(detail, list) else [detail]
        return {path or "non_field_errors": [str(message) for message in said]} if said else {}
    found: dict[str, list[str]] = {}
    for name, part in parts:
        found |= _fields(part, f"{path}.{name}" if path else str(name))
    return found


def sqlstate(exc: Exception) -> str:
    """PostgreSQL's code of an error, whichever driver brought it."""
    cause = exc.__cause__
    return getattr(cause, "pgcode", None) or getattr(cause, "sqlstate", None) or ""
