"""Which items ask for nearly the same (重复事项): suggested while a need is written and while it is studied.

Two needs are alike when their titles share enough pairs of characters, more so where category and place agree. People
decide: nothing is ever merged by itself.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.choices import joined_with
from listings.models import Item, Listing
from members.bigrams import Bigrams, bigrams_of

DAYS = timedelta(days=180)
"""What was asked longer ago is another need."""

READ, SHOWN = 200, 5
"""So many of the newest candidates are compared, and so many at most are shown."""

ENOUGH, A_LITTLE = 0.5, 0.3
"""What share of the pairs two titles have in common when they are alike by themselves, and where category and place
are the same as well."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What is compared of a need."""

    title: str
    category: str
    site: str


@dataclass(frozen=True, slots=True)
class Alike:
    """An item that asks for nearly the same, how alike the titles are (0-1), and why it is shown."""

    item: Any
    likeness: float
    reasons: tuple[str | Promise, ...]


def likeness(one: str, other: str) -> float:
    """What share of their pairs two titles have in common, from 0 to 1 (Dice); blanks do not count."""
    mine, theirs = (set(bigrams_of("".join(text.split()))) for text in (one, other))
    if not mine or not theirs:
        return float("".join(one.split()) == "".join(other.split()) != "")
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def judge(need: Wording, item: Any) -> Alike | None:
    """Whether the item asks for nearly the same, and why; None where it does not."""
    common = likeness(need.title, item.title)
    same_matter = need.category == item.category != Item.Category.OTHER
    same_place = need.site == item.spot
    if common < (A_LITTLE if same_matter and same_place else ENOUGH):
        return None
    alike: list[str | Promise] = [_("标题一样") if common == 1 else _("标题相近")]
    if same_place:
        alike.append(_("同一地点"))
    if same_matter:
        alike.append(_("同一分类"))
    return Alike(item, common, tuple(alike))


def among(need: Wording, items: Iterable[Any]) -> list[Alike]:
    """Those that are alike, the likest first, of equals the newest."""
    found = [alike for alike in (judge(need, item) for item in items) if alike is not None]
    return sorted(found, key=lambda alike: (-alike.likeness, -alike.item.pk))[:SHOWN]


def candidates(need: Wording, alliance: int, *, user: Any, today: date) -> QuerySet[Item]:
    """Of the same alliance or in the same community, asked in the last 180 days, not ended, seen by the user; whose
    titles share at least one pair with the need's. The newest first, by indexes."""
    near = Q(alliance=alliance) | Q(site=need.site)
    pairs = bigrams_of(need.title)
    found = Item.objects.visible_to(user).unended().filter(near, collected_on__gt=today - DAYS)
    if pairs:
        found = found.alias(pairs=Bigrams("title")).filter(pairs__overlap=pairs)
    return found.select_related("asked_by", "alliance", "answered_by").order_by("-collected_on", "-id")


def similar_to_words(listing: Listing, words: dict[str, Any], *, user: Any, today: date) -> list[Alike]:
    """What is alike to a need that is being written on the list."""
    site = words.get("site")
    need = Wording(words["title"], words.get("category", ""), site.pk if site else listing.region_id)
    return among(need, candidates(need, listing.alliance_id, user=user, today=today)[:READ])


def similar_to(item: Item, *, user: Any, today: date) -> list[Alike]:
    """What is alike to an item that has been asked; not what it is linked with already."""
    need = Wording(item.title, item.category, item.spot)
    others = candidates(need, item.alliance_id, user=user, today=today).exclude(pk=item.pk)
    if item.answered_by_id:
        others = others.exclude(Q(pk=item.answered_by_id) | Q(answered_by=item.answered_by_id))
    return among(need, others[:READ])


def to_study(item: Item, *, user: Any, today: date) -> dict[str, Any]:
    """What an item's page says of others that ask for the same, to whoever studies it while that is to be done:
    ``found``, the ids in ``joins`` into which it may be joined, and what its asker ``said`` is the same."""
    if item.state not in {Item.State.COLLECTED, Item.State.STUDIED}:
        return {}
    if not Item.objects.studyable_by(user).filter(pk=item.pk).exists():
        return {}
    found = similar_to(item, user=user, today=today)
    may = Item.objects.joinable_by(user).filter(pk=item.pk).exists()
    joins = set(joined_with(item, user).values_list("pk", flat=True)) if may else set()
    return {"found": found, "joins": joins, "said": item.duplicate_of if item.duplicate_of_id in joins else None}
