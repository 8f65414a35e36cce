"""The verbs of claims. An item that wants n organisations never has n + 1, whatever happens at once.

Claimants stand in line for the item's row; the unique indexes on (item, place), (item, organisation) and
(item, lead) are the last wall.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Membership
from alliances.querysets import RUNNING
from listings.models import Claim, Item, Listing, Progress
from listings.models.listing import Kind
from listings.querysets import CLAIMABLE
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from members.lifecycle import moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

FULL = _("名额已满，已有其他单位认领。")


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
) -> Claim:
    """Take on an item for a member organisation. A problem is claimed through the one service item that answers it.

    Without ``role``: the lead if it is free, else assistance; the last free place is kept for a lead.
    Raises Refused, in this order: ``not_member``, ``not_open``, ``already_claimed``, ``full``, ``lead_taken``.
    """
    _check_promise(promised_on, timezone.localdate(at))
    try:
        with transaction.atomic():
            _stand_as_member(item, organization)
            target = _in_line_for(item, by=by, at=at)
            held = list(target.claims.active())
            role = _place_in(target, organization, held, role)
            slot = min(set(range(1, target.capacity + 1)) - {other.slot for other in held})
            made = Claim.objects.create(
                item=target, organization=organization, role=role, slot=slot,
                promised_on=promised_on, support=support.strip(), claimed_at=at,
            )  # fmt: skip
            note(made, "claim", at=at, by=by, organization=organization, to_state=Claim.State.CLAIMED)
            _take_up(made, target, by=by, at=at)
    except IntegrityError as wall:
        raise Refused("full", FULL) from wall
    return made


def _check_promise(promised_on: date | None, day: date) -> None:
    if promised_on is not None and promised_on < day:
        raise ValidationError({"promised_on": _("承诺办结日期不能早于今天。")})


def _stand_as_member(item: Item, organization: Organization) -> None:
    """The membership is locked too: nobody leaves an alliance while claiming in it."""
    own = Membership.objects.current().filter(alliance=item.alliance_id, organization=organization)
    if own.select_for_update().first() is None:
        raise Refused("not_member", _("只有本联合体的成员党组织可以认领。"))


def _in_line_for(item: Item, *, by: Any, at: datetime) -> Item:
    """The item on which the claim will stand, locked; for a problem the item that answers it, made if there is none."""
    while True:
        answer = item.answered_by_id
        rows = {row.pk: row for row in lock_items(Q(pk__in=[item.pk, answer] if answer else [item.pk]))}
        present = rows[item.pk]
        if present.answered_by_id == answer:
            break
        item = present  # linked in the meantime: stand in line again, for both
    if present.is_problem and present.state == Item.State.OPEN:
        _check_open(present)
        return _answer_to(present, by=by, at=at)
    target = rows[answer] if answer and present.state == Item.State.LINKED else present
    _check_open(target)
    return target


def _check_open(item: Item) -> None:
    if item.state not in CLAIMABLE or item.alliance.state not in RUNNING:
        raise Refused("not_open", _("事项现在不在待认领或办理阶段，不能认领。"))


def _answer_to(problem: Item, *, by: Any, at: datetime) -> Item:
    """Make the service item that answers an open problem, on the alliance's current supply-demand list."""
    listing = current_list(problem.alliance, Kind.SUPPLY_DEMAND, by=by, at=at)
    item = Item.objects.create(
        listing=listing, alliance_id=problem.alliance_id, region_id=problem.region_id, kind=listing.kind,
        title=problem.title, detail=problem.detail, category=problem.category, place=problem.place,
        wants=problem.wants, capacity=problem.capacity, due_on=problem.due_on, asked_by_id=problem.asked_by_id,
        for_resident=problem.for_resident, entered_by_id=problem.entered_by_id,
        entered_by_client_id=problem.entered_by_client_id, synthetic=problem.synthetic,
        state=Item.State.OPEN, addendum=listing.state == Listing.State.SIGNED, collected_on=timezone.localdate(at),
    )  # fmt: skip
    note(item, "open", at=at, by=by, to_state=Item.State.OPEN, detail={"problem": problem.pk})
    with moving(problem, Item.State.LINKED, at=at, by=by, verb="link", detail={"item": item.pk}):
        problem.answered_by = item
    return item


