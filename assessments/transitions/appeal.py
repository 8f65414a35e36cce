"""The verbs of appeals (申诉): raised by the lead within the term, forwarded by who stands between, decided above."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from assessments import scoring
from assessments.models import Appeal, Indicator, Scheme
from assessments.transitions.holding import hold
from members.lifecycle import moving, note
from members.models import User
from members.scope import rights_of
from members.states import Refused

State = Appeal.State


def appeal(
    scheme: Scheme, alliance: Alliance, indicator: Indicator, *, reason: str, by: Any, at: datetime
) -> Appeal:
    """The lead objects to the points of one indicator in the alliance's preliminary result.

    Raises PermissionDenied for others, Refused ``not_scoring``, ``not_assessed``, ``term_over``, ``already_appealed``;
    ValidationError without a reason, or for an indicator that the alliance was not scored by.
    """
    if alliance.lead_id not in rights_of(by).organizations:
        raise PermissionDenied(_("申诉由联合体的牵头组织提出。"))
    if not reason.strip():
        raise ValidationError({"reason": _("请写明申诉的理由。")})
    if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
        raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))
    if scheme.appeals_until and timezone.localdate(at) > scheme.appeals_until:
        raise Refused("term_over", _("申诉期已于 %(day)s 结束。") % {"day": scheme.appeals_until})
    made = Appeal(
        scheme=scheme, alliance=alliance, indicator=indicator, reason=reason.strip(), raised_at=at,
        before=points_now(scheme, alliance, indicator), synthetic=alliance.synthetic,
    )  # fmt: skip
    try:
        with transaction.atomic():
            _still_scoring(scheme)
            made.save()
            note(made, "appeal", at=at, by=by, organization=alliance.lead, reason=reason, to_state=State.SUBMITTED)
    except IntegrityError as twice:
        raise Refused("already_appealed", _("对这一指标已经申诉过，每项只申诉一次。")) from twice
    return made


def forward(case: Appeal, *, by: Any, at: datetime, opinion: str) -> Appeal:
    """A superior between passes it on with its opinion; the department decides."""
    if not opinion.strip():
        raise ValidationError({"opinion": _("请写明转报意见。")})
    with moving(case, State.FORWARDED, at=at, by=by, reason=opinion, verb="forward"):
        case.opinion = opinion.strip()
    return case


def uphold(case: Appeal, *, points: Decimal, by: User, at: datetime, reason: str) -> Appeal:
    """It is right: the indicator gets these points instead, by hand, and the working says so.

    Raises PermissionDenied for somebody of an organisation in the alliance.
    """
    return _decide(case, State.UPHELD, by=by, at=at, reason=reason, points=points)


def dismiss(case: Appeal, *, by: User, at: datetime, reason: str) -> Appeal:
    """It is not right, and why; nothing changes in the result."""
    return _decide(case, State.DISMISSED, by=by, at=at, reason=reason, points=None)


def withdraw(case: Appeal, *, by: Any, at: datetime, reason: str = "") -> Appeal:
    """Who raised it takes it back."""
    with moving(case, State.WITHDRAWN, at=at, by=by, organization=case.alliance.lead, reason=reason, verb="withdraw"):
        return case


def points_now(scheme: Scheme, alliance: Alliance, indicator: Indicator) -> Decimal | None:
    """What the indicator has brought the alliance so far; ValidationError where it is none of its indicators."""
    for line in scoring.workings(scheme, [alliance])[alliance.pk]["lines"]:
        if line["indicator"] == indicator.pk:
            return None if line["points"] is None else Decimal(line["points"])
    raise ValidationError({"indicator": _("这个联合体的考核没有这项指标。")})


def _decide(case: Appeal, to: str, *, by: User, at: datetime, reason: str, points: Decimal | None) -> Appeal:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明答复的理由。")})
    if not Appeal.objects.judged_by(by).filter(pk=case.pk).exists():
        raise PermissionDenied(_("申诉由方案所在地的组织部门答复；所在组织是联合体成员的，应当回避。"))
    detail = {} if points is None else {"points": str(points)}
    with moving(case, to, at=at, by=by, reason=reason, verb=str(to), detail=detail):
        _still_scoring(case.scheme)
        case.points, case.answer, case.decided_at, case.decided_by = points, reason.strip(), at, by
        case.full_clean(
            exclude=["state", "scheme", "alliance", "indicator", "decided_by"], validate_unique=False,
            validate_constraints=False,
        )  # fmt: skip
    return case


def _still_scoring(scheme: Scheme) -> None:
    """Nobody publishes meanwhile."""
    hold(scheme, Scheme.State.SCORING, Refused("not_scoring", _("现在不在核分阶段，不能申诉或答复。")))
