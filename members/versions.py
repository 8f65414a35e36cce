"""Versions of a REST object: an ETag on single objects, 304 for who has it, 412 for who writes upon an old one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.http import parse_etags
from rest_framework.response import Response

from members.problems import Stale
from members.rendering import QuickJSONRenderer


def tag_of(shown: Mapping[str, Any]) -> str:
    """The version of an object as the caller sees it: what they see changes, it changes."""
    return f'"{hashlib.sha256(QuickJSONRenderer().render(shown)).hexdigest()[:32]}"'


def versioned(request: HttpRequest, shown: Mapping[str, Any]) -> Response:
    """The object with its ETag; 304 without a body where ``If-None-Match`` already names it."""
    tag = tag_of(shown)
    known = {each.removeprefix("W/") for each in parse_etags(request.headers.get("If-None-Match", ""))}
    if request.method == "GET" and (tag in known or "*" in known):
        return Response(status=304, headers={"ETag": tag})
    return Response(shown, headers={"ETag": tag})


def demand_version(request: HttpRequest, shown: Mapping[str, Any]) -> None:
    """Raise Stale where ``If-Match`` names another version than the present one. Call it with the row locked."""
    wanted = parse_etags(request.headers.get("If-Match", ""))
    if wanted and "*" not in wanted and tag_of(shown) not in wanted:
        raise Stale