def _place_in(item: Item, organization: Organization, held: list[Claim], role: str | None) -> str:
    """The role in which the organisation may claim; Refused where there is no place for it."""
    if any(other.organization_id == organization.pk for other in held):
        raise Refused("already_claimed", _("本组织已经认领了这一事项。"))
    free = item.capacity - len(held)
    led = any(other.role == Claim.Role.LEAD for other in held)
    wanted = role or (Claim.Role.ASSIST if led else Claim.Role.LEAD)
    if free < 1:
        raise Refused("full", FULL)
    if wanted == Claim.Role.ASSIST and free == 1 and not led:
        raise Refused("full", _("最后一个名额留给牵头办理单位，请选择“牵头办理”。"))
    if wanted == Claim.Role.LEAD and led:
        raise Refused("lead_taken", _("已有单位牵头办理，可改为“协同参与”。"))
    return wanted


def _take_up(made: Claim, item: Item, *, by: Any, at: datetime) -> None:
    """The first claim moves the item; later ones only leave their mark on it."""
    detail = {"claim": made.pk, "role": made.role}
    if item.state != Item.State.OPEN:
        note(item, "claim", at=at, by=by, organization=made.organization, detail=detail)
        return
    with moving(item, Item.State.CLAIMED, at=at, by=by, organization=made.organization, verb="claim", detail=detail):
        item.first_claimed_on = item.first_claimed_on or timezone.localdate(at)


@retried
def report(claim: Claim, text: str, *, by: Any = None, at: datetime) -> Progress:
    """Write down how far the work has come; the first report puts claim and item in hand."""
    if not text.strip():
        raise ValidationError({"text": _("请写明进展。")})
    with transaction.atomic():
        item = _lock_with_item(claim)
        if claim.state not in {Claim.State.CLAIMED, Claim.State.IN_HAND}:
            raise MoveRefused(claim, Claim.State.IN_HAND)
        _go(claim, Claim.State.IN_HAND, "report", by=by, at=at, organization=claim.organization)
        going = Item.State.IN_HAND if item.state == Item.State.CLAIMED else item.state
        _go(item, going, "report", by=by, at=at, organization=claim.organization, detail={"claim": claim.pk})
        author = by if hasattr(by, "duty") else None
        return Progress.objects.create(claim=claim, text=text.strip(), at=at, by=author)


@retried
def finish(claim: Claim, *, by: Any = None, at: datetime, outcome: str = "") -> Claim:
    """Say that one's part is done. When every active claim is, the item waits for whoever asked to confirm it."""
    with transaction.atomic():
        item = _lock_with_item(claim)
        with moving(claim, Claim.State.FINISHED, at=at, by=by, organization=claim.organization, verb="finish"):
            claim.finished_at, claim.outcome = at, outcome.strip()
        _settle(item, claim, "finish", by=by, at=at, reason=outcome.strip())
    return claim


@retried
def release(claim: Claim, *, by: Any = None, at: datetime, reason: str) -> Claim:
    """Give up an unfinished claim, saying why. Its place is free again; without any other claim the item is open."""
    with transaction.atomic():
        item = _lock_with_item(claim)
        own = claim.organization
        with moving(claim, Claim.State.RELEASED, at=at, by=by, organization=own, reason=reason, verb="release"):
            pass
        _settle(item, claim, "release", by=by, at=at, reason=reason)
    return claim


def _lock_with_item(claim: Claim) -> Item:
    item = lock_items(Q(pk=claim.item_id))[0]
    claim.refresh_from_db(from_queryset=Claim.objects.select_for_update(of=("self",)))
    return item


def _settle(item: Item, claim: Claim, verb: str, *, by: Any, at: datetime, reason: str) -> None:
    """Where the item stands now that a claim has ended: open without claims, done when all have finished."""
    left = set(item.claims.active().values_list("state", flat=True))
    if not left:
        target = Item.State.OPEN
    elif left == {Claim.State.FINISHED}:
        target = Item.State.DONE
    else:
        target = Item.State(item.state)
    _go(item, target, verb, by=by, at=at, organization=claim.organization, reason=reason, detail={"claim": claim.pk})


def _go(thing: Claim | Item, to: str, verb: str, *, by: Any, at: datetime, **words: Any) -> None:
    """Move to the state; where the thing is there already, leave the Step alone."""
    if thing.state == to:
        note(thing, verb, at=at, by=by, **words)
        return
    with moving(thing, to, at=at, by=by, verb=verb, **words):
        if to == Item.State.DONE:
            thing.done_on = timezone.localdate(at)  # type: ignore[union-attr]
