"""The verbs of a year's scheme: to draw up, amend, open, close it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.working_days import working_days_after
from assessments.models import Indicator, Scheme
from assessments.transitions.sheet import STANDARD, Row, copied, pending_on, weigh_100_or_refuse, write
from assessments.transitions.supplement import send_back_what_does_not_fit
from members.lifecycle import lock, moving, note
from members.models import Region
from members.states import Refused

TERMS = (
    "member_weight", "supplement_share", "excellent_from", "good_from", "fair_from", "report_days", "appeal_days"
)  # fmt: skip
"""What a scheme takes over from the one before it, beside its indicators."""


def draw_up(region: Region, *, year: int, title: str, cut_off: date, by: Any, at: datetime, **terms: Decimal) -> Scheme:
    """A draft with the terms and the tree of the region's latest scheme before it, or with the standard ones.

    ``terms``: those of ``TERMS`` that shall differ. Raises Refused ``already_there``.
    """
    latest = latest_before(region.pk, year)
    kept = {name: getattr(latest, name) for name in TERMS} if latest else {}
    scheme = Scheme(region=region, year=year, title=title, cut_off=cut_off, **(kept | terms))
    scheme.full_clean(exclude=["region"], validate_unique=False, validate_constraints=False)
    if Scheme.objects.filter(region=region, year=year).exists():
        raise Refused("already_there", _("本地区该年度已有考核方案。"))
    scheme.validate_constraints()
    with transaction.atomic():
        lock(region)
        if Scheme.objects.filter(region=region, year=year).exists():  # by somebody else, a moment ago
            raise Refused("already_there", _("本地区该年度已有考核方案。"))
        scheme.save()
        rows = copied(latest) if latest else [{"position": n, **row} for n, row in enumerate(STANDARD)]
        Indicator.objects.bulk_create(Indicator(scheme=scheme, **row) for row in rows)
        note(scheme, "draw_up", at=at, by=by, to_state=Scheme.State.DRAFT)
    return scheme


def latest_before(region: str, year: int) -> Scheme | None:
    """The scheme of the region in the nearest year before."""
    return Scheme.objects.filter(region=region, year__lt=year).order_by("-year").first()


def amend(scheme: Scheme, terms: dict[str, Any], rows: Sequence[Row], *, by: Any, at: datetime) -> Scheme:
    """Replace a draft's terms and indicators. Not while a second person is looking at it."""
    with transaction.atomic():
        lock(scheme)
        if scheme.state != Scheme.State.DRAFT:
            raise Refused("move_refused", _("方案已启动评价，指标和权重不能再改。"))
        if pending_on(scheme).exists():
            raise Refused("already_proposed", _("方案正在等待复核，复核之前不能修改。"))
        for name, value in terms.items():
            setattr(scheme, name, value)
        scheme.full_clean()
        scheme.save()
        write(scheme, rows)
        note(scheme, "amend", at=at, by=by, detail={"weights": {row["name"]: str(row["weight"]) for row in rows}})
        send_back_what_does_not_fit(scheme, at=at, by=by)
    return scheme


def complete_or_refuse(scheme: Scheme) -> None:
    """Raises ValidationError unless the weights sum to 100 and the members' evaluation is among the indicators;
    Refused ``supplement_pending`` while a region's supplement waits for its second person."""
    weigh_100_or_refuse(scheme)
    if not scheme.indicators.filter(source=Indicator.Source.MEMBERS).exists():
        raise ValidationError(_("方案必须包含成员评价指标。"), code="members_evaluation")
    for supplement in scheme.supplements.select_related("region"):
        if pending_on(supplement).exists():
            words = _("%(supplement)s正在等待复核，复核之后才能启动。")
            raise Refused("supplement_pending", words % {"supplement": supplement})


def open_(scheme: Scheme, *, by: Any, at: datetime, reason: str = "") -> Scheme:
    """Rating begins; from now on the weights are fixed, those of supplements too."""
    with moving(scheme, Scheme.State.OPEN, at=at, by=by, reason=reason, verb="open"):
        complete_or_refuse(scheme)
        scheme.report_by = working_days_after(timezone.localdate(at), scheme.report_days)
    return scheme


def close(scheme: Scheme, *, by: Any, at: datetime) -> Scheme:
    """Rating ends, once the cut-off day is past; now the leads see their preliminary results and may appeal."""
    if timezone.localdate(at) <= scheme.cut_off:
        raise Refused("too_early", _("数据截止日期（%(day)s）过后才能结束评价。") % {"day": scheme.cut_off})
    with moving(scheme, Scheme.State.SCORING, at=at, by=by, verb="close"):
        scheme.appeals_until = working_days_after(timezone.localdate(at), scheme.appeal_days)
    return scheme
