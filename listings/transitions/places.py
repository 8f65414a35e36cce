"""The places of an item: who holds them, which are free and in which role, and where the item stands because of it.

An item that wants n organisations never has n + 1: whoever asks for a place stands in line for the item's row, and
the unique indexes on (item, place), (item, organisation) and (item, lead) are the last wall.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from listings.models import Call, Claim, Item, Match
from listings.querysets import CLAIMABLE
from listings.transitions.deadline import end_pause
from listings.transitions.order import lock_items
from listings.transitions.shares import shared_out
from members.lifecycle import moving, note
from members.models import Organization
from members.states import Refused

FULL = _("名额已满，已有其他单位认领。")


def stand_as_member(item: Item, organization: Organization) -> None:
    """Refused ``not_member`` for who is none. The membership is locked: nobody leaves an alliance while claiming."""
    own = Membership.objects.current().filter(alliance=item.alliance_id, organization=organization)
    if not own.order_by().select_for_update().values_list("pk"):
        raise Refused("not_member", _("只有本联合体的成员党组织可以认领。"))


def check_open(item: Item) -> None:
    """Refused ``not_open`` for what is not, or no longer, to be claimed."""
    if item.state not in CLAIMABLE or not Alliance.objects.running().filter(pk=item.alliance_id).exists():
        raise Refused("not_open", _("事项现在不在待认领或办理阶段，不能认领。"))


def roles_free(item: Item, held: Sequence[Claim]) -> list[str]:
    """In which roles one more might come in; the default first. The last free place is kept for a lead."""
    free = item.capacity - len(held) - shared_out(item)
    if free < 1:
        return []
    if any(other.role == Claim.Role.LEAD for other in held):
        return [Claim.Role.ASSIST]
    return [Claim.Role.LEAD] if free == 1 else [Claim.Role.LEAD, Claim.Role.ASSIST]


def role_in(item: Item, held: Sequence[Claim], wanted: str | None) -> str:
    """The role in which one more comes in; Refused ``full`` or ``lead_taken`` where there is no place for it."""
    free = roles_free(item, held)
    if not free:
        raise Refused("full", FULL)
    if not wanted or wanted in free:
        return wanted or free[0]
    if wanted == Claim.Role.LEAD:
        raise Refused("lead_taken", _("已有单位牵头办理，可改为“协同参与”。"))
    raise Refused("full", _("最后一个名额留给牵头办理单位，请选择“牵头办理”。"))


def free_slot(item: Item, held: Sequence[Claim]) -> int:
    """The lowest number that nobody holds."""
    return min(set(range(1, item.capacity + 1)) - {other.slot for other in held})


def lock_with_item(claim: Claim, *, resource: bool = False) -> Item:
    """The claim's item, locked before the claim itself; both freshly read. With ``resource`` also, in its turn, the
    resource of which the claim holds a share: whoever gives the claim up frees that, too."""
    wanted = Q(pk=claim.item_id)
    if resource:
        wanted |= Q(given__claim=claim, given__state=Match.State.ACCEPTED)
    rows = lock_items(Q(pk__in=Item.objects.filter(wanted).values("pk")) if resource else wanted)
    item = next(row for row in rows if row.pk == claim.item_id)
    claim.refresh_from_db(from_queryset=Claim.objects.select_for_update(of=("self",)))
    return item


def seat(
    item: Item, held: Sequence[Claim], organization: Organization, role: str, *, by: Any, at: datetime, **words: Any
) -> Claim:
    """The claim itself, on a free place of the locked item; the item is taken up with it."""
    made = Claim.objects.create(
        item=item, organization=organization, role=role, slot=free_slot(item, held), claimed_at=at, **words
    )
    note(made, "claim", at=at, by=by, organization=organization, to_state=Claim.State.CLAIMED, first=True)
    take_up(made, item, by=by, at=at)
    return made


def take_up(made: Claim, item: Item, *, by: Any, at: datetime) -> None:
    """The first claim moves an open item (a whistle may have put it in hand before); later ones only leave their mark
    on it. The caller holds the item's row."""
    detail = {"claim": made.pk, "role": made.role}
    if item.state != Item.State.OPEN:
        if item.first_claimed_on is None:
            item.first_claimed_on = timezone.localdate(at)
            item.save(update_fields=["first_claimed_on", "updated_at"])
        note(item, "claim", at=at, by=by, organization=made.organization, detail=detail)
        return
    words: dict[str, Any] = {"by": by, "organization": made.organization, "verb": "claim", "detail": detail}
    with moving(item, Item.State.CLAIMED, at=at, held=True, **words):
        item.first_claimed_on = item.first_claimed_on or timezone.localdate(at)


def standing_of(item: Item) -> str:
    """Where the item stands by its claims: open without work on it, done when everybody who holds a place has
    finished. Somebody who is still to answer an offer keeps it from being done, and so do departments that have
    signed for a whistle: with them alone it is in hand."""
    held = set(item.claims.holding().values_list("state", flat=True))
    whistled = Call.objects.answering_for(item).exists()
    if not held - {Claim.State.OFFERED}:
        return Item.State.IN_HAND if whistled else Item.State.OPEN
    return Item.State.DONE if held == {Claim.State.FINISHED} and not whistled else Item.State(item.state)


def go(thing: Claim | Item, to: str, verb: str, *, by: Any, at: datetime, **words: Any) -> None:
    """Move to the state; where the thing is there already, leave the Step alone."""
    if thing.state == to:
        note(thing, verb, at=at, by=by, **words)
        return
    with moving(thing, to, at=at, by=by, verb=verb, **words):
        if to == Item.State.DONE:
            thing.done_on = timezone.localdate(at)  # type: ignore[union-attr]
            end_pause(thing, at=at)  # type: ignore[arg-type]
