"""What an item's page shows of its ties, as far as the user may see them: what it is a part of, its parts, what it
reopens, where it came from or went to, and disputes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from listings.models import Dispute, Forwarding, Item
from listings.transitions.dispute import ground_of, parties_of
from listings.words.loop import TIE_BUTTONS
from members.buttons import Button, buttons_for


@dataclass(frozen=True, slots=True)
class Tie:
    """One item to which this one is tied, and how."""

    word: str | Promise
    item: Item


@dataclass(frozen=True, slots=True)
class Ties:
    """``ground`` is why the user, a party, may dispute the item today; empty where there is none."""

    ties: list[Tie] = field(default_factory=list)
    parts: list[Item] = field(default_factory=list)
    disputes: list[Dispute] = field(default_factory=list)
    forwarding: Forwarding | None = None
    ground: str | Promise = ""
    buttons: list[Button] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.ties or self.parts or self.buttons)


def ties_of(item: Item, user: Any, today: date) -> Ties:
    """In four questions to the database, whatever there is."""
    near = list(Item.objects.visible_to(user).tied_to(item).order_by("pk"))
    disputes = list(item.disputes.select_related("organization"))
    offered = item.forwardings.proposed().visible_to(user).select_related("into").first()
    return Ties(
        ties=[Tie(word, other) for other in near for word in _words(item, other)],
        parts=[other for other in near if other.parent_id == item.pk],
        disputes=disputes,
        forwarding=offered,
        ground=_ground(item, user, today),
        buttons=buttons_for(item, user, TIE_BUTTONS),
    )


def _words(item: Item, other: Item) -> Iterator[str | Promise]:
    if other.pk == item.parent_id:
        yield _("所属事项")
    if other.pk == item.reopens_id:
        yield _("重提自")
    if other.reopens_id == item.pk:
        yield _("又出现，已重提为")
    if other.pk == item.came_from_id:
        yield _("转自")
    if other.came_from_id == item.pk:
        yield _("已转为")


def _ground(item: Item, user: Any, today: date) -> str | Promise:
    """The question that costs most is asked last."""
    if not parties_of(item).spoken_for_by(user).exists():
        return ""
    ground = ground_of(item, today)
    return Dispute.Ground(ground).label if ground else ""
