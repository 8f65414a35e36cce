"""The verbs of programs' keys: to issue one, to revoke it."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from members.lifecycle import lock, note
from members.models import ApiClient, Organization, Region, User
from members.models.client import digest_of


def issue_key(
    name: str, region: Region, scopes: Sequence[str], *, at: datetime, days: int = 365,
    organization: Organization | None = None, by: User | None = None,
) -> tuple[ApiClient, str]:  # fmt: skip
    """A new client and its key: the key is stored nowhere, only its digest.

    Raises ValidationError for ``claims:write`` without an organisation, or one outside the region.
    """
    if ApiClient.Scope.CLAIMS_WRITE in scopes and organization is None:
        raise ValidationError(_("claims:write 需要指定一个党组织。"))
    if organization is not None and not organization.region_id.startswith(region.pk):
        raise ValidationError(_("党组织不在所给区划内。"))
    key = secrets.token_urlsafe(32)
    client = ApiClient(
        name=name, region=region, organization=organization, scopes=sorted(set(scopes)), digest=digest_of(key),
        hint=key[-4:], created_at=at, expires_at=at + timedelta(days=days),
    )  # fmt: skip
    client.full_clean()
    with transaction.atomic():
        client.save()
        note(client, "create_key", at=at, by=by, organization=organization, detail={"scopes": client.scopes})
    return client, key


def revoke_key(client: ApiClient, *, at: datetime, by: User | None = None) -> ApiClient:
    """The key opens nothing any more."""
    with transaction.atomic():
        lock(client)
        client.revoked_at = client.revoked_at or at
        client.save(update_fields=["revoked_at"])
        note(client, "revoke_key", at=at, by=by)
    return client
