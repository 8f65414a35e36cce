"""The verbs of staff (人员) and of the consortium (产业化联合体): somebody begins, somebody ends."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Partner, Staff
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, note
from members.models import PartyMember
from members.states import Refused

Lasting = TypeVar("Lasting", Staff, Partner)


@transaction.atomic
def take_on(
    alliance: Alliance,
    *,
    kind: str,
    task: str,
    since: date,
    person: PartyMember | None = None,
    name: str = "",
    unit: str = "",
    by: Any,
    at: datetime,
) -> Staff:
    """Somebody works for the alliance from a day on: a Party member, or a name with the organisation.

    ValidationError for both or neither; Refused ``already_there`` for a Party member who does so in that kind already.
    """
    lock(alliance)
    refuse_idle(alliance)
    name, unit = name.strip(), unit.strip()
    if (person is None) == (not name):
        raise ValidationError({"name": _("请选择一名党员，或填写一个姓名，二者填一。")})
    if person is None and not unit:
        raise ValidationError({"unit": _("请写明此人所在的单位。")})
    if person is not None and alliance.staff.present().filter(kind=kind, person=person).exists():
        raise Refused("already_there", _("%(name)s已在名单上。") % {"name": person.name})
    staff = Staff(alliance=alliance, kind=kind, person=person, name=name, unit="" if person else unit, task=task)
    staff.since = _begun(since, at)
    return _enter(staff, "take_on", by=by, at=at)


@transaction.atomic
def enlist(
    alliance: Alliance, *, kind: str, name: str, since: date, contact: str = "", by: Any, at: datetime
) -> Partner:
    """A firm, a co-operative or a group of growers stands in the consortium. Refused ``already_there``."""
    lock(alliance)
    refuse_idle(alliance)
    if alliance.partners.present().filter(name=name.strip()).exists():
        raise Refused("already_there", _("%(name)s已在名单上。") % {"name": name})
    partner = Partner(alliance=alliance, kind=kind, name=name.strip(), contact=contact, since=_begun(since, at))
    return _enter(partner, "enlist", by=by, at=at)


@transaction.atomic
def end(thing: Lasting, *, by: Any, at: datetime, reason: str = "") -> Lasting:
    """From today no longer there; the line stays as history. Refused ``ended`` the second time."""
    lock(thing)
    if thing.until is not None:
        raise Refused("ended", _("已经办理过了。"))
    thing.until = max(timezone.localdate(at), thing.since)
    thing.save()
    note(thing, "end", at=at, by=by, organization=thing.alliance.lead, reason=reason)
    return thing


def _begun(since: date, at: datetime) -> date:
    if not 0 <= (timezone.localdate(at) - since).days <= 366 * 50:
        raise ValidationError({"since": _("开始日期不能晚于今天。")})
    return since


def _enter(thing: Lasting, verb: str, *, by: Any, at: datetime) -> Lasting:
    thing.clean_fields(exclude=["alliance", "person"])
    thing.save()
    note(thing, verb, at=at, by=by, organization=thing.alliance.lead)
    return thing
