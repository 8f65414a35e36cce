"""What a new version of a list says otherwise than the one before it: items added, dropped, worded anew."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from listings.models import Excerpt, Item, Listing
from listings.models.excerpt import WORDS, words_of

State = Item.State
GONE = (State.RETURNED, State.REFUSED)
"""What was returned or refused does not stand on the list."""


@dataclass(frozen=True, slots=True)
class Worded:
    """One field that reads otherwise: its name in words, before and after."""

    name: str
    word: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """Against the version before: rows of items; ``changed`` with the fields that read otherwise."""

    added: list[Item]
    dropped: list[Excerpt]
    changed: list[tuple[Item, list[Worded]]]
    same: int

    @property
    def none(self) -> bool:
        return not (self.added or self.dropped or self.changed)


def difference(listing: Listing) -> Difference | None:
    """None for a first version. What was carried into the next period counts as standing where it was."""
    if listing.previous_id is None:
        return None
    before = {
        one.item_id: one
        for one in Excerpt.objects.filter(listing=listing.previous_id, into=listing).exclude(state__in=GONE)
    }
    now = _standing(listing)
    added = [item for pk, (item, _words) in now.items() if pk not in before]
    dropped = [one for pk, one in before.items() if pk not in now]
    reworded = [(item, _between(before[pk].words, words)) for pk, (item, words) in now.items() if pk in before]
    changed = [(item, fields) for item, fields in reworded if fields]
    return Difference(added, dropped, changed, len(now) - len(added) - len(changed))


def _standing(listing: Listing) -> dict[int, tuple[Item, dict[str, Any]]]:
    """The items of the list and their words: those on it now, and those that have left it, as they stood."""
    present = listing.items.exclude(state__in=GONE).select_related("asked_by").order_by("position", "pk")
    found = {item.pk: (item, words_of(item)) for item in present}
    left = listing.excerpts.exclude(state__in=GONE).select_related("item__asked_by")
    return found | {one.item_id: (one.item, one.words) for one in left}


def _between(before: dict[str, Any], after: dict[str, Any]) -> list[Worded]:
    other = [name for name in WORDS if before[name] != after[name]]
    return [Worded(name, _word_of(name), _shown(name, before[name]), _shown(name, after[name])) for name in other]


def _word_of(name: str) -> str:
    return str(Item._meta.get_field(name).verbose_name)  # type: ignore[union-attr]


def _shown(name: str, value: Any) -> str:
    if value in {None, ""}:
        return str(_("（空）"))
    if name == "category":
        return str(Item.Category(value).label)
    if name == "due_on":
        return f"{parse_date(value):%Y-%m-%d}"
    return str(value)
