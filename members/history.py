"""What was changed of a record, field by field, from the history that the database keeps by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import Model
from django.utils.translation import gettext as _

from members.models import ApiClient, Organization, User

UNTOLD = {"updated_at", "pinyin", "synthetic"}
HIDDEN = {"phone"}


class Change(NamedTuple):
    """One field of one change: what it was before and what it became."""

    at: datetime
    who: str
    field: str
    before: str
    after: str


def changes_of(organization: Organization, most: int = 30) -> list[Change]:
    """The latest changes, newest first. Phones are told as changed, not shown."""
    kept: Any = organization.events  # type: ignore[attr-defined]
    events = list(kept.filter(pgh_label="update").select_related("pgh_context").order_by("-pgh_id")[:most])
    people = User.objects.in_bulk({_caller(event, "user") for event in events} - {None})
    programs = ApiClient.objects.in_bulk({_caller(event, "client") for event in events} - {None})
    found: list[Change] = []
    after: Any = organization
    for event in events:
        who = str(people.get(_caller(event, "user")) or programs.get(_caller(event, "client")) or _("系统"))
        found += [_change(event, after, field, who) for field in _changed(event, after)]
        after = event
    return found[:most]


def _changed(before: Model, after: Model) -> list[Any]:
    fields = [field for field in Organization._meta.concrete_fields if field.name not in UNTOLD]
    return [field for field in fields if getattr(before, field.attname) != getattr(after, field.attname)]


def _change(before: Any, after: Any, field: Any, who: str) -> Change:
    words = ("****", "****") if field.name in HIDDEN else (_word(before, field), _word(after, field))
    return Change(before.pgh_created_at, who, str(field.verbose_name), *words)


def _word(row: Any, field: Any) -> str:
    value = getattr(row, field.attname)
    return str(dict(field.flatchoices).get(value, value)) if value not in (None, "") else "—"


def _caller(event: Any, kind: str) -> int | None:
    """The ``user`` or the ``client`` of a change, as ``middleware.caller_of`` names them."""
    context = event.pgh_context
    return context.metadata.get(kind) if context else None
