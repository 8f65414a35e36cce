"""The verbs of organisations and people: to register them, to edit a record, to look at a full phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction

from members.lifecycle import note
from members.models import Organization, PartyMember, User


def register(organization: Organization, *, by: User, at: datetime) -> Organization:
    """A new organisation stands in the register. Without a code of its own it gets ``ORG-<region>-<id>``.

    Raises ValidationError, also for a second organisation of one place.
    """
    with transaction.atomic():
        numbered = bool(organization.code)
        organization.code = organization.code or f"new-{uuid4().hex[:28]}"
        organization.full_clean()
        organization.save()
        if not numbered:
            organization.code = f"ORG-{organization.region_id[:6]:0<6}-{organization.pk:06d}"
            organization.save(update_fields=["code"])
        note(organization, "register", at=at, by=by, organization=organization)
    return organization


def enrol(person: PartyMember, *, by: User, at: datetime) -> PartyMember:
    """A Party member is on the list of the organisation that they belong to (least data, no identity number)."""
    with transaction.atomic():
        person.full_clean()
        person.save()
        note(person, "enrol", at=at, by=by, organization=person.organization)
    return person


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
