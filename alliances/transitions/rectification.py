"""The verbs of putting in order (规范整顿): the lead answers with a plan, carries it out, declares itself ready.

The order itself, its re-check and its end stand in ``standing``; what is said against it in ``appeal``.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Rectification, RectificationPart
from members.lifecycle import lock, moving, note, touch
from members.states import MoveRefused, Refused

State = Rectification.State
MOST_PARTS, LONGEST = 12, 2000


def plan(
    order: Rectification, *, text: str, parts: Sequence[dict[str, Any]], by: Any, at: datetime
) -> Rectification:
    """The lead answers with a plan (整改方案): what in general, and in parts what is done, by whom, until when.

    ``parts``: ``{"what", "who", "due_on"}``, one to twelve, each due from today up to the order's term. A new plan
    leaves the parts that are done and takes the place of the others. A department accepts or returns it.
    """
    day = timezone.localdate(at)
    with moving(
        order, State.ANSWERED, verb="plan", at=at, by=by, organization=order.alliance.lead, reason=_said(text, "text"),
        detail={"parts": [[part["what"], part["who"], str(part["due_on"])] for part in parts]},
    ):  # fmt: skip
        if not 1 <= len(parts) <= MOST_PARTS:
            raise ValidationError({"parts": _("方案应有 1 至 %(most)s 项整改事项。") % {"most": MOST_PARTS}})
        order.parts.left().delete()
        for said in parts:
            _write_part(order, said, day)
        order.plan, order.planned_on, order.accepted_on = text.strip(), day, None
    return order


def accept_plan(order: Rectification, *, by: Any, at: datetime, reason: str = "") -> Rectification:
    """A department agrees with the plan: from now on it is carried out."""
    with moving(order, State.UNDER_WAY, verb="accept_plan", at=at, by=by, reason=reason):
        _only_from(order, State.UNDER_WAY, State.ANSWERED)
        order.accepted_on = timezone.localdate(at)
    return order


def return_plan(order: Rectification, *, by: Any, at: datetime, reason: str) -> Rectification:
    """A department returns the plan, saying why; the lead answers anew."""
    with moving(order, State.ORDERED, verb="return_plan", at=at, by=by, reason=_said(reason)):
        _only_from(order, State.ORDERED, State.ANSWERED)
    return order


@transaction.atomic
def report_progress(order: Rectification, *, text: str, by: Any, at: datetime) -> Rectification:
    """The lead writes down how it goes, while the plan is carried out."""
    lock(order)
    _only_from(order, State.READY, State.UNDER_WAY)
    note(order, "report_progress", at=at, by=by, organization=order.alliance.lead, reason=_said(text, "text"))
    return order


@transaction.atomic
def finish_part(part: RectificationPart, *, by: Any, at: datetime, text: str = "") -> RectificationPart:
    """One part of the plan is done. Refused ``done_already`` the second time."""
    order = part.rectification
    lock(order)
    lock(part)
    _only_from(order, State.READY, State.UNDER_WAY)
    if part.done_on is not None:
        raise Refused("done_already", _("这一项已经完成。"))
    part.done_on = timezone.localdate(at)
    part.save()
    said = f"{part.what}：{text.strip()}" if text.strip() else part.what
    touch(order)
    note(order, "finish_part", at=at, by=by, organization=order.alliance.lead, reason=said, detail={"part": part.pk})
    return part


def declare_ready(order: Rectification, *, text: str, by: Any, at: datetime) -> Rectification:
    """The lead has done what it planned and asks to be checked again. Refused ``parts_left`` before all is done."""
    said = _said(text, "text")
    with moving(
        order, State.READY, verb="declare_ready", at=at, by=by, organization=order.alliance.lead, reason=said
    ):
        left = order.parts.left().count()
        if left:
            words = _("还有 %(count)s 项整改事项没有完成。完不成的，请先修改方案。")
            raise Refused("parts_left", words % {"count": left})
        order.ready_on = timezone.localdate(at)
    return order


def end_orders(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """The alliance ends, and with it the order that it stood under."""
    for order in alliance.rectifications.open():
        with moving(order, State.ENDED, verb="end", at=at, by=by, reason=reason):
            order.ended_on = timezone.localdate(at)


def watch_rectifications(day: date, at: datetime) -> int:
    """What the calendar does: remind each lead once of a term that is near, and tell once those above of a term that
    has passed. A longer term is a new one. Returns how many orders it told of; twice is once."""
    told = 0
    for order in Rectification.objects.due_soon(day).order_by("pk"):
        told += _tell(order, "remind", "reminded_for", at)
    for order in Rectification.objects.overdue(day).order_by("pk"):
        told += _tell(order, "pass_term", "overdue_for", at)
    return told


@transaction.atomic
def _tell(order: Rectification, verb: str, field: str, at: datetime) -> bool:
    lock(order)
    if order.ended_on is not None or getattr(order, field) == order.due_on:
        return False
    setattr(order, field, order.due_on)
    order.save(update_fields=[field])
    note(order, verb, at=at, detail={"due_on": str(order.due_on)})
    return True


def _write_part(order: Rectification, said: dict[str, Any], day: date) -> None:
    part = RectificationPart(rectification=order, what=said["what"], who=said["who"], due_on=said["due_on"])
    part.clean_fields(exclude=["rectification"])
    if not day <= part.due_on <= max(order.due_on, day):
        words = _("“%(what)s”的完成期限应在今天和整顿期限 %(due)s 之间。")
        raise ValidationError({"parts": words % {"what": part.what, "due": order.due_on}})
    part.save()


def _only_from(order: Rectification, to: str, *states: str) -> None:
    if order.state not in states:
        raise MoveRefused(order, to)


def _said(text: str, field: str = "reason") -> str:
    """The words without space around them; ValidationError for none, or for more than anybody reads."""
    if not text.strip():
        raise ValidationError({field: _("请写明情况。")})
    if len(text) > LONGEST:
        raise ValidationError({field: _("不超过%(most)s字。") % {"most": LONGEST}})
    return text.strip()
