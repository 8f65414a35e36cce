"""The end of an alliance, as far as its lists are concerned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions import dissolve
from listings.models import Claim, Item
from listings.transitions.claim import release
from listings.transitions.item import refuse, unlink
from listings.transitions.line import end_line
from listings.transitions.order import retried
from members.lifecycle import lock

UNFINISHED = ("collected", "studied", "returned", "open", "claimed", "in_hand", "linked")


@retried
def close_down(alliance: Alliance, *, by: Any = None, at: datetime, reason: str) -> Alliance:
    """End an alliance and everything open in it: claims are released, items refused, each with the reason.

    What is done already still waits for its asker, and so do the problems that it answers.
    """
    why = _("联合体终止：%(reason)s") % {"reason": reason}
    with transaction.atomic():
        lock(alliance)
        # Claimants stand in line at their memberships.
        list(alliance.memberships.present().order_by("pk").select_for_update(of=("self",)))
        for item in alliance.items.services().filter(state__in=UNFINISHED).order_by("pk"):
            _end(item, by=by, at=at, reason=why)
        for problem in alliance.items.problems().filter(state__in=UNFINISHED).order_by("pk"):
            _end_problem(problem, by=by, at=at, reason=why)
        return dissolve(alliance, by=by, at=at, reason=reason)


def _end(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """Finished parts of unfinished items stay as they are written; the unfinished ones are given up."""
    end_line(item, by=by, at=at, reason=reason)
    for claim in item.claims.filter(state__in=(Claim.State.CLAIMED, Claim.State.IN_HAND)).order_by("pk"):
        release(claim, by=by, at=at, reason=reason)
    item.refresh_from_db()
    if item.state != Item.State.DONE:
        refuse(item, by=by, at=at, reason=reason)


def _end_problem(problem: Item, *, by: Any, at: datetime, reason: str) -> None:
    if problem.state == Item.State.LINKED:
        if problem.answered_by is not None and problem.answered_by.state not in UNFINISHED:
            return
        unlink(problem, by=by, at=at, reason=reason)
    refuse(problem, by=by, at=at, reason=reason)
