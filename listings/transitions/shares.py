"""What accepted matches hold of a resource, and the end of offers whose need or resource is gone."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import Q, Sum

from listings.models import Item, Match
from listings.querysets.match import MatchQuerySet
from members.lifecycle import moving


def shared_out(item: Item) -> int:
    """So many parts of a resource are held by accepted matches; none of anything else."""
    if not item.is_resource:
        return 0
    return item.given.filter(state=Match.State.ACCEPTED).aggregate(n=Sum("share"))["n"] or 0


def end_offers(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """Nobody is asked any more about a need or a resource that has ended; who holds the row calls."""
    withdraw_all(Match.objects.filter(Q(need=item) | Q(resource=item)), by=by, at=at, reason=reason)


def withdraw_all(matches: MatchQuerySet, *, by: Any, at: datetime, reason: str) -> None:
    """Take back those that are still offered."""
    for match in matches.filter(state=Match.State.OFFERED).order_by("pk"):
        with moving(match, Match.State.WITHDRAWN, at=at, by=by, reason=reason, verb="withdraw"):
            pass
