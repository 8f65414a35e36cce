"""The rulings of the supervising organisation on a dispute (裁定): it is done, the work goes on, or the claims end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from listings.models import Claim, Dispute, Item
from listings.transitions.carrying import accept_with
from listings.transitions.claim import give_up
from listings.transitions.confirmation import to_work
from listings.transitions.line import end_line
from listings.transitions.order import lock_items, retried
from listings.transitions.places import go
from members.lifecycle import moving, note
from members.states import MoveRefused, Refused

State = Dispute.State


def _rule(case: Dispute, to: str, *, by: Any, at: datetime, reason: str) -> Item:
    """Move the dispute; it and the item, which is locked before, remember the ruling and why."""
    item = lock_items(Q(pk=case.item_id))[0]
    with moving(case, to, at=at, by=by, reason=reason, verb=str(to)):
        if not reason.strip():
            raise ValidationError({"reason": _("请写明裁定的理由。")})
        case.ruling, case.decided_at = reason.strip(), at
    note(item, str(to), at=at, by=by, reason=reason, detail={"dispute": case.pk})
    return item


@retried
def rule_done(case: Dispute, *, by: Any, at: datetime, reason: str) -> Dispute:
    """It counts as done: what the claimants have not reported finished is finished, and only the confirmation is open.

    The asker gives it; where they give no answer within their term, the organisation above gives it for them. The
    ruling alone solves nothing.
    """
    with transaction.atomic():
        item = _rule(case, State.RULED_DONE, by=by, at=at, reason=reason)
        if item.state == Item.State.LINKED:
            return case
        if item.state not in (Item.State.IN_HAND, Item.State.DONE):
            raise MoveRefused(item, Item.State.DONE)
        end_line(item, by=by, at=at, reason=_("上级裁定已办成"))
        for claim in item.claims.unfinished().order_by("pk"):
            with moving(claim, Claim.State.FINISHED, at=at, by=by, reason=reason, verb="ruled_done"):
                claim.finished_at = at
        if item.state != Item.State.DONE:
            go(item, Item.State.DONE, "ruled_done", by=by, at=at, reason=reason)
        accept_with(item, by=by, at=at, reason=reason)
    return case


@retried
def rule_back(case: Dispute, *, by: Any, at: datetime, reason: str) -> Dispute:
    """It is not done: the work goes on with the same claimants; a linked problem is open again, without its answer."""
    with transaction.atomic():
        item = _rule(case, State.RULED_BACK, by=by, at=at, reason=reason)
        if item.state != Item.State.IN_HAND:
            to_work(item, by=by, at=at, reason=reason, verb="ruled_back")
    return case


@retried
def rule_out(case: Dispute, *, by: Any, at: datetime, reason: str) -> Dispute:
    """The claims end, and the places go to who waits in line. Spoken by the second person, like any forced release of
    work that has begun. Refused ``linked`` for a problem: its answer's claims are not the problem's."""
    with transaction.atomic():
        item = _rule(case, State.RULED_OUT, by=by, at=at, reason=reason)
        if item.state == Item.State.LINKED:
            raise Refused("linked", _("问题本身没有认领，请裁定继续办理：问题重新开放，可另行对接。"))
        if item.state == Item.State.DONE:
            to_work(item, by=by, at=at, reason=reason, verb="ruled_out")
        if item.state != Item.State.IN_HAND:
            raise MoveRefused(item, Item.State.OPEN)
        for claim in item.claims.filter(state=Claim.State.FINISHED).order_by("pk"):
            with moving(claim, Claim.State.IN_HAND, at=at, by=by, reason=reason, verb="ruled_out"):
                claim.finished_at = None
        for claim in item.claims.unfinished().order_by("pk"):
            give_up(claim, "force_release", by=by, at=at, reason=reason)
    return case


RULINGS = {"done": rule_done, "back": rule_back}
"""What one person rules alone; that the claims end (``rule_out``) takes a second one."""
