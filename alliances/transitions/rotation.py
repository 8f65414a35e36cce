"""The verbs of rotation (轮值): drawn up in the members' order, arranged, set, ended; turns swapped by two."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, HostTurn, Rotation, Swap
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.papers import said
from alliances.transitions.turns import end_turns, lapse, lay_out, settle
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.scope import rights_of
from members.states import MoveRefused, Refused

State = Rotation.State
FURTHEST = timedelta(days=366)


@transaction.atomic
def draw_up_rotation(
    alliance: Alliance, *, starts_on: date, length: int = 1, unit: str = Rotation.Unit.MONTH, by: Any, at: datetime
) -> Rotation:
    """Begin a calendar: the lead first, then the members in the order in which they joined; one calendar at a time.

    Raises Refused ``not_running`` and ``already_drawn_up``.
    """
    lock(alliance)
    refuse_idle(alliance)
    if Rotation.objects.filter(alliance=alliance).present().exists():
        raise Refused("already_drawn_up", _("已有轮值表；要重新排定，请先结束现在的轮值表。"))
    rotation = Rotation(alliance=alliance, starts_on=starts_on, length=length, unit=unit, order=_joined(alliance))
    _check(rotation, at)
    rotation.save()
    note(rotation, "draw_up", at=at, by=by, organization=alliance.lead, to_state=State.DRAFT)
    return rotation


@transaction.atomic
def arrange(
    rotation: Rotation,
    *,
    order: Iterable[Organization] | None = None,
    starts_on: date | None = None,
    length: int | None = None,
    unit: str | None = None,
    by: Any,
    at: datetime,
) -> Rotation:
    """Change a calendar that is not set: its order (those not named follow as they stood), its start, its length."""
    lock(rotation)
    if rotation.state != State.DRAFT:
        raise MoveRefused(rotation, State.DRAFT)
    present = in_order(rotation)
    wanted = list(dict.fromkeys(organization.pk for organization in order or ()))
    if set(wanted) - set(present):
        raise ValidationError({"order": _("轮值组织应是联合体的现有成员。")})
    rotation.order = wanted + [pk for pk in present if pk not in wanted]
    rotation.starts_on = starts_on or rotation.starts_on
    rotation.length = length or rotation.length
    rotation.unit = unit or rotation.unit
    _check(rotation, at)
    rotation.save()
    note(rotation, "arrange", at=at, by=by, organization=rotation.alliance.lead)
    return rotation


@transaction.atomic
def set_rotation(rotation: Rotation, *, by: Any, at: datetime) -> Rotation:
    """The calendar holds from now on: its turns are laid out, and the first begins if its day has come."""
    alliance = rotation.alliance
    lock(alliance)
    refuse_idle(alliance)
    with moving(rotation, State.RUNNING, verb="set", at=at, by=by, organization=alliance.lead):
        _check(rotation, at)
        rotation.order = in_order(rotation)
        lay_out(rotation, rotation.order, rotation.starts_on, by=by, at=at)
    settle(alliance, day=timezone.localdate(at), by=by, at=at)
    return rotation


def end_rotation(rotation: Rotation, *, reason: str, by: Any, at: datetime) -> Rotation:
    """The calendar ends today, and why; another may be drawn up."""
    with moving(rotation, State.ENDED, verb="end", at=at, by=by, reason=said(reason)):
        end_turns(rotation, day=timezone.localdate(at), by=by, at=at, reason=reason)
    return rotation


@transaction.atomic
def ask_swap(turn: HostTurn, *, other: HostTurn, reason: str, by: Any, at: datetime) -> Swap:
    """The host of a turn to come asks another to change turns; nothing changes until that one agrees.

    Raises PermissionDenied for whoever does not speak for the host, Refused ``already_asked`` and ``not_to_come``.
    """
    _speaks(by, turn.organization_id)
    lock(turn.alliance)
    for one in (turn, other):
        lock(one)
    _both_to_come(turn, other)
    if turn.rotation_id != other.rotation_id or turn.organization_id == other.organization_id:
        raise ValidationError({"other": _("请选择同一轮值表里另一个组织的一期。")})
    if Swap.objects.pending().filter(turn=turn).exists():
        raise Refused("already_asked", _("这一期已经提出调换，正在等待答复。"))
    swap = Swap.objects.create(
        turn=turn, other=other, asked_by_id=turn.organization_id, asked_of_id=other.organization_id,
        asked_at=at, reason=said(reason),
    )  # fmt: skip
    note(swap, "ask", at=at, by=by, organization=turn.organization, reason=reason, to_state=Swap.State.PENDING)
    return swap


@transaction.atomic
def accept_swap(swap: Swap, *, by: Any, at: datetime) -> Swap:
    """The other host agrees: the two turns change hands, and other swaps asked of them lapse."""
    _speaks(by, swap.asked_of_id)
    lock(swap.turn.alliance)
    with moving(swap, Swap.State.ACCEPTED, verb="accept", at=at, by=by, organization=swap.asked_of):
        turn, other = swap.turn, swap.other
        for one in (turn, other):
            lock(one)
        _both_to_come(turn, other)
        turn.organization_id, other.organization_id = swap.asked_of_id, swap.asked_by_id
        turn.save()
        other.save()
    for one in (turn, other):
        note(one, "swap", at=at, by=by, organization=one.organization)
        lapse(one, by=by, at=at)
    return swap


def refuse_swap(swap: Swap, *, reason: str, by: Any, at: datetime) -> Swap:
    """The other host does not agree, and says why: the turns stay."""
    _speaks(by, swap.asked_of_id)
    with moving(swap, Swap.State.REFUSED, verb="refuse", at=at, by=by, organization=swap.asked_of, reason=said(reason)):
        swap.answer = reason
    return swap


def withdraw_swap(swap: Swap, *, by: Any, at: datetime) -> Swap:
    """Who asked takes it back before it is answered."""
    _speaks(by, swap.asked_by_id)
    with moving(swap, Swap.State.WITHDRAWN, verb="withdraw", at=at, by=by, organization=swap.asked_by):
        pass
    return swap


def in_order(rotation: Rotation) -> list[int]:
    """The current members in the order of a calendar not yet set: who has left is gone, who is new comes last."""
    present = _joined(rotation.alliance)
    return [pk for pk in rotation.order if pk in present] + [pk for pk in present if pk not in rotation.order]


def _joined(alliance: Alliance) -> list[int]:
    joined = alliance.memberships.current().order_by("joined_on", "pk").values_list("organization_id", flat=True)
    return sorted(joined, key=lambda pk: pk != alliance.lead_id)


def _check(rotation: Rotation, at: datetime) -> None:
    rotation.clean_fields(exclude=["alliance", "order"])
    day = timezone.localdate(at)
    if not day <= rotation.starts_on <= day + FURTHEST:
        raise ValidationError({"starts_on": _("轮值从今天或以后的一天开始，不晚于一年之后。")})


def _both_to_come(turn: HostTurn, other: HostTurn) -> None:
    planned = {turn.state, other.state} == {HostTurn.State.PLANNED}
    if not planned:
        raise Refused("not_to_come", _("两期都还没有开始，才能调换。请刷新后再看。"))


def _speaks(by: Any, organization: int) -> None:
    if organization not in rights_of(by).organizations:
        raise PermissionDenied(_("轮值调换由两个轮值组织自己商定。"))
