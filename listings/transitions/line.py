"""The waiting line (候补): who comes too late may wait, and a free place is offered to the first whom it suits.

An offer holds its place until it is accepted, declined or its term is over; then the next in line is asked. Nobody
is put to work by others: only the organisation itself accepts.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, RuleSet
from alliances.working_days import working_days_after
from listings.models import Claim, Item, Match
from listings.querysets import CLAIMABLE
from listings.transitions.order import retried
from listings.transitions.places import free_slot, go, lock_with_item, roles_free, stand_as_member, standing_of, take_up
from listings.transitions.shares import end_offers, withdraw_all
from members.lifecycle import moving, note
from members.models import Organization
from members.states import Refused

State = Claim.State


def join_line(
    item: Item, organization: Organization, *, by: Any, at: datetime, role: str | None = None, **words: Any
) -> Claim:
    """Stand at the end of the item's line, wishing for ``role`` (None: any). The caller holds the item's row."""
    made = Claim.objects.create(
        item=item, organization=organization, role=role or "", state=State.WAITING, claimed_at=at, **words
    )
    note(made, "wait", at=at, by=by, organization=organization, to_state=State.WAITING)
    return made


@retried
def accept(claim: Claim, *, by: Any = None, at: datetime) -> Claim:
    """Take the offered place: from now on the organisation is at work, in the role that was offered.

    Raises Refused ``not_member`` for who has left, ``offer_expired`` after the term.
    """
    with transaction.atomic():
        stand_as_member(claim.item, claim.organization)
        item = lock_with_item(claim)
        if claim.offered_until is not None and claim.offered_until <= at:
            raise Refused("offer_expired", _("接受期限已过，名额已让给下一位。"))
        with moving(claim, State.CLAIMED, at=at, by=by, organization=claim.organization, verb="accept"):
            claim.claimed_at, claim.offered_until = at, None
        take_up(claim, item, by=by, at=at)
    return claim


@retried
def decline(claim: Claim, *, by: Any = None, at: datetime, reason: str = "") -> Claim:
    """Leave the line, or pass the offered place on to the next."""
    with transaction.atomic():
        item = lock_with_item(claim)
        _go_from_line(claim, State.DECLINED, "decline", by=by, at=at, reason=reason)
        _move_up(item, claim, "decline", by=by, at=at)
    return claim


def offer_next(item: Item, *, at: datetime) -> None:
    """Offer each free place of a claimable item to the first in line whom its role suits; who holds the row calls."""
    if item.state not in CLAIMABLE:
        return
    for waiting in item.claims.waiting():
        held = list(item.claims.holding())
        free = roles_free(item, held)
        if not free:
            return
        role = next((role for role in free if waiting.role in ("", role)), None)
        if role is None:
            continue
        until = _end_of_term(item, at)
        with moving(waiting, State.OFFERED, at=at, organization=waiting.organization, verb="offer"):
            waiting.role, waiting.slot, waiting.offered_until = role, free_slot(item, held), until


def lapse_offers(now: datetime) -> int:
    """End the offers whose term is over and ask the next in line; how many there were. Safe to run twice."""
    ended = 0
    for claim in Claim.objects.expired(now).select_related("item").order_by("pk"):
        ended += _lapse(claim, now)
    return ended


@retried
def _lapse(claim: Claim, now: datetime) -> bool:
    with transaction.atomic():
        item = lock_with_item(claim)
        if claim.state != State.OFFERED or claim.offered_until is None or claim.offered_until > now:
            return False
        _go_from_line(claim, State.LAPSED, "lapse", by=None, at=now, reason=_("逾期未接受"))
        _move_up(item, claim, "lapse", by=None, at=now)
        return True


def end_line(item: Item, *, by: Any = None, at: datetime, reason: str) -> None:
    """Nobody waits for the item or is asked to meet it any more: it has ended, or goes back. Who holds the row
    calls."""
    for claim in item.claims.filter(state__in=(State.WAITING, State.OFFERED)).order_by("pk"):
        _go_from_line(claim, State.LAPSED, "lapse", by=by, at=at, reason=reason)
    end_offers(item, by=by, at=at, reason=reason)


def leave_lines(alliance: Alliance, organization: Organization, *, by: Any = None, at: datetime, reason: str) -> None:
    """An organisation that leaves an alliance waits for none of its items any more, and is asked to meet none."""
    own = Claim.objects.filter(item__alliance=alliance, organization=organization)
    for claim in own.filter(state__in=(State.WAITING, State.OFFERED)).select_related("item").order_by("item_id"):
        decline(claim, by=by, at=at, reason=reason)
    asked = Match.objects.filter(need__alliance=alliance, organization=organization)
    withdraw_all(asked, by=by, at=at, reason=reason)


def _go_from_line(claim: Claim, to: str, verb: str, *, by: Any, at: datetime, reason: str) -> None:
    with moving(claim, to, at=at, by=by, organization=claim.organization, reason=reason, verb=verb):
        claim.slot = claim.offered_until = None


def _move_up(item: Item, claim: Claim, verb: str, *, by: Any, at: datetime) -> None:
    """The next is asked; where nobody is left to ask, the item may be done now that only finished work remains."""
    offer_next(item, at=at)
    to = standing_of(item) if item.state in CLAIMABLE else item.state
    if to != item.state:
        go(item, to, verb, by=by, at=at, organization=claim.organization, detail={"claim": claim.pk})


def _end_of_term(item: Item, at: datetime) -> datetime:
    """The end of the last working day on which the offer may be accepted."""
    days = RuleSet.objects.for_region(item.region_id).offer_working_days
    last = working_days_after(timezone.localdate(at), days)
    return timezone.make_aware(datetime.combine(last + timedelta(days=1), time.min))
