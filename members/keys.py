"""The verbs of programs' keys: to issue one, to ask for one and have it granted, to draw it once, to revoke it."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.lifecycle import lock, note
from members.models import ApiClient, Approval, Organization, Region, User
from members.models.client import digest_of
from members.states import Refused
from members.transitions import Verb, propose

READS_A_REGION = {ApiClient.Scope.STATISTICS_READ, ApiClient.Scope.REGISTER_READ, ApiClient.Scope.LISTS_READ}
"""Scopes that open a whole region: only who governs it may ask for them."""

LONGEST_TERM = 731
VERB = "keys.grant"


def issue_key(
    name: str, region: Region, scopes: Sequence[str], *, at: datetime, days: int = 365,
    organization: Organization | None = None, by: User | None = None,
) -> tuple[ApiClient, str]:  # fmt: skip
    """The operator's: a new client and its key, which is stored nowhere, only its digest.

    Raises ValidationError for ``claims:write`` without an organisation, or one outside the region.
    """
    key = secrets.token_urlsafe(32)
    client = _client(name, region, organization, scopes, key, at=at, days=days)
    client.drawn_at = at
    with transaction.atomic():
        client.save()
        note(client, "create_key", at=at, by=by, organization=organization, detail={"scopes": client.scopes})
    return client, key


def ask_key(
    place: Region | Organization, *, name: str, scopes: Sequence[str], days: int, by: User, at: datetime, reason: str
) -> Approval:
    """Ask the security administrator for a key over a region, or for one organisation in its region.

    Raises ValidationError as ``issue_key`` does, Refused ``already_proposed`` while another one for the place waits.
    """
    region, organization = _where(place)
    if READS_A_REGION & set(scopes) and by.duty == "business" and not by.rights.governs(region.pk):
        raise ValidationError({"scopes": _("读取整个区划的权限范围只能由管辖该区划的单位申请。")})
    _client(name, region, organization, scopes, "", at=at, days=days)
    arguments = {"name": name, "scopes": sorted(set(scopes)), "days": days, "asked_by": by.pk}
    panel = Approval.Panel.SECURITY
    return propose(VERB, place, by=by, at=at, reason=reason, region_id=region.pk, arguments=arguments, panel=panel)


def grant_key(
    place: Region | Organization, *, name: str, scopes: Sequence[str], days: int, asked_by: int, by: User,
    at: datetime, reason: str = "",
) -> ApiClient:  # fmt: skip
    """The key may be drawn, by whoever asked and nobody else; until then nobody knows it. Its term runs from now."""
    region, organization = _where(place)
    client = _client(name, region, organization, scopes, secrets.token_urlsafe(32), at=at, days=days)
    client.asked_by_id, client.hint = asked_by, ""
    with transaction.atomic():
        client.save()
        note(client, "grant_key", at=at, by=by, organization=organization, reason=reason)
    return client


def draw_key(client: ApiClient, *, by: User, at: datetime) -> str:
    """The key itself, told this once. Refused ``already_drawn``, ``key_revoked``, ``key_expired``."""
    key = secrets.token_urlsafe(32)
    with transaction.atomic():
        lock(client)
        if client.drawn_at is not None:
            raise Refused("already_drawn", _("密钥已经领取过。遗失的请吊销后重新申请。"))
        if client.revoked_at is not None:
            raise Refused("key_revoked", _("密钥已吊销。"))
        if client.expires_at <= at:
            raise Refused("key_expired", _("密钥已过期，请重新申请。"))
        client.digest, client.hint, client.drawn_at = digest_of(key), key[-4:], at
        client.save(update_fields=["digest", "hint", "drawn_at", "updated_at"])
        note(client, "draw_key", at=at, by=by, organization=client.organization)
    return key


def revoke_key(client: ApiClient, *, at: datetime, by: User | None = None, reason: str = "") -> ApiClient:
    """The key opens nothing any more."""
    with transaction.atomic():
        lock(client)
        client.revoked_at = client.revoked_at or at
        client.save(update_fields=["revoked_at", "updated_at"])
        note(client, "revoke_key", at=at, by=by, organization=client.organization, reason=reason)
    return client


def may_ask_keys(user: Any) -> bool:
    """Whether there is a place for which the person could ask: a region, an organisation; the system administrator."""
    return bool(user.rights.codes or user.rights.organizations or user.duty == "system")


def _where(place: Region | Organization) -> tuple[Region, Organization | None]:
    return (place, None) if isinstance(place, Region) else (place.region, place)


def _client(
    name: str, region: Region, organization: Organization | None, scopes: Sequence[str], key: str, *, at: datetime,
    days: int,
) -> ApiClient:  # fmt: skip
    """A sound client, not yet saved."""
    if ApiClient.Scope.CLAIMS_WRITE in scopes and organization is None:
        raise ValidationError({"scopes": _("claims:write 需要指定一个党组织。")})
    if organization is not None and not organization.region_id.startswith(region.pk):
        raise ValidationError(_("党组织不在所给区划内。"))
    client = ApiClient(
        name=name, region=region, organization=organization, scopes=sorted(set(scopes)), digest=digest_of(key),
        hint=key[-4:] or "-", created_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    client.full_clean()
    return client


VERBS: Mapping[str, Verb] = {VERB: grant_key}
