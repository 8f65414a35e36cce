"""Who may call a REST view at all. What they then see is the querysets' business."""

from __future__ import annotations

from typing import Any

from rest_framework.exceptions import PermissionDenied
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from members.models import ApiClient


class NeedsScope(BasePermission):
    """People pass. A key passes where ``view.scopes`` names, for the action (or ``"*"``), a scope that it has.

    ``view.scopes``: action or HTTP method in lower case -> a scope, or several of which one is enough. An action
    that is not named is for browser sessions only.
    """

    def has_permission(self, request: Request, view: Any) -> bool:
        caller: Any = request.user
        if not getattr(caller, "is_authenticated", False):
            return False
        if not isinstance(caller, ApiClient):
            return True
        scopes = getattr(view, "scopes", {})
        action = getattr(view, "action", None) or (request.method or "").lower()
        wanted = scopes.get(action) or scopes.get("*")
        if wanted is None:
            raise PermissionDenied("这个接口只供登录的用户使用，不接受密钥。", code="session_only")
        choices = (wanted,) if isinstance(wanted, str) else tuple(wanted)
        if not set(choices) & set(caller.scopes):
            raise PermissionDenied(f"密钥缺少权限：{' / '.join(choices)}", code="scope_missing")
        return True
