"""Passing on (转办): nothing is "not our responsibility" without saying whose, and nobody is made to take it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from alliances.models import Alliance
from listings.models import Forwarding, Item
from listings.querysets import FORWARDABLE
from listings.transitions.copying import ask_anew
from listings.transitions.deadline import end_pause
from listings.transitions.item import LONGEST, unlink
from listings.transitions.line import end_line
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from listings.transitions.whistle_ends import end_whistles
from members.lifecycle import moving, note
from members.states import MoveRefused, Refused

State = Forwarding.State


@retried
def forward(item: Item, into: Alliance, *, by: Any = None, at: datetime, reason: str) -> Forwarding:
    """Offer an unclaimed item to another running alliance. It stays where it is until the other's lead has answered.

    Raises Refused ``not_running``, ``already_forwarded``, ``same``.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("请写明为什么由对方办理。")})
    with transaction.atomic():
        lock_items(Q(pk=item.pk))
        item.refresh_from_db()
        if item.state not in FORWARDABLE:
            raise MoveRefused(item, Item.State.FORWARDED)
        if into.pk == item.alliance_id:
            raise Refused("same", _("事项已经在这个联合体。"))
        if not into.runs:
            raise Refused("not_running", _("对方联合体未在运行，不能接收。"))
        try:
            with transaction.atomic():
                made = Forwarding.objects.create(item=item, into=into, reason=reason.strip(), proposed_at=at)
        except IntegrityError as clash:
            raise Refused("already_forwarded", _("已提出转办，正在等待对方答复。")) from clash
        note(made, "forward", at=at, by=by, organization=item.alliance.lead, reason=reason, to_state=State.PROPOSED)
        detail = {"forwarding": made.pk, "goes_to": into.name}
        note(item, "forward", at=at, by=by, organization=item.alliance.lead, reason=reason, detail=detail)
    return made


@retried
def take_over(forwarding: Forwarding, *, by: Any = None, at: datetime, reason: str = "") -> Forwarding:
    """The other alliance takes the item on its current list, asked on the same day by the same organisation; a program
    finds it again under its own number. Here it ends as passed on: one trouble counts once, where it is now."""
    with transaction.atomic():
        rows = {row.pk: row for row in lock_items(Q(pk=forwarding.item_id) | Q(answered_by=forwarding.item_id))}
        item = rows[forwarding.item_id]
        external_id = item.external_id
        with moving(forwarding, State.ACCEPTED, at=at, by=by, organization=forwarding.into.lead, reason=reason,
                    verb="take_over"):  # fmt: skip
            forwarding.answer = reason.strip()
        copy = _ask_there(item, forwarding.into, by=by, at=at)
        goes_to = f"{forwarding.into.name} {copy.number}"
        with moving(item, Item.State.FORWARDED, at=at, by=by, reason=forwarding.reason, verb="take_over",
                    detail={"goes_to": goes_to, "item": copy.pk}):  # fmt: skip
            end_pause(item, at=at)
            item.goes_to, item.external_id = goes_to[:LONGEST], ""
            end_line(item, by=by, at=at, reason=_("事项已转办"))
            end_whistles(item, by=by, at=at, reason=_("事项已转办"))
        Item.objects.filter(pk=copy.pk).update(external_id=external_id)
        for problem in item.answers.filter(state=Item.State.LINKED).order_by("pk"):
            unlink(problem, by=by, at=at, reason=_("对接的服务事项已转办：%(to)s") % {"to": goes_to})
    return forwarding


def _ask_there(item: Item, into: Alliance, *, by: Any, at: datetime) -> Item:
    copy = ask_anew(item, current_list(into, item.kind, by=by, at=at), by=by, at=at)
    copy.came_from, copy.collected_on, copy.synthetic = item, item.collected_on, item.synthetic
    copy.entered_by_id, copy.entered_by_client_id = item.entered_by_id, item.entered_by_client_id
    copy.save()
    return copy


def pass_back(forwarding: Forwarding, *, by: Any = None, at: datetime, reason: str) -> Forwarding:
    """The other lead does not take it, and says why; the item is where it was."""
    with moving(forwarding, State.DECLINED, at=at, by=by, organization=forwarding.into.lead, reason=reason,
                verb="pass_back"):  # fmt: skip
        if not reason.strip():
            raise ValidationError({"reason": _("请写明为什么不接收。")})
        forwarding.answer = reason.strip()
    return forwarding


def call_back(forwarding: Forwarding, *, by: Any = None, at: datetime) -> Forwarding:
    """Whoever offered it thinks better of it before the answer."""
    with moving(forwarding, State.WITHDRAWN, at=at, by=by, organization=forwarding.item.alliance.lead,
                verb="call_back"):  # fmt: skip
        return forwarding


def end_forwardings(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """The alliance ends: what it has offered to others stays with it, what others have offered to it goes back."""
    for sent in Forwarding.objects.proposed().filter(item__alliance=alliance).order_by("pk"):
        call_back(sent, by=by, at=at)
    for received in Forwarding.objects.proposed().filter(into=alliance).order_by("pk"):
        pass_back(received, by=by, at=at, reason=reason)
