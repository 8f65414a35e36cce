"""The end of an alliance, as far as its lists are concerned: it is dissolved, or goes into another one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions import dissolve, merge
from alliances.transitions.alliance import refuse_idle
from listings.models import Claim, Item
from listings.transitions.claim import release
from listings.transitions.copying import ask_anew
from listings.transitions.forwarding import end_forwardings
from listings.transitions.item import LONGEST, refuse, unlink
from listings.transitions.line import end_line
from listings.transitions.listing import current_list
from listings.transitions.order import retried
from listings.transitions.whistle_ends import end_whistles
from members.lifecycle import lock
from members.models import Approval, User
from members.models.region import LENGTHS
from members.states import Refused
from members.transitions import propose

UNFINISHED = ("collected", "studied", "returned", "open", "claimed", "in_hand", "linked")


@retried
def close_down(alliance: Alliance, *, by: Any = None, at: datetime, reason: str) -> Alliance:
    """End an alliance and everything open in it: claims are released, items refused, each with the reason.

    What is done already still waits for its asker, and so do the problems that it answers.
    """
    why = _("联合体终止：%(reason)s") % {"reason": reason}
    above = alliance.supervising.name[:LONGEST]
    with transaction.atomic():
        lock(alliance)
        # Claimants stand in line at their memberships.
        list(alliance.memberships.present().order_by("pk").select_for_update(of=("self",)))
        end_forwardings(alliance, by=by, at=at, reason=why)
        for item in alliance.items.services().filter(state__in=UNFINISHED).order_by("pk"):
            _end(item, by=by, at=at, reason=why, goes_to=above)
        for problem in alliance.items.problems().filter(state__in=UNFINISHED).order_by("pk"):
            _end_problem(problem, by=by, at=at, reason=why, goes_to=above)
        return dissolve(alliance, by=by, at=at, reason=reason)


def propose_merge(alliance: Alliance, other: Alliance, *, by: User, at: datetime, reason: str) -> Approval:
    """Ask a second person, of a department that stands over both alliances, to let the one go into the other."""
    return propose(
        "alliances.merge", alliance, by=by, at=at, reason=reason, region_id=shared_by(alliance, other),
        arguments={"into": other.pk},
    )  # fmt: skip


def shared_by(alliance: Alliance, other: Alliance) -> str:
    """The code of the nearest place that holds both alliances; Refused ``too_far`` where they share no city."""
    shared = [code for n in LENGTHS if (code := alliance.region_id[:n]) == other.region_id[:n] and len(code) == n]
    if not shared or len(shared[-1]) < len("1504"):
        raise Refused("too_far", _("两个联合体不在同一个市，没有同时管辖两者的组织部门，不能合并。"))
    return shared[-1]


@retried
def fold_into(alliance: Alliance, *, into: int, by: Any = None, at: datetime, reason: str) -> Alliance:
    """Let an alliance go into another running one (``into`` is its id), with what is open in it.

    What is claimed goes on to its end here, and whoever asked confirms it. What nobody has claimed and a member of
    the other alliance (or a community worker for a resident) has asked is asked anew on the other's current list,
    for its lead to look into; the rest is refused. Past figures stay with the alliance that earned them.
    """
    with transaction.atomic():
        both = {a.pk: a for a in Alliance.objects.filter(pk__in=(alliance.pk, into)).order_by("pk").select_for_update()}
        if into not in both:
            raise Refused("gone", _("要并入的联合体已不存在。"))
        other = both[into]
        refuse_idle(other)
        list(alliance.memberships.present().order_by("pk").select_for_update(of=("self",)))
        why = _("并入“%(other)s”：%(reason)s") % {"other": other, "reason": reason}
        passing = set(alliance.items.passing_to(other).values_list("pk", flat=True))
        # Services first: refusing one opens its problems.
        for kind in (alliance.items.services(), alliance.items.problems()):
            for item in kind.unclaimed().order_by("pk"):
                _pass_on(item, other if item.pk in passing else None, by=by, at=at, reason=why)
        for item in alliance.items.at_work().order_by("pk"):
            end_line(item, by=by, at=at, reason=why)
        return merge(alliance, other, by=by, at=at, reason=reason)


def _pass_on(item: Item, other: Alliance | None, *, by: Any, at: datetime, reason: str) -> None:
    """Refuse the item here, after it was asked anew in the other alliance, if there is one."""
    if other is not None:
        copy = ask_anew(item, current_list(other, item.kind, by=by, at=at), by=by, at=at)
        reason = _("%(reason)s。已转为%(number)s") % {"reason": reason, "number": copy.number}
    goes_to = f"{other.name} {copy.number}" if other is not None else item.alliance.supervising.name
    refuse(item, by=by, at=at, reason=reason, goes_to=goes_to[:LONGEST])


def _end(item: Item, *, by: Any, at: datetime, reason: str, goes_to: str) -> None:
    """Finished parts of unfinished items stay as they are written; the unfinished ones are given up."""
    end_line(item, by=by, at=at, reason=reason)
    end_whistles(item, by=by, at=at, reason=reason)
    for claim in item.claims.filter(state__in=(Claim.State.CLAIMED, Claim.State.IN_HAND)).order_by("pk"):
        release(claim, by=by, at=at, reason=reason)
    item.refresh_from_db()
    if item.state != Item.State.DONE:
        refuse(item, by=by, at=at, reason=reason, goes_to=goes_to[:LONGEST])


def _end_problem(problem: Item, *, by: Any, at: datetime, reason: str, goes_to: str) -> None:
    if problem.state == Item.State.LINKED:
        if problem.answered_by is not None and problem.answered_by.state not in UNFINISHED:
            return
        unlink(problem, by=by, at=at, reason=reason)
    refuse(problem, by=by, at=at, reason=reason, goes_to=goes_to)
