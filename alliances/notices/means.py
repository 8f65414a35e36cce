"""Who hears of places and money: who provides a place, who booked it, those whose money it is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.models import Booking
from alliances.money import in_yuan
from alliances.notices.audience import members_of
from alliances.transitions.venue import span_of
from members.models import Step
from members.notices import Message, Writer, heads_of


def _booked(text: str) -> Writer:
    """Tells who provides the place."""

    def write(step: Step) -> Iterable[Message]:
        booking: Any = step.thing
        for user in heads_of([booking.venue.organization_id], step):
            yield user, _(text) % _of_booking(booking), booking.get_absolute_url()

    return write


def _booking_refused(step: Step) -> Iterable[Message]:
    booking: Any = step.thing
    said = _("%(venue)s（%(span)s）不能借用：%(reason)s") % _of_booking(booking)
    for user in heads_of([booking.organization_id], step):
        yield user, said, booking.get_absolute_url()


def _of_booking(booking: Booking) -> dict[str, Any]:
    words = {"who": booking.organization.label, "venue": booking.venue, "span": span_of(booking)}
    return words | {"purpose": booking.purpose, "reason": booking.refusal}


def _of_money(text: str, *, to_lead: bool = False, to_others: bool = False) -> Writer:
    """Tells the lead, the other members, or all of them what was done with money that is everybody's."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        alliance, amount = thing.alliance, in_yuan(abs(thing.amount))
        said = _(text) % {"alliance": alliance, "amount": amount, "purpose": getattr(thing, "purpose", "")}
        everybody = set(members_of(alliance))
        whom = {alliance.lead_id} if to_lead else everybody - {alliance.lead_id} if to_others else everybody
        for user in heads_of(whom, step):
            yield user, said, thing.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.booking", "book"): _booked(noop("%(who)s预约了%(venue)s（%(span)s）：%(purpose)s")),
    ("alliances.booking", "release"): _booked(noop("%(who)s取消了%(venue)s的预约（%(span)s）。")),
    ("alliances.booking", "refuse"): _booking_refused,
    ("alliances.reserveentry", "draw"): _of_money(noop("“%(alliance)s”动用风险准备金 %(amount)s 元：%(purpose)s")),
    ("alliances.distribution", "distribute"): _of_money(
        noop("“%(alliance)s”拟分配 %(amount)s 元，请核对确认。"), to_others=True
    ),
    ("alliances.distribution", "confirm"): _of_money(
        noop("“%(alliance)s”的 %(amount)s 元分配已由成员确认，可以结算。"), to_lead=True
    ),
    ("alliances.distribution", "settle"): _of_money(noop("“%(alliance)s”的 %(amount)s 元分配已结算。")),
    ("alliances.distribution", "cancel"): _of_money(
        noop("“%(alliance)s”拟分配的 %(amount)s 元已作废。"), to_others=True
    ),
    ("alliances.distribution", "ask_reversal"): _of_money(
        noop("“%(alliance)s”申请撤回 %(amount)s 元的分配，请核对。"), to_others=True
    ),
    ("alliances.distribution", "reverse"): _of_money(noop("“%(alliance)s”的 %(amount)s 元分配已撤回。")),
    ("alliances.distribution", "keep"): _of_money(
        noop("“%(alliance)s”的 %(amount)s 元分配不同意撤回，保持有效。"), to_lead=True
    ),
}
