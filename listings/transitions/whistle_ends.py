"""What a whistle does to its item: departments at work keep it in hand, and the end of the item ends the whistle."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from listings.models import Item, Whistle
from listings.transitions.places import go, standing_of
from members.lifecycle import moving


def end_whistles(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The item has ended, or its alliance: what was blown for it is called off with the reason. The caller holds the
    item's row."""
    for whistle in item.whistles.running().order_by("pk"):
        with moving(whistle, Whistle.State.CALLED_OFF, at=at, by=by, reason=reason, verb="call_off"):
            pass
    settle(item, by=by, at=at, verb="call_off", reason=reason)


def settle(item: Item, *, by: Any, at: datetime, verb: str, reason: str = "", solved: bool = False) -> None:
    """The item stands where claims and calls put it. With ``solved`` it is done where nobody has a claim on it; whoever
    asked has still to confirm."""
    if item.state != Item.State.IN_HAND:
        return
    done = solved and not item.claims.holding().exists()
    to = Item.State.DONE if done else standing_of(item)
    if to != item.state:
        go(item, to, verb, by=by, at=at, reason=reason)

