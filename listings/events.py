"""Events of lists and items of which programs can be told."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from listings.api.scope import READS_ITEMS
from members.events import Event, by_name

SCOPES = frozenset(READS_ITEMS)


def item_shown(item: Any) -> dict[str, Any]:
    """What identifies it, and where to read the rest."""
    return {
        "type": "item", "id": item.pk, "number": item.number, "kind": item.kind, "state": item.state,
        "region": item.alliance.region_id, "url": f"/api/v1/items/{item.pk}/",
    }  # fmt: skip


def listing_shown(listing: Any) -> dict[str, Any]:
    return {
        "type": "listing", "id": listing.pk, "kind": listing.kind, "state": listing.state,
        "region": listing.alliance.region_id, "url": f"/api/v1/listings/{listing.pk}/",
    }  # fmt: skip


def _item(name: str, label: Any, *verbs: str) -> Event:
    return Event(name, label, frozenset(("listings.item", verb) for verb in verbs), SCOPES, item_shown)


EVENTS = by_name(
    _item("item.collected", _("收集到事项"), "collect"),
    _item("item.opened", _("事项开放认领"), "open"),
    _item("item.claimed", _("事项被认领"), "claim"),
    _item("item.released", _("有单位退出认领"), "release"),
    _item("item.done", _("认领单位报告办结"), "done"),
    _item("item.confirmed", _("确认办结"), "confirm", "confirm_for"),
    _item("item.corrected", _("错误的确认被更正"), "correct"),
    _item("item.returned", _("事项被退回或不予受理"), "return", "refuse"),
    Event("listing.signed", _("清单签订"), frozenset({("listings.listing", "signed")}), SCOPES, listing_shown),
)
