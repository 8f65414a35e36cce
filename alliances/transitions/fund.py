"""The verbs of money: funds come in and are spent, the reserve is drawn on, a wrong line is taken back.

Who writes on a ledger holds the alliance's row, so that two who spend at once see each other's line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Activity, Alliance, FundEntry, ReserveEntry, Reward
from alliances.models.ledger import Entry
from alliances.money import amount_of, in_yuan
from alliances.querysets import LedgerQuerySet
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, note, touch
from members.models import Organization
from members.states import Refused

Line = TypeVar("Line", bound=Entry)
Kind = FundEntry.Kind


@transaction.atomic
def receive(
    alliance: Alliance,
    *,
    source: str,
    amount: Decimal,
    on: date,
    member: Organization | None = None,
    document: str = "",
    reward: Reward | None = None,
    by: Any,
    at: datetime,
) -> FundEntry:
    """Money came in: granted from above (上级拨), pooled by the parties (各方筹, by ``member``), or from dues (党费补).

    ``reward`` is what granted it, where a department did; each enters once.
    ValidationError for a source that is none, a pooled sum without a giver, a day to come or before the founding.
    """
    lock(alliance)
    refuse_idle(alliance)
    if source not in FundEntry.SOURCES:
        raise ValidationError({"source": _("没有这样的来源。")})
    if (source == Kind.POOLED) != (member is not None):
        raise ValidationError({"member": _("各方筹的经费要写明出资的成员；其他来源不填。")})
    if member and not alliance.memberships.as_of(on).filter(organization=member).exists():
        raise ValidationError({"member": _("出资成员应是当天的成员党组织。")})
    entry = FundEntry(
        alliance=alliance, kind=source, amount=amount_of(amount), on=_day(alliance, on, at), member=member,
        document=document, reward=reward,
    )  # fmt: skip
    return _write(entry, "receive", by=by, at=at)


@transaction.atomic
def spend(
    alliance: Alliance,
    *,
    amount: Decimal,
    on: date,
    purpose: str,
    activity: Activity | None = None,
    document: str = "",
    by: Any,
    at: datetime,
) -> FundEntry:
    """Money was spent for a purpose, perhaps for an activity of the alliance.

    Refused ``not_enough`` where the balance of that day, or of any day since, would fall below zero.
    """
    lock(alliance)
    refuse_idle(alliance)
    amount, on = amount_of(amount), _day(alliance, on, at)
    if not purpose.strip():
        raise ValidationError({"purpose": _("请写明用途。")})
    if activity and activity.alliance_id != alliance.pk:
        raise ValidationError({"activity": _("活动不属于这个联合体。")})
    _refuse_below_zero(alliance.funds.all(), amount, on)
    entry = FundEntry(
        alliance=alliance, kind=Kind.SPENDING, amount=-amount, on=on, purpose=purpose, activity=activity,
        document=document,
    )  # fmt: skip
    return _write(entry, "spend", by=by, at=at)


@transaction.atomic
def draw(alliance: Alliance, *, amount: Decimal, on: date, purpose: str, by: Any, at: datetime) -> ReserveEntry:
    """Money leaves the risk reserve for a purpose. Refused ``not_enough`` as with :func:`spend`."""
    lock(alliance)
    refuse_idle(alliance)
    amount, on = amount_of(amount), _day(alliance, on, at)
    if not purpose.strip():
        raise ValidationError({"purpose": _("请写明用途。")})
    _refuse_below_zero(alliance.reserve.all(), amount, on)
    return _write(ReserveEntry(alliance=alliance, amount=-amount, on=on, purpose=purpose), "draw", by=by, at=at)


@transaction.atomic
def reverse_entry(entry: Line, *, reason: str, by: Any, at: datetime) -> Line:
    """Take a wrong line back by a counter entry of today (冲销); both stay. Returns the counter entry.

    Refused ``reversed`` for what is or has a counter entry, ``of_a_distribution`` for what a distribution put in,
    ``not_enough`` where the money is spent already.
    """
    alliance: Alliance = entry.alliance  # type: ignore[attr-defined]
    lock(alliance)
    lock(entry)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    if not _ledger_of(entry).uncountered().filter(pk=entry.pk).exists():
        raise Refused("reversed", _("这一笔已经冲销，或本身就是冲销，不能再冲销。"))
    if getattr(entry, "distribution_id", None):
        raise Refused("of_a_distribution", _("这一笔由利益分配计提，请在那次分配上办理撤回。"))
    return write_counter(entry, reason=reason, by=by, at=at)


def write_counter(entry: Line, *, reason: str, by: Any, at: datetime) -> Line:
    """The counter entry itself, dated today; the caller holds the alliance's row. Refused ``not_enough``."""
    alliance: Alliance = entry.alliance  # type: ignore[attr-defined]
    day = timezone.localdate(at)
    if entry.amount > 0:
        _refuse_below_zero(_ledger_of(entry), entry.amount, day)
    kept = ("kind", "member", "activity", "purpose", "party", "distribution", "synthetic")
    same = {name: getattr(entry, name) for name in kept if hasattr(entry, name)}
    counter = type(entry)(alliance=alliance, amount=-entry.amount, on=day, reverses=entry, reason=reason, **same)
    touch(entry)
    return _write(counter, "reverse", by=by, at=at, reason=reason)


def _ledger_of(entry: Any) -> LedgerQuerySet:
    """All lines of the ledger in which the entry stands."""
    lines: LedgerQuerySet = type(entry)._default_manager.filter(alliance=entry.alliance)
    return lines


def _write(entry: Line, verb: str, *, by: Any, at: datetime, reason: str = "") -> Line:
    entry.by = by if getattr(by, "username", None) else None
    entry.clean_fields(exclude=["alliance", "by", "reverses", "member", "activity", "distribution", "reward"])
    entry.save()
    note(entry, verb, at=at, by=by, organization=entry.alliance.lead, reason=reason)  # type: ignore[attr-defined]
    return entry


def _day(alliance: Alliance, on: date, at: datetime) -> date:
    if on > timezone.localdate(at) or (alliance.activated_on and on < alliance.activated_on):
        raise ValidationError({"on": _("日期应在联合体成立之后，不晚于今天。")})
    return on


def _refuse_below_zero(lines: LedgerQuerySet, amount: Decimal, on: date) -> None:
    """Raise Refused ``not_enough``, naming the balance, where ``amount`` taken out on the day is more than was there
    at the end of that day or of a later one."""
    day, lowest = lowest_balance(lines.order_by("on", "pk").values_list("on", "amount"), on)
    if amount > lowest:
        words = {"day": day.isoformat(), "balance": in_yuan(lowest)}
        raise Refused("not_enough", _("余额不足：%(day)s 的结余是 %(balance)s 元。") % words)


def lowest_balance(lines: Iterable[tuple[date, Decimal]], since: date) -> tuple[date, Decimal]:
    """The lowest balance at the end of ``since`` or of a later day, and that day; ``lines`` in order of days."""
    ends: dict[date, Decimal] = {}
    balance = ends[since] = Decimal("0.00")
    for day, amount in lines:
        balance += amount
        ends[max(day, since)] = balance
    return min(ends.items(), key=lambda end: (end[1], end[0]))
