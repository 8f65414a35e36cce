"""The verbs of dynamic management (动态管理): put in order, checked again, favoured."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Rectification, Reward, RuleSet
from alliances.models.standing import SOURCES
from alliances.money import amount_of
from alliances.transitions.fund import receive
from alliances.working_days import working_days_after
from members.lifecycle import lock, moving, note
from members.states import MoveRefused, Refused
from members.transitions import propose

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
    day, rules = timezone.localdate(at), _rules(alliance)
    term = _term(due_on, day, rules)
    check = _day(recheck_on, "recheck_on")
    if check and check < term:
        raise ValidationError({"recheck_on": _("复核日不应早于整顿期限 %(day)s。") % {"day": term}})
    with moving(alliance, State.RECTIFYING, verb="rectify", at=at, by=by, reason=reason, detail={"due_on": str(term)}):
        alliance.rectify_by = term
        order = Rectification.objects.create(
            alliance=alliance, region=alliance.region, ordered_on=day, due_on=term, recheck_on=check, reason=reason,
            measures=measures, appeal_until=working_days_after(day, rules.appeal_working_days),
            synthetic=alliance.synthetic,
        )  # fmt: skip
        note(order, "order", at=at, by=by, reason=reason, to_state=order.state)
    return order


def reinstate(
    alliance: Alliance, *, by: Any, at: datetime, reason: str, passed: bool = True, dissolve: bool = False,
    measures: str = "", due_on: date | str | None = None,
) -> Alliance:  # fmt: skip
    """Check again (复核). Passed: the alliance is active. Not passed: it keeps rectifying for one more term (up to
    ``due_on``; None: the region's), with new ``measures`` if there are any, which it answers with a new plan.

    A failed check is written on the same order, so that an alliance put in order once counts once. With ``dissolve``
    two people have found that no further term helps: the dissolution is proposed, for another second person.
    """
    if not passed:
        return _fail(alliance, by=by, at=at, reason=reason, dissolve=dissolve, measures=measures, due_on=due_on)
    with moving(alliance, State.ACTIVE, verb="reinstate", at=at, by=by, reason=reason):
        _only_rectifying(alliance)
        alliance.rectify_by = None
        for order in alliance.rectifications.open():
            with moving(order, Rectification.State.PASSED, verb="pass", at=at, by=by, reason=reason):
                order.ended_on, order.passed = timezone.localdate(at), True
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
    the sources they come from, and enter its ledger in this moment, once. Raises Refused ``not_active``."""
    lock(alliance)
    if alliance.state != State.ACTIVE:
        raise Refused("not_active", _("只有运行中的联合体可以列入政策资金倾斜。"))
    granted = Reward(
        alliance=alliance, region=alliance.region, granted_on=timezone.localdate(at),
        **favour_of(what, kind=kind, amount=amount, source=source),
    )  # fmt: skip
    granted.save()
    if granted.amount:
        receive(
            alliance, source=granted.source, amount=granted.amount, on=granted.granted_on, reward=granted,
            document=granted.what[:80], by=by, at=at,
        )  # fmt: skip
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
    if source not in dict(SOURCES):
        raise ValidationError({"source": _("请选择资金来源：上级拨或党费补。")})
    return {"what": what.strip(), "kind": kind, "amount": amount_of(_decimal(amount)), "source": source}


@transaction.atomic
def _fail(
    alliance: Alliance, *, by: Any, at: datetime, reason: str, dissolve: bool, measures: str, due_on: date | str | None
) -> Alliance:
    lock(alliance)
    _only_rectifying(alliance)
    term = _term(due_on, timezone.localdate(at), _rules(alliance))
    alliance.rectify_by = term
    alliance.save()
    for order in alliance.rectifications.open():
        _prolong(order, term, measures.strip(), by=by, at=at, reason=reason)
    note(alliance, "prolong", at=at, by=by, reason=reason, detail={"due_on": str(term)})
    if dissolve:
        propose("alliances.dissolve", alliance, by=by, at=at, reason=reason, region_id=alliance.region_id)
    return alliance


def _prolong(order: Rectification, term: date, measures: str, *, by: Any, at: datetime, reason: str) -> None:
    """Back to work: to a new plan where there are new measures, else to what was planned."""
    lock(order)
    ready = order.state == Rectification.State.READY
    to = Rectification.State.ORDERED if measures else Rectification.State.UNDER_WAY if ready else order.state
    said = {"at": at, "by": by, "reason": reason, "detail": {"due_on": str(term), "measures": measures}}
    if to == order.state:
        note(order, "fail", **said)
        _extend(order, term, measures)
        order.save()
        return
    with moving(order, to, verb="fail", **said):
        _extend(order, term, measures)


def _extend(order: Rectification, term: date, measures: str) -> None:
    order.due_on, order.recheck_on, order.passed, order.ready_on = term, None, False, None
    order.measures = f"{order.measures}\n{measures}".strip()


def _term(due_on: date | str | None, day: date, rules: RuleSet) -> date:
    term = _day(due_on) or day + timedelta(days=rules.rectification_days)
    if term <= day:
        raise ValidationError({"due_on": _("整顿期限应在下达日期之后。")})
    return term


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
