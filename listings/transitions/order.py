"""How these verbs stand in line: rows are locked in the order of their ids, and a deadlock starts again.

The order is: a membership, then items by id, then their claims, then matches. A list is locked by itself.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db.models import Q

from listings.models import Item
from members.deadlocks import retried

__all__ = ["lock_items", "retried"]


def lock_items(which: Q, columns: Sequence[str] = ()) -> list[Item]:
    """The items, locked in id order until the end of the transaction and freshly read; with ``columns`` at first no
    more than these."""
    return list(Item.objects.filter(which).only(*columns).order_by("pk").select_for_update(of=("self",)))
