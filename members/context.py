"""What every page knows: as what one acts, and the addresses that the frame needs (a context processor)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from members.models import Organization, Role, User
from members.sessions import IDLE


@dataclass(frozen=True, slots=True)
class Choice:
    """One role that the person may act as."""

    value: int
    label: str
    sublabel: str
    current: bool


@dataclass(frozen=True, slots=True)
class Acting:
    """As what the person acts now. Rights stay the union of all roles: this chooses what the pages begin with."""

    label: str
    sublabel: str
    url: str
    choices: list[Choice]
    role: Role | None = None
    organization: Organization | None = None
    region: str | None = None


def house(request: HttpRequest) -> dict[str, Any]:
    """The frame's context; for an anonymous caller only what the log-in page needs."""
    frame = {
        "demo": settings.DEMO,
        "elder": request.COOKIES.get("elder") == "1",
        "elder_url": reverse("accounts:elder"),
    }
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return frame
    return frame | {
        "acting": acting_of(request),
        "home_url": "/",
        "inbox_url": reverse("inbox:list"),
        "unread": getattr(user, "unread", 0),
        "complaint_url": f"{reverse('complaints:new')}?page={request.path}",
        "logout_url": reverse("accounts:logout"),
        "session_seconds": int(IDLE.total_seconds()),
        "keepalive_url": reverse("accounts:keepalive"),
    }


def acting_of(request: HttpRequest) -> Acting:
    """The role chosen in the session while it is still held, else the first one; read once a request."""
    known: Acting | None = getattr(request, "_acting", None)
    if known is None:
        known = request._acting = _acting(request)  # type: ignore[attr-defined]
    return known


def _acting(request: HttpRequest) -> Acting:
    roles: list[Role] = request.user.current_roles  # type: ignore[union-attr]
    chosen = request.session.get("acting")
    role = next((role for role in roles if role.pk == chosen), roles[0] if roles else None)
    choices = [Choice(r.pk, *words_of(r), current=r is role) for r in roles] if len(roles) > 1 else []
    label, sublabel = words_of(role) if role else (str(request.user), request.user.get_duty_display())  # type: ignore[union-attr]
    organization = role.organization if role else None
    region = (role.region_id or (organization.region_id if organization else None)) if role else None
    return Acting(label, sublabel, reverse("accounts:switch"), choices, role, organization, region)


def words_of(role: Role) -> tuple[str, str]:
    """Where and as what: 巴林左旗 · 旗县区委组织部."""
    if role.organization:
        return role.organization.label, role.get_role_display()
    return (role.region.name if role.region else role.get_role_display()), (
        role.get_role_display() if role.region else ""
    )
