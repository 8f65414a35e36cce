"""What all routes promise alike, written into the OpenAPI document once: problems, versions, limits, repeated requests.

A view says what is its own (words, filters, answers); what the grammar of REST adds to each is added here.
"""

from __future__ import annotations

from typing import Any

from config.examples import EXAMPLES
from members.problems import MEDIA_TYPE

Document = dict[str, Any]

PROBLEM = {
    "type": "object",
    "description": "RFC 9457. `code` is for programs, `detail` for people; `errors`: field -> messages.",
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "code": {"type": "string"},
        "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
    },
    "required": ["type", "title", "status", "detail", "code"],
}
PROBLEMS = {
    400: "读不懂：JSON 有误、时间不是 ISO 8601、Idempotency-Key 过长",
    401: "没有登录或密钥无效：`not_authenticated` `key_refused` `key_expired` `key_revoked`",
    403: "看得到，但不能这样办：`permission_denied` `scope_missing` `session_only`",
    404: "没有，或看不到（二者同样回答）",
    409: "按事情现在的状态不能这样办；`code` 说明原因",
    412: "If-Match 的版本已过时：`stale`",
    413: "内容过大",
    415: "只收 application/json",
    422: "读得懂，但不符合要求：`errors` 逐项说明；或 Idempotency-Key 已用于另一个请求",
    429: "过于频繁，Retry-After 秒后再试",
    503: "数据库正忙或连不上，Retry-After 秒后再试",
}
HEADERS = {
    "ETag": ("string", "这一版内容的指纹：读时放入 If-None-Match，写时放入 If-Match"),
    "RateLimit-Limit": ("integer", "每分钟可请求的次数"),
    "RateLimit-Remaining": ("integer", "本分钟还剩的次数"),
    "RateLimit-Reset": ("integer", "还有几秒重新计数"),
    "Key-Expires": ("string", "密钥的到期时间；只在最后三十天出现"),
    "Retry-After": ("integer", "几秒后再试"),
}
ASKED = {
    "Idempotency-Key": (
        {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "同一个键、同一个内容在 24 小时内只办一次，回答相同",
    ),
    "If-Match": ({"type": "string"}, "只在内容仍是这一版时才办，否则 412"),
    "If-None-Match": ({"type": "string"}, "内容仍是这一版时回答 304，没有正文"),
}
ALWAYS = ("RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset", "Key-Expires")
FINGERPRINTED = {"statistics_retrieve", "figures_list"}
WELL = {"200": "好", "201": "已建立", "202": "已接受，等待办理", "204": "已删去"}
FOR_ALL, FOR_DEEDS = (400, 401, 403, 404, 422, 429, 503), (409, 413, 415)


def contract(result: Document, generator: Any, request: Any, public: bool) -> Document:
    """Add to each operation what the grammar of REST promises."""
    parts = result.setdefault("components", {})
    parts.setdefault("schemas", {})["Problem"] = PROBLEM
    parts["headers"] = {
        name: {"schema": {"type": kind}, "description": words} for name, (kind, words) in HEADERS.items()
    }
    parts["parameters"] = {
        name: {"name": name, "in": "header", "required": False, "schema": schema, "description": words}
        for name, (schema, words) in ASKED.items()
    }
    parts["responses"] = {f"Problem{status}": _problem(status, words) for status, words in PROBLEMS.items()}
    for path, verbs in result["paths"].items():
        for verb, operation in verbs.items():
            _promise(path, verb, operation)
            _illustrate(operation)
    return result


def _problem(status: int, words: str) -> Document:
    named = ("Retry-After",) if status in {429, 503} else ()
    content = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": words, "content": content, "headers": _headers(*named)}


def _promise(path: str, verb: str, operation: Document) -> None:
    """The headers that an operation takes and gives, and the problems that it may answer with."""
    if path.endswith("/schema/"):
        return
    answers, asks = operation["responses"], operation.setdefault("parameters", [])
    single = path.endswith("}/") or operation["operationId"] in FINGERPRINTED
    for status, answer in answers.items():
        tagged = status == "200" and (single if verb == "get" else "{" in path)
        answer["headers"] = _headers(*(["ETag"] if tagged else []), *ALWAYS)
        answer["description"] = answer["description"] or WELL[status]
    promised = [*FOR_ALL]
    if verb == "get" and single:
        asks.append(_asked("If-None-Match"))
        answers["304"] = {"description": "内容仍是这一版", "headers": _headers("ETag")}
    if verb == "post":
        asks.append(_asked("Idempotency-Key"))
        promised += FOR_DEEDS
    if verb == "post" and "{" in path:
        asks.append(_asked("If-Match"))
        promised.append(412)
    for status in sorted(promised):
        answers.setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})


def _asked(name: str) -> Document:
    return {"$ref": f"#/components/parameters/{name}"}


def _headers(*names: str) -> Document:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


def _illustrate(operation: Document) -> None:
    """The examples of the main operations: what is sent, and what comes back."""
    shown = EXAMPLES.get(operation["operationId"])
    if shown is None:
        return
    for name, example in shown.get("query", {}).items():
        next(asked for asked in operation["parameters"] if asked.get("name") == name)["example"] = example
    if "body" in shown:
        for content in operation["requestBody"]["content"].values():
            content["example"] = shown["body"]
    for status, answer in shown.get("answers", {}).items():
        for content in operation["responses"][str(status)]["content"].values():
            content["example"] = answer
