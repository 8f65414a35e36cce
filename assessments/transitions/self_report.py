"""The verbs of self-reports (自评): the lead writes and submits, the superior may return."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from assessments import scoring
from assessments.models import Scheme, SelfReport
from assessments.transitions.holding import hold
from members.lifecycle import lock, moving, note
from members.scope import rights_of
from members.states import MoveRefused, Refused

State = SelfReport.State
TEXTS = ("went_well", "fell_short", "plans")


def write(
    scheme: Scheme, alliance: Alliance, *, went_well: str = "", fell_short: str = "", plans: str = "", by: Any,
    at: datetime,
) -> SelfReport:  # fmt: skip
    """The self-report of the alliance with these words, as a draft or as it was returned; the first time it is made.

    Raises PermissionDenied for who does not speak for the lead, Refused ``not_open``, ``not_assessed``, MoveRefused
    where it has been submitted.
    """
    _refuse_others(scheme, alliance, by)
    with transaction.atomic():
        _still_open(scheme)
        report = _begun(scheme, alliance, by=by, at=at)
        lock(report)
        if not report.may_move(State.SUBMITTED):
            raise MoveRefused(report, State.SUBMITTED)
        report.went_well, report.fell_short, report.plans = went_well.strip(), fell_short.strip(), plans.strip()
        report.full_clean(exclude=["scheme", "alliance"], validate_unique=False, validate_constraints=False)
        report.save()
        note(report, "write", at=at, by=by, organization=alliance.lead)
    return report


def submit(report: SelfReport, *, by: Any, at: datetime) -> SelfReport:
    """Whoever rates the alliance may read it from now on. Raises ValidationError while a part is empty."""
    _refuse_others(report.scheme, report.alliance, by)
    with moving(report, State.SUBMITTED, at=at, by=by, organization=report.alliance.lead, verb="submit"):
        _still_open(report.scheme)
        empty = [name for name in TEXTS if not getattr(report, name)]
        if empty:
            raise ValidationError(dict.fromkeys(empty, _("提交之前请写这一项；没有的写“无”。")))
        report.submitted_on = report.submitted_on or timezone.localdate(at)
    return report


def return_(report: SelfReport, *, by: Any, at: datetime, reason: str) -> SelfReport:
    """The superior sends it back with a reason, for the lead to complete and submit again."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明退回的理由。")})
    with moving(report, State.RETURNED, at=at, by=by, reason=reason, verb="return"):
        _still_open(report.scheme)
    return report


def _begun(scheme: Scheme, alliance: Alliance, *, by: Any, at: datetime) -> SelfReport:
    """The one there is, or a new draft; two at once find the same."""
    there = SelfReport.objects.filter(scheme=scheme, alliance=alliance)
    report = there.first()
    if report is not None:
        return report
    try:
        with transaction.atomic():
            report = SelfReport.objects.create(scheme=scheme, alliance=alliance, synthetic=alliance.synthetic)
            note(report, "begin", at=at, by=by, organization=alliance.lead, to_state=State.DRAFT)
    except IntegrityError:
        return there.get()
    return report


def _refuse_others(scheme: Scheme, alliance: Alliance, by: Any) -> None:
    if alliance.lead_id not in rights_of(by).organizations:
        raise PermissionDenied(_("自评由联合体的牵头组织撰写。"))
    if scheme.state != Scheme.State.OPEN:
        raise _closed()
    if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
        raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))


def _still_open(scheme: Scheme) -> None:
    """Nobody closes it meanwhile."""
    hold(scheme, Scheme.State.OPEN, _closed())


def _closed() -> Refused:
    return Refused("not_open", _("这个方案现在不接受自评。"))
