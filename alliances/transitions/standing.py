"""The verbs of dynamic management (动态管理): put in order, checked again, favoured."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, FundEntry, Rectification, Reward, RuleSet
from alliances.money import amount_of
from members.lifecycle import lock, moving, note
from members.states import MoveRefused, Refused

State = Alliance.State


def rectify(
    alliance: Alliance,
    *,
    by: Any,
    at: datetime,
    reason: str,
    measures: str = "",
    due_on: date | str | None = None,
    recheck_on: date | str | None = None,
) -> Rectification:
    """Order an alliance to put its house in order (规范整顿) by ``due_on`` (or ISO text; None: the region's term), to
    be checked again on ``recheck_on`` (None: once the term is over)."""
    day = timezone.localdate(at)
    term = _day(due_on) or day + timedelta(days=_rules(alliance).rectification_days)
    check = _day(recheck_on, "recheck_on")
    if term <= day:
        raise ValidationError({"due_on": _("整顿期限应在下达日期之后。")})
    if check and check < term:
        raise ValidationError({"recheck_on": _("复核日不应早于整顿期限 %(day)s。") % {"day": term}})
    with moving(alliance, State.RECTIFYING, verb="rectify", at=at, by=by, reason=reason, detail={"due_on": str(term)}):
        alliance.rectify_by = term
        order = Rectification.objects.create(
            alliance=alliance, region=alliance.region, ordered_on=day, due_on=term, recheck_on=check, reason=reason,
            measures=measures,
        )  # fmt: skip
    return order


def reinstate(alliance: Alliance, *, by: Any, at: datetime, reason: str, passed: bool = True) -> Alliance:
    """Check again (复核). Passed: the alliance is active. Not passed: it keeps rectifying for one more term.

    A failed check is written on the same order, so that an alliance put in order once counts once.
    """
    if not passed:
        return _prolong(alliance, by=by, at=at, reason=reason)
    with moving(alliance, State.ACTIVE, verb="reinstate", at=at, by=by, reason=reason):
        _only_rectifying(alliance)
        alliance.rectify_by = None
        alliance.rectifications.filter(ended_on=None).update(ended_on=timezone.localdate(at), passed=True)
    return alliance


@transaction.atomic
def reward(
    alliance: Alliance,
    *,
    by: Any,
    at: datetime,
    reason: str,
    what: str,
    kind: str = "",
    amount: Decimal | str | None = None,
    source: str = "",
) -> Reward:
    """Favour a good alliance in policy or funds (政策资金倾斜); funds name their ``amount`` (or its text) and which of
    the three sources they come from. Raises Refused ``not_active``."""
    lock(alliance)
    if alliance.state != State.ACTIVE:
        raise Refused("not_active", _("只有运行中的联合体可以列入政策资金倾斜。"))
    granted = Reward(
        alliance=alliance, region=alliance.region, granted_on=timezone.localdate(at),
        **favour_of(what, kind=kind, amount=amount, source=source),
    )  # fmt: skip
    granted.save()
    note(
        alliance, "reward", at=at, by=by, reason=reason,
        detail={"reward": granted.pk, "what": granted.what, "kind": kind, "amount": str(granted.amount or "")},
    )  # fmt: skip
    return granted


def favour_of(what: str, *, kind: str = "", amount: Decimal | str | None = None, source: str = "") -> dict[str, Any]:
    """What is given, checked: ValidationError for nothing, for funds without amount or source, for policy with one."""
    if not what.strip():
        raise ValidationError({"what": _("请写明给予什么。")})
    if kind not in ("", *Reward.Kind.values):
        raise ValidationError({"kind": _("请选择政策支持或资金支持。")})
    if kind != Reward.Kind.FUNDS:
        if amount or source:
            raise ValidationError({"amount": _("只有资金支持才填金额和来源。")})
        return {"what": what.strip(), "kind": kind}
    if source not in FundEntry.SOURCES:
        raise ValidationError({"source": _("请选择资金来源：上级拨、各方筹或党费补。")})
    return {"what": what.strip(), "kind": kind, "amount": amount_of(_decimal(amount)), "source": source}


@transaction.atomic
def _prolong(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> Alliance:
    lock(alliance)
    _only_rectifying(alliance)
    term = timezone.localdate(at) + timedelta(days=_rules(alliance).rectification_days)
    alliance.rectify_by = term
    alliance.save()
    alliance.rectifications.filter(ended_on=None).update(due_on=term, passed=False)
    note(alliance, "prolong", at=at, by=by, reason=reason, detail={"due_on": str(term)})
    return alliance


def _only_rectifying(alliance: Alliance) -> None:
    if alliance.state != State.RECTIFYING:
        raise MoveRefused(alliance, State.ACTIVE)


def _rules(alliance: Alliance) -> RuleSet:
    return RuleSet.objects.for_region(alliance.region_id)


def _day(value: date | str | None, field: str = "due_on") -> date | None:
    """Arguments of an approval are JSON, so a day may come as text."""
    if not isinstance(value, str):
        return value
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise ValidationError({field: _("日期无法识别。")}) from wrong


def _decimal(value: Decimal | str | None) -> Decimal | None:
    """An amount may come as text as well."""
    try:
        return Decimal(value) if isinstance(value, str) else value
    except ArithmeticError:
        return None
