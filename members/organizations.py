"""The verbs of organisations and people: to register them, edit a record, merge two, look at a full phone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from members.accounts import pass_on_roles
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


@transaction.atomic
def absorb(into: Organization, former: Organization, *, by: User, at: datetime, reason: str) -> Organization:
    """``former``, a second record of the same organisation, stands for ``into`` from now on; it is never deleted.

    On this storey its children, its people, its heads' posts, its place and what was merged into it pass over; each
    child keeps a Step about its new affiliation. What upper storeys know of it is theirs to pass on.
    """
    if into.parent_id == former.pk:
        into.parent = former.parent
    if former.place_id and not into.place_id:
        former.place, into.place = None, former.place
    former.merged_into, former.merged_on = into, timezone.localdate(at)
    former.save()
    into.save()
    for child in former.children.exclude(pk=into.pk).order_by("pk"):
        child.parent = into
        child.save()
        detail = {"from": former.code, "to": into.code}
        note(child, "reaffiliate", at=at, by=by, organization=child, reason=reason, detail=detail)
    former.people.update(organization=into)
    former.former.update(merged_into=into)
    pass_on_roles(former, into, by=by, at=at, reason=reason)
    note(former, "merge", at=at, by=by, organization=into, reason=reason, detail={"into": into.code})
    taken = {"former": former.code, "name": former.name}
    note(into, "absorb", at=at, by=by, organization=into, reason=reason, detail=taken)
    return into


def reveal_phone(thing: Organization | PartyMember, *, by: User, at: datetime, reason: str) -> str:
    """The full phone, which no page shows otherwise; that it was looked at, and why, stays on record."""
    note(thing, "reveal_phone", at=at, by=by, reason=reason)
    return thing.phone
