"""The verbs of claims: take on, report, finish, give up. Places and their wall stand in places.py."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from listings.models import Claim, Item, Listing, Match, Progress
from listings.models.listing import Kind
from listings.querysets.scope import HOLDING_CLAIMS
from listings.transitions.carrying import not_before_acceptance, not_through_a_claim, seek_again
from listings.transitions.dispute import end_disputes
from listings.transitions.help import count_helpers
from listings.transitions.item import follow
from listings.transitions.line import join_line, offer_next
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from listings.transitions.places import (
    FULL,
    check_open,
    go,
    lock_with_item,
    role_in,
    seat,
    stand_as_member,
    standing_of,
)
from members.lifecycle import lock, moving, note
from members.models import Organization, PartyMember
from members.states import MoveRefused, Refused

TAKEN_UP = ("state", "kind", "alliance", "region", "capacity", "answered_by", "first_claimed_on", "updated_at")
"""What taking on an item asks of it; a claim has to be quick, for many may want the same one at once."""


@retried
def claim(
    item: Item,
    organization: Organization,
    *,
    by: Any = None,
    at: datetime,
    role: str | None = None,
    promised_on: date | None = None,
    support: str = "",
    wait: bool = False,
) -> Claim:
    """Take on an item for a member organisation. A problem is claimed through the one service item that answers it.

    Without ``role``: the lead if it is free, else assistance; the last free place is kept for a lead. With ``wait``
    who finds no place stands in line instead: the claim returned is ``waiting``.
    Raises Refused, in this order: ``not_member``, ``by_project``, ``not_open``, ``already_claimed``, ``full``,
    ``lead_taken``.
    """
    _check_promise(promised_on, timezone.localdate(at))
    try:
        with transaction.atomic():
            stand_as_member(item, organization)
            target = in_line_for(item, by=by, at=at)
            in_line = list(target.claims.in_line().order_by().only("item", "organization", "state", "role", "slot"))
            _once_only(in_line, organization)
            held = [other for other in in_line if other.state in HOLDING_CLAIMS]
            words = {"promised_on": promised_on, "support": support.strip()}
            try:
                role_held = role_in(target, held, role)
            except Refused as refused:
                if wait and refused.code == "full":
                    return join_line(target, organization, by=by, at=at, role=role, **words)
                raise
            made = seat(target, held, organization, role_held, by=by, at=at, **words)
    except IntegrityError as wall:
        raise Refused("full", FULL) from wall
    return made


def _once_only(in_line: Sequence[Claim], organization: Organization) -> None:
    if any(other.organization_id == organization.pk for other in in_line):
        raise Refused("already_claimed", _("本组织已经认领了这一事项，或已在候补。"))


def _check_promise(promised_on: date | None, day: date) -> None:
    if promised_on is not None and promised_on < day:
        raise ValidationError({"promised_on": _("承诺办结日期不能早于今天。")})


def in_line_for(item: Item, *, by: Any, at: datetime) -> Item:
    """The item on which the claim will stand, locked; for a problem the item that answers it, made if there is none.

    Refused ``by_project`` for what a project carries out.
    """
    not_through_a_claim(item)
    while True:
        answer = item.answered_by_id
        family = Q(pk__in=[item.pk, answer] if answer else [item.pk])
        together = lock_items(family | Q(duplicate_of=item.pk)) if item.is_problem else lock_items(family, TAKEN_UP)
        rows = {row.pk: row for row in together}
        present = rows[item.pk]
        if present.answered_by_id == answer:
            break
        item = present  # linked in the meantime: stand in line again, for both
    if present.is_problem and present.state == Item.State.OPEN:
        check_open(present)
        return answer_to(present, Kind.SUPPLY_DEMAND, by=by, at=at)
    target = rows[answer] if answer and present.state == Item.State.LINKED else present
    check_open(target)
    return target


def answer_to(problem: Item, kind: str, *, by: Any, at: datetime) -> Item:
    """Make the service item that answers an open problem, on the alliance's current list of that kind."""
    listing = _held_list(problem, kind, by=by, at=at)
    item = Item.objects.create(
        listing=listing, alliance_id=problem.alliance_id, region_id=problem.region_id, kind=listing.kind,
        title=problem.title, detail=problem.detail, category=problem.category, place=problem.place,
        urgency=problem.urgency, site_id=problem.site_id, skills=problem.skills, origin=problem.origin,
        responsible_id=problem.responsible_id, wants=problem.wants,
        capacity=problem.capacity, due_on=problem.due_on, asked_by_id=problem.asked_by_id,
        for_resident=problem.for_resident, entered_by_id=problem.entered_by_id,
        entered_by_client_id=problem.entered_by_client_id, synthetic=problem.synthetic,
        state=Item.State.OPEN, addendum=listing.state != Listing.State.DRAFT, collected_on=timezone.localdate(at),
    )  # fmt: skip
    note(item, "open", at=at, by=by, to_state=Item.State.OPEN, detail={"problem": problem.pk})
    with moving(problem, Item.State.LINKED, at=at, by=by, verb="link", detail={"item": item.pk}):
        problem.answered_by = item
    follow(problem, by=by, at=at)
    return item


