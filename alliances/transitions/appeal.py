"""The verbs of an appeal (申诉) against an order to rectify: lodged, forwarded, upheld, dismissed or withdrawn."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Rectification, RectificationAppeal
from members.lifecycle import lock, moving, note
from members.models import Region, User
from members.states import Refused

State = RectificationAppeal.State


@transaction.atomic
def lodge(
    order: Rectification, *, text: str, addressed_to: Region, deciders: Iterable[User], by: Any, at: datetime
) -> RectificationAppeal:
    """The lead appeals against an order, once, up to the last day of its term. The order holds meanwhile.

    ``deciders`` are those who decided on the order, ``addressed_to`` whose department decides on the appeal.
    Refused ``too_late``, ``over`` (the order has ended), ``appealed_already``.
    """
    day = timezone.localdate(at)
    lock(order)
    if order.ended_on is not None:
        raise Refused("over", _("这次整顿已经结束，不能再申诉。"))
    if order.appeal_until is None or day > order.appeal_until:
        raise Refused("too_late", _("申诉期限已过。"))
    made = RectificationAppeal(
        rectification=order, alliance=order.alliance, region=order.region, addressed_to=addressed_to,
        text=_said(text, "text"), lodged_on=day,
    )  # fmt: skip
    made.clean_fields(exclude=["rectification", "alliance", "region", "addressed_to"])
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError as twice:
        raise Refused("appealed_already", _("对这次整顿已经申诉过。")) from twice
    made.deciders.set(deciders)
    note(made, "lodge", at=at, by=by, organization=order.alliance.lead, reason=made.text, to_state=made.state)
    return made


def forward(appeal: RectificationAppeal, *, opinion: str, by: Any, at: datetime) -> RectificationAppeal:
    """The town committee sends it on with its opinion; it decides nothing."""
    with moving(appeal, State.FORWARDED, verb="forward", at=at, by=by, reason=_said(opinion, "opinion")):
        appeal.opinion, appeal.forwarded_on = opinion.strip(), timezone.localdate(at)
    return appeal


def uphold(appeal: RectificationAppeal, *, reason: str, by: Any, at: datetime) -> RectificationAppeal:
    """The appeal is right: the order is lifted. It counts on no day any more; what happened stays in the trail."""
    with moving(appeal, State.UPHELD, verb="uphold", at=at, by=by, reason=_said(reason)):
        _answer(appeal, reason, by, at)
        _lift(appeal.rectification, by=by, at=at, reason=reason)
    return appeal


def dismiss(appeal: RectificationAppeal, *, reason: str, by: Any, at: datetime) -> RectificationAppeal:
    """The order stands, and the lead is told why."""
    with moving(appeal, State.DISMISSED, verb="dismiss", at=at, by=by, reason=_said(reason)):
        _answer(appeal, reason, by, at)
    return appeal


def withdraw_appeal(appeal: RectificationAppeal, *, by: Any, at: datetime, reason: str = "") -> RectificationAppeal:
    """The lead takes it back; within the term it may appeal again."""
    with moving(
        appeal, State.WITHDRAWN, verb="withdraw_appeal", at=at, by=by, organization=appeal.alliance.lead, reason=reason
    ):
        pass
    return appeal


def _answer(appeal: RectificationAppeal, reason: str, by: Any, at: datetime) -> None:
    if appeal.deciders.filter(pk=by.pk).exists():
        raise PermissionDenied(_("作出整顿决定的两位同志不能办理对它的申诉。"))
    appeal.answer, appeal.decided_on = reason.strip(), timezone.localdate(at)


def _lift(order: Rectification, *, by: Any, at: datetime, reason: str) -> None:
    """Where the alliance still stands under the order, it runs again."""
    alliance = order.alliance
    lock(alliance)
    lock(order)
    if order.ended_on is None:
        with moving(alliance, Alliance.State.ACTIVE, verb="lift", at=at, by=by, reason=reason):
            alliance.rectify_by = None
    with moving(order, Rectification.State.LIFTED, verb="lift", at=at, by=by, reason=reason):
        order.ended_on = order.ended_on or timezone.localdate(at)


def _said(text: str, field: str = "reason") -> str:
    if not text.strip():
        raise ValidationError({field: _("请写明理由。")})
    if len(text) > 2000:
        raise ValidationError({field: _("不超过2000字。")})
    return text.strip()
