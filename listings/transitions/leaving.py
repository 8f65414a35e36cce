"""A member leaves, as far as the lists are concerned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances import transitions as alliances
from alliances.models import Membership
from listings.models import Call, Candidate, Claim
from listings.transitions.call import give_up
from listings.transitions.claim import release
from listings.transitions.item import LONGEST
from listings.transitions.line import leave_lines
from listings.transitions.order import retried
from listings.transitions.project import withdraw_bid
from members.lifecycle import lock


@retried
def leave(membership: Membership, *, by: Any, at: datetime, reason: str) -> Membership:
    """The organisation leaves, and what it has claimed and not finished is released with the reason; it waits for
    nothing any more, offers to carry out nothing, and calls on it as a member are passed back to the lead.

    Finished parts still wait for whoever asked. Who may not leave releases nothing.
    """
    with transaction.atomic():
        lock(membership.alliance)
        lock(membership)  # claimants stand in line at their memberships
        left = alliances.leave(membership, by=by, at=at, reason=reason)
        why = _("退出联合体：%(reason)s") % {"reason": reason}
        leave_lines(membership.alliance, membership.organization, by=by, at=at, reason=why)
        held = Claim.objects.unfinished_in(membership.alliance).filter(organization=membership.organization_id)
        for claim in held.order_by("item_id", "pk"):
            release(claim, by=by, at=at, reason=why)
        for candidate in Candidate.objects.of_member(membership.alliance, membership.organization).order_by("pk"):
            withdraw_bid(candidate, by=by, at=at, reason=why)
        for call in Call.objects.of_member(membership.alliance, membership.organization).order_by("pk"):
            give_up(call, reason=why, where_next=membership.alliance.lead.name[:LONGEST], by=by, at=at)
    return left