def _held_list(problem: Item, kind: str, *, by: Any, at: datetime) -> Listing:
    """The alliance's current list, held: it is neither signed nor revised until the item stands on it."""
    while True:
        listing = current_list(problem.alliance, kind, by=by, at=at)
        lock(listing)
        if listing.state != Listing.State.SUPERSEDED:
            return listing


@retried
def report(
    claim: Claim, text: str, *, by: Any = None, at: datetime, helpers: Iterable[PartyMember] = (),
    served_on: date | None = None,
) -> Progress:  # fmt: skip
    """Write down how far the work has come; the first report puts claim and item in hand. ``helpers`` see
    ``name_helpers``."""
    if not text.strip():
        raise ValidationError({"text": _("请写明进展。")})
    with transaction.atomic():
        item = lock_with_item(claim)
        if claim.state not in {Claim.State.CLAIMED, Claim.State.IN_HAND}:
            raise MoveRefused(claim, Claim.State.IN_HAND)
        count_helpers(claim, helpers, served_on=served_on, at=at)
        go(claim, Claim.State.IN_HAND, "report", by=by, at=at, organization=claim.organization)
        going = Item.State.IN_HAND if item.state == Item.State.CLAIMED else item.state
        go(item, going, "report", by=by, at=at, organization=claim.organization, detail={"claim": claim.pk})
        author = by if hasattr(by, "duty") else None
        return Progress.objects.create(claim=claim, text=text.strip(), at=at, by=author)


@retried
def finish(
    claim: Claim, *, by: Any = None, at: datetime, outcome: str = "", helpers: Iterable[PartyMember] = (),
    served_on: date | None = None,
) -> Claim:  # fmt: skip
    """Say that one's part is done. When every active claim is, the item waits for whoever asked to confirm it.
    ``helpers`` see ``name_helpers``."""
    with transaction.atomic():
        item = lock_with_item(claim)
        if claim.state not in {Claim.State.CLAIMED, Claim.State.IN_HAND}:
            raise MoveRefused(claim, Claim.State.FINISHED)  # only a correction leads back from a confirmation
        not_before_acceptance(item)
        count_helpers(claim, helpers, served_on=served_on, at=at)
        with moving(claim, Claim.State.FINISHED, at=at, by=by, organization=claim.organization, verb="finish"):
            claim.finished_at, claim.outcome = at, outcome.strip()
        _settle(item, claim, "finish", by=by, at=at, reason=outcome.strip())
    return claim


@retried
def release(claim: Claim, *, by: Any = None, at: datetime, reason: str) -> Claim:
    """Give up an unfinished claim, saying why. Its place is offered to the first in line; without any other claim the
    item is open."""
    return give_up(claim, "release", by=by, at=at, reason=reason)


@retried
def force_release(claim: Claim, *, by: Any, at: datetime, reason: str, before_start: bool = False) -> Claim:
    """Take an unfinished claim away from an organisation, which is told why; the place goes to the first in line.

    Work that has begun is taken away by two people only: there the second one speaks this. A lead speaks it alone with
    ``before_start``, and is refused ``begun`` where work has begun meanwhile.
    """
    with transaction.atomic():
        lock_with_item(claim, resource=True)
        if before_start and claim.state == Claim.State.IN_HAND:
            raise Refused("begun", _("该单位已经开始办理，须由上级提出、组织部复核，才能收回认领。"))
        return give_up(claim, "force_release", by=by, at=at, reason=reason)


def give_up(claim: Claim, verb: str, *, by: Any, at: datetime, reason: str) -> Claim:
    """The claim ends, the first in line is asked, and the item stands where the remaining claims put it."""
    with transaction.atomic():
        item = lock_with_item(claim, resource=True)
        if not reason.strip():
            raise ValidationError({"reason": _("请写明理由。")})
        own = claim.organization
        with moving(claim, Claim.State.RELEASED, at=at, by=by, organization=own, reason=reason, verb=verb):
            pass
        offer_next(item, at=at)
        _settle(item, claim, verb, by=by, at=at, reason=reason)
        _give_back(claim, by=by, at=at, reason=reason)
        if item.state == Item.State.OPEN:
            end_disputes(item, by=by, at=at, reason=_("认领已退出"))
        seek_again(item, by=by, at=at, reason=reason)
    return claim


def _give_back(claim: Claim, *, by: Any, at: datetime, reason: str) -> None:
    """The share of a resource that the claimant had given to it is free again, for the first in line."""
    match = Match.objects.filter(claim=claim, state=Match.State.ACCEPTED).first()
    if match is None:
        return
    with moving(match, Match.State.WITHDRAWN, at=at, by=by, reason=reason, verb="withdraw"):
        pass
    for resource in lock_items(Q(pk=match.resource_id)):
        offer_next(resource, at=at)


def _settle(item: Item, claim: Claim, verb: str, *, by: Any, at: datetime, reason: str) -> None:
    """The item stands where its remaining claims put it, and remembers which of them has ended."""
    detail = {"claim": claim.pk}
    go(item, standing_of(item), verb, by=by, at=at, organization=claim.organization, reason=reason, detail=detail)
