"""How these verbs stand in line: rows are locked in the order of their ids, and a deadlock starts again.

The order is: a membership, then items by id, then their claims, then matches. A list is locked by itself.
"""

from __future__ import annotations

from django.db.models import Q

from listings.models import Item
from members.deadlocks import retried

__all__ = ["lock_items", "retried"]


def lock_items(which: Q) -> list[Item]:
    """The items, locked in id order until the end of the transaction and freshly read."""
    return list(Item.objects.filter(which).order_by("pk").select_for_update(of=("self",)))
