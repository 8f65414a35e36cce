"""The verbs of an item's term: it stops while the item waits for others, and it is extended when who oversees agrees.

A term never becomes shorter: neither by a pause that ends, nor by an extension.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.working_days import Calendar
from listings.models import Claim, Extension, Item, Pause
from listings.querysets import AT_WORK, CLAIMABLE
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.scope import rights_of
from members.states import Refused

FURTHEST = timedelta(days=366)
"""An extension reaches no further than this from the day on which it is asked for."""


@transaction.atomic
def pause(item: Item, *, by: Any = None, at: datetime, waits_for: str, reason: str) -> Item:
    """Stop the term (暂停计时) while the item waits for somebody outside: its working days left are kept.

    The day of the pause itself is used up. Refused ``not_at_work``, ``paused`` (already), ``overdue``: who is late
    asks for an extension instead.
    """
    lock(item)
    _refuse_idle(item, AT_WORK)
    due_on, day = _running_term(item), timezone.localdate(at)
    if due_on < day:
        raise Refused("overdue", _("事项已经逾期，不能暂停计时；确需更多时间的，请申请延期。"))
    organization = _lead_of(item, by)
    made = Pause(
        item=item, organization=organization, waits_for=waits_for.strip(), reason=reason.strip(), due_on=due_on,
        days_left=Calendar.present().between(day, due_on), paused_at=at, paused_by=by if hasattr(by, "duty") else None,
    )  # fmt: skip
    made.clean_fields(exclude=["item", "organization", "paused_by"])
    made.save()
    item.paused_at, item.due_on = at, None
    item.save()
    words = _("等待%(whom)s。%(reason)s") % {"whom": made.waits_for, "reason": made.reason}
    note(item, "pause", at=at, by=by, organization=organization, reason=words, detail={"days_left": made.days_left})
    return item


@transaction.atomic
def resume(item: Item, *, by: Any = None, at: datetime, reason: str = "") -> Item:
    """Let the term run again from this day on, with the working days that were left. Refused ``not_paused``."""
    lock(item)
    if item.paused_at is None or item.state not in CLAIMABLE:
        raise Refused("not_paused", _("事项没有暂停计时，或者已经恢复。"))
    end_pause(item, at=at)
    item.save()
    words = _("办理期限%(day)s。%(reason)s") % {"day": item.due_on, "reason": reason.strip()}
    note(item, "resume", at=at, by=by, organization=_lead_of(item, by), reason=words)
    return item


def end_pause(item: Item, *, at: datetime) -> None:
    """An item that is done, or goes back, waits no more. Who holds the row calls, and saves it."""
    waited: Pause | None = item.pauses.open().first() if item.paused_at is not None else None
    if waited is None:
        return
    day = Calendar.present().after(timezone.localdate(at), waited.days_left)
    item.paused_at, item.due_on = None, max(waited.due_on, day)
    waited.ended_at = at
    waited.save()


def carry_over(item: Item, *, at: datetime) -> None:
    """Work that was done in time and is sent back has the working days that were left when it was done: the time in
    which it waited for whoever asked is not the claimants'. Who holds the row calls, and saves it."""
    if item.due_on is None or item.done_on is None or item.done_on > item.due_on:
        return
    calendar = Calendar.present()
    day = calendar.after(timezone.localdate(at), calendar.between(item.done_on, item.due_on))
    item.due_on = max(item.due_on, day)


def set_term(item: Item, due_on: date) -> None:
    """Give the item a term of its own anew: whatever supervision there was belonged to the one before."""
    item.due_on, item.supervision, item.supervised_on = due_on, Item.Supervision.NONE, None


def ask_extension(
    item: Item, organization: Organization, *, until: date, reason: str, by: Any = None, at: datetime
) -> Extension:
    """Ask, for an organisation at work on the item, for a later day (申请延期); the term runs on until it is granted.

    Refused ``not_claimant``, ``not_at_work``, ``paused``, ``already_asked``; ValidationError for a day that is no
    later than the term, past, or more than a year away.
    """
    try:
        with transaction.atomic():
            lock(item)
            _refuse_idle(item, CLAIMABLE)
            if not item.claims.unfinished().filter(organization=organization).exists():
                raise Refused("not_claimant", _("只有正在办理这一事项的单位可以申请延期。"))
            due_on = _running_term(item)
            _check_day(until, due_on, timezone.localdate(at))
            made = Extension(
                item=item, organization=organization, due_on=due_on, until=until, reason=reason.strip(), asked_at=at
            )
            made.clean_fields(exclude=["item", "organization"])
            made.save()
            note(made, "ask", at=at, by=by, organization=organization, reason=made.reason, to_state=made.state)
    except IntegrityError as wall:
        raise Refused("already_asked", _("本单位已经申请延期，请等待答复。")) from wall
    return made


@transaction.atomic
def grant(extension: Extension, *, by: Any = None, at: datetime, reason: str = "") -> Extension:
    """Agree: the item is due on the day that was asked for, never earlier than it is now. A supervised item that is
    no longer late is supervised no longer. Refused ``paused``, ``not_at_work``."""
    item = extension.item
    lock(item)
    _refuse_idle(item, CLAIMABLE)
    before = _running_term(item)
    with moving(extension, Extension.State.GRANTED, at=at, by=by, reason=reason, verb="grant"):
        extension.stood_on = before
        _answer(extension, reason, at)
    item.due_on = max(before, extension.until)
    if item.due_on >= timezone.localdate(at):
        set_term(item, item.due_on)
    item.save()
    days = {"from": str(before), "to": str(item.due_on), "reason": extension.reason}
    words = _("由%(from)s延至%(to)s。%(reason)s") % days
    note(item, "extend", at=at, by=by, organization=extension.organization, reason=words, detail={"of": extension.pk})
    return extension


@transaction.atomic
def refuse_extension(extension: Extension, *, by: Any = None, at: datetime, reason: str) -> Extension:
    """Do not agree, saying why: the term stays as it is."""
    lock(extension.item)
    with moving(extension, Extension.State.REFUSED, at=at, by=by, reason=reason, verb="refuse"):
        _answer(extension, reason, at)
    return extension


def _answer(extension: Extension, reason: str, at: datetime) -> None:
    extension.answer, extension.decided_at = reason.strip(), at


def _check_day(until: date, due_on: date, day: date) -> None:
    if until <= due_on:
        raise ValidationError({"until": _("应晚于现在的办理期限 %(day)s。") % {"day": due_on}})
    if until < day:
        raise ValidationError({"until": _("不能早于今天。")})
    if until > day + FURTHEST:
        raise ValidationError({"until": _("一次最多延期一年。")})


def _running_term(item: Item) -> date:
    if item.paused_at is not None:
        raise Refused("paused", _("事项正在暂停计时，请先恢复计时。"))
    if item.due_on is None:
        raise Refused("no_term", _("事项没有办理期限。"))
    return item.due_on


def _refuse_idle(item: Item, states: tuple[str, ...]) -> None:
    if item.state not in states:
        raise Refused("not_at_work", _("事项现在不在办理阶段，期限不再变动。请刷新后再看。"))


def _lead_of(item: Item, by: Any) -> Organization | None:
    """The lead claimant for whom ``by`` speaks; None where somebody acts who oversees."""
    held = item.claims.unfinished().filter(role=Claim.Role.LEAD, organization__in=rights_of(by).organizations)
    lead: Claim | None = held.select_related("organization").first()
    return lead.organization if lead else None
