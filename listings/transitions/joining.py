"""One need asked twice (并入): what answers the first asker answers the second, who confirms for itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from listings.models import Item
from listings.models.listing import Kind
from listings.querysets import CLAIMABLE
from listings.transitions.item import collect, link, open_
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from members.lifecycle import note
from members.states import MoveRefused, Refused

FRESH = (Item.State.COLLECTED, Item.State.STUDIED, Item.State.OPEN)


def ask_too(other: Item, *, by: Any, at: datetime, **words: Any) -> Item:
    """Ask for what another item asks for already: a problem beside it, on the alliance's problem list, which whoever
    studies it may join to the other one."""
    return collect(current_list(other.alliance, Kind.PROBLEM, by=by, at=at), duplicate_of=other, by=by, at=at, **words)


@retried
def join(problem: Item, item: Item, *, by: Any = None, at: datetime, reason: str = "") -> Item:
    """Let a problem share the answer of another item of the alliance: it is opened and linked to the service item, at
    once or, where the other one is a problem without an answer, as soon as that gets one.

    Raises Refused ``not_joinable`` where the two do not fit, or the other one leads back to this one.
    """
    first = first_of(item)
    with transaction.atomic():
        rows = {row.pk: row for row in lock_items(Q(pk__in=(problem.pk, first.pk)))}
        problem.refresh_from_db()
        first = rows[first.pk]
        _check(problem, first)
        if problem.state != Item.State.OPEN:
            open_(problem, by=by, at=at, reason=reason)
        problem.duplicate_of = first
        problem.save(update_fields=["duplicate_of", "updated_at"])
        note(problem, "join", at=at, by=by, reason=reason, detail={"item": first.pk})
        answer = first.answered_by if first.is_problem else first
        return link(problem, answer, by=by, at=at) if answer is not None else problem


def first_of(item: Item) -> Item:
    """The item to which a chain of duplicates leads."""
    known = {item.pk}
    while item.duplicate_of is not None and item.duplicate_of_id not in known:
        item = item.duplicate_of
        known.add(item.pk)
    return item


def _check(problem: Item, first: Item) -> None:
    if not problem.is_problem or first.pk == problem.pk or first.alliance_id != problem.alliance_id:
        raise Refused("not_joinable", _("只能把问题并入同一联合体的另一个事项。"))
    if problem.state not in FRESH:
        raise MoveRefused(problem, Item.State.LINKED)
    alive = (*FRESH, Item.State.LINKED) if first.is_problem else (*CLAIMABLE, Item.State.DONE)
    if first.state not in alive:
        raise Refused("not_joinable", _("那个事项已经结束，或还没有开放认领，不能并入。"))
