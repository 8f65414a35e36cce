"""Events of alliances of which programs can be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from members.events import Event, by_name
from members.models import ApiClient

SCOPES = frozenset({ApiClient.Scope.REGISTER_READ.value})


def alliance_shown(alliance: Any) -> dict[str, Any]:
    """What identifies it, and where to read the rest."""
    return {
        "type": "alliance", "id": alliance.pk, "code": alliance.code, "state": alliance.state,
        "region": alliance.region_id, "url": f"/api/v1/alliances/{alliance.pk}/",
    }  # fmt: skip


def _of(name: str, label: Any, *verbs: str) -> Event:
    return Event(name, label, frozenset(("alliances.alliance", verb) for verb in verbs), SCOPES, alliance_shown)


EVENTS = by_name(
    _of("alliance.activated", _("联合体启动运行"), "approve", "activate"),
    _of("alliance.rectified", _("联合体被要求规范整顿"), "rectify"),
    _of("alliance.reinstated", _("联合体恢复运行"), "reinstate"),
    _of("alliance.dissolved", _("联合体撤销或并入"), "dissolve", "merge"),
)
