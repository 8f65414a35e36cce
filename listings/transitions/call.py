"""The verbs of a called department (报到): it signs for the call, says that it is there, reports; or says who is
responsible instead."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from listings.models import Call, Item, Whistle
from listings.querysets.whistle import SOUNDING
from listings.transitions.order import lock_items, retried
from listings.transitions.places import go
from listings.transitions.whistle_ends import settle
from members.lifecycle import moving
from members.states import MoveRefused, Refused

State = Call.State


@retried
@transaction.atomic
def sign_for(call: Call, *, by: Any, at: datetime) -> Call:
    """The department takes the call on (签收): the item is in hand from now on."""
    with _answer(call, State.SIGNED_FOR, "sign_for", by=by, at=at) as item:
        call.signed_at = at
    if item.state in {Item.State.OPEN, Item.State.CLAIMED}:
        go(item, Item.State.IN_HAND, "sign_for", by=by, at=at, organization=call.organization)
    return call


@retried
@transaction.atomic
def arrive(call: Call, text: str, *, by: Any, at: datetime) -> Call:
    """The department says that it is there (到场): when and who, in words. Nothing measures where anybody is."""
    with _answer(call, State.ARRIVED, "arrive", by=by, at=at, said=text, field="text"):
        call.arrived_at, call.arrival = at, text.strip()
    return call


@retried
@transaction.atomic
def report(call: Call, text: str, *, by: Any, at: datetime) -> Call:
    """The department says what it has done; when everybody who did not refuse has, the caller evaluates."""
    with _answer(call, State.REPORTED, "report", by=by, at=at, said=text, field="text"):
        call.reported_at, call.report = at, text.strip()
    _all_have_answered(call.whistle, by=by, at=at)
    return call


@retried
@transaction.atomic
def refuse(call: Call, *, reason: str, where_next: str, by: Any, at: datetime) -> Call:
    """The department is not responsible: why, and who is. The caller may call that one in. Who has come, reports."""
    if not where_next.strip():
        raise ValidationError({"where_next": _("请写明应当找谁。")})
    if call.state == State.ARRIVED:
        raise MoveRefused(call, State.REFUSED)
    return give_up(call, reason=reason, where_next=where_next, by=by, at=at)


@retried
@transaction.atomic
def give_up(call: Call, *, reason: str, where_next: str, by: Any, at: datetime) -> Call:
    """What the department has not reported goes back to the caller: it is not responsible, or not there any more."""
    with _answer(call, State.REFUSED, "refuse", by=by, at=at, said=reason, field="reason") as item:
        call.refused_at, call.refusal, call.where_next = at, reason.strip(), where_next.strip()
    settle(item, by=by, at=at, verb="refuse", reason=reason.strip())
    _all_have_answered(call.whistle, by=by, at=at)
    return call


@contextmanager
def _answer(
    call: Call, to: str, verb: str, *, by: Any, at: datetime, said: str = "", field: str = ""
) -> Iterator[Item]:
    """Move the call of a sounding whistle, with item and whistle locked before it; gives the item, freshly read. The
    caller holds the transaction."""
    if field and not said.strip():
        raise ValidationError({field: _("请写明情况。")})
    item = lock_items(Q(pk=call.whistle.item_id))[0]
    whistle = Whistle.objects.select_for_update(of=("self",)).get(pk=call.whistle_id)
    if whistle.state not in SOUNDING:
        raise Refused("silent", _("这次吹哨还没有批准，或已经结束。"))
    with moving(call, to, at=at, by=by, organization=call.organization, reason=said.strip(), verb=verb):
        call.whistle = whistle
        yield item


def _all_have_answered(whistle: Whistle, *, by: Any, at: datetime) -> None:
    """The whistle waits for the caller's word when nobody is left to report and somebody has."""
    calls = whistle.calls
    if whistle.state != Whistle.State.SOUNDED or calls.open().exists():
        return
    if calls.filter(state=State.REPORTED).exists():
        with moving(whistle, Whistle.State.REPORTED, at=at, by=by, verb="all_reported"):
            pass
