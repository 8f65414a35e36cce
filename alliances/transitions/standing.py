"""The verbs of dynamic management (动态管理): put in order, checked again, favoured."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Rectification, Reward, RuleSet
from members.lifecycle import lock, moving, note
from members.states import MoveRefused, Refused

State = Alliance.State


def rectify(
    alliance: Alliance, *, by: Any, at: datetime, reason: str, measures: str = "", due_on: date | str | None = None
) -> Rectification:
    """Order an alliance to put its house in order (规范整顿) by ``due_on`` (or ISO text; None: the region's term)."""
    day = timezone.localdate(at)
    term = _day(due_on) or day + timedelta(days=_rules(alliance).rectification_days)
    if term <= day:
        raise ValidationError({"due_on": _("整顿期限应在下达日期之后。")})
    with moving(alliance, State.RECTIFYING, verb="rectify", at=at, by=by, reason=reason, detail={"due_on": str(term)}):
        alliance.rectify_by = term
        order = Rectification.objects.create(
            alliance=alliance, region=alliance.region, ordered_on=day, due_on=term, reason=reason, measures=measures
        )
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
def reward(alliance: Alliance, *, by: Any, at: datetime, reason: str, what: str) -> Reward:
    """Favour a good alliance in policy or funds (政策资金倾斜). Raises Refused ``not_active``."""
    lock(alliance)
    if alliance.state != State.ACTIVE:
        raise Refused("not_active", _("只有运行中的联合体可以列入政策资金倾斜。"))
    if not what.strip():
        raise ValidationError({"what": _("请写明给予什么。")})
    granted = Reward.objects.create(
        alliance=alliance, region=alliance.region, granted_on=timezone.localdate(at), what=what
    )
    note(alliance, "reward", at=at, by=by, reason=reason, detail={"reward": granted.pk, "what": what})
    return granted


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


def _day(value: date | str | None) -> date | None:
    """Arguments of an approval are JSON, so a day may come as text."""
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError as wrong:
        raise ValidationError({"due_on": _("日期无法识别。")}) from wrong
