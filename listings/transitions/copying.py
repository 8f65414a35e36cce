"""To ask for the same once more, on another list: nobody writes down again what is known."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from listings.models import Item, Listing
from listings.transitions.item import collect

KEPT = (
    "title", "detail", "category", "urgency", "place", "wants", "skills", "capacity", "asked_by", "for_resident",
    "origin",
)  # fmt: skip


def ask_anew(item: Item, listing: Listing, *, by: Any, at: datetime, **words: Any) -> Item:
    """Collect an item with the words of another one, but for those that are given; its term stays while it is to come,
    its site while it lies in the list's region."""
    kept = {name: getattr(item, name) for name in KEPT}
    if item.due_on is not None and item.due_on >= timezone.localdate(at):
        kept["due_on"] = item.due_on
    if item.site is not None and item.site.code.startswith(listing.region_id):
        kept["site"] = item.site
    return collect(listing, **{**kept, **words}, by=by, at=at)
