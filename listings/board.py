"""The board (看板): items by the stage of the closed loop in which they stand, the nearest term first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.counting import counts, shown
from listings.models import Item

State = Item.State
STAGES = (
    State.COLLECTED, State.STUDIED, State.OPEN, State.LINKED, State.CLAIMED, State.IN_HAND, State.DONE, State.CONFIRMED
)  # fmt: skip
CARDS = 20
"""So many cards of a column are shown; the rest is in the list that its head leads to."""


@dataclass(frozen=True, slots=True)
class Next:
    """The verb for which an item in a stage waits, and the queryset word of who may speak it."""

    label: str | Promise
    url: str
    able: str


NEXT = {
    State.COLLECTED: Next(_("研判"), "items:study", "freshly_studyable_by"),
    State.STUDIED: Next(_("开放认领"), "items:open", "openable_by"),
    State.OPEN: Next(_("我要认领"), "items:claim", "claimable_by"),
    State.DONE: Next(_("确认办结"), "items:confirm", "confirmable_by"),
}


@dataclass(slots=True)
class Card:
    item: Item
    next: Next | None = None


@dataclass(slots=True)
class Column:
    """A stage: how many items stand in it, and its first cards."""

    state: Any
    count: int | str
    cards: list[Card] = field(default_factory=list)

    @property
    def label(self) -> str:
        return str(self.state.label)


def columns_of(items: QuerySet, user: Any) -> list[Column]:
    """The stages of the items, empty ones too; a constant number of statements."""
    by_stage: dict[str, Any] = {state: items.filter(state=state) for state in STAGES}
    numbers = counts(by_stage, user)
    cards = _cards(by_stage, user)
    return [Column(state, shown(numbers[state]), cards[state]) for state in STAGES]


def _cards(by_stage: dict[str, Any], user: Any) -> dict[Any, list[Card]]:
    first, *others = (
        rows.in_order_of_term().values_list("pk", "due_order")[:CARDS] for rows in by_stage.values()
    )
    chosen = [pk for pk, _due in first.union(*others, all=True)]
    rows = Item.objects.filter(pk__in=chosen).select_related("alliance").in_order_of_term()
    waiting = _waiting(chosen, user)
    found: dict[Any, list[Card]] = defaultdict(list)
    for item in rows.defer("detail"):
        state = State(item.state)
        found[state].append(Card(item, NEXT[state] if item.pk in waiting else None))
    return found


def _waiting(chosen: list[int], user: Any) -> set[int]:
    """For which of the items the next verb is the user's."""
    items = Item.objects.filter(pk__in=chosen)
    found: set[int] = set()
    for state, verb in NEXT.items():
        able = getattr(items.filter(state=state), verb.able)(user)
        found.update(able.order_by().values_list("pk", flat=True))
    return found
