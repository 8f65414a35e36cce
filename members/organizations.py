"""The verbs of organisations and people: to edit a record, to look at a full phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from members.lifecycle import note
from members.models import Organization, PartyMember, User


def edit(
    organization: Organization, fields: Sequence[str], *, by: User, at: datetime, verb: str = "edit"
) -> Organization:
    """Save the changed record. The Step names the fields; their values are in the database's own history."""
    if not fields:
        return organization
    with transaction.atomic():
        organization.full_clean()
        organization.save()
        note(organization, verb, at=at, by=by, organization=organization, detail={"fields": sorted(fields)})
    return organization


def reveal_phone(thing: Organization | PartyMember, *, by: User, at: datetime, reason: str) -> str:
    """The full phone, which no page shows otherwise; that it was looked at, and why, stays on record."""
    note(thing, "reveal_phone", at=at, by=by, reason=reason)
    return thing.phone
