"""An appeal against an order to rectify finds its way: who had decided on the order, whose department decides now."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from alliances.models import Rectification, RectificationAppeal
from alliances.transitions import appeal
from assessments.models import Proposal
from members.models import Approval, Region, Role, Step, User
from members.models.region import LENGTHS


def lodge(order: Rectification, *, text: str, by: Any, at: datetime) -> RectificationAppeal:
    """The lead appeals; see ``alliances.transitions.appeal.lodge`` for what is refused."""
    deciders = deciders_of(order)
    asked = addressee(order, deciders, timezone.localdate(at))
    return appeal.lodge(order, text=text, addressed_to=asked, deciders=deciders, by=by, at=at)


def deciders_of(order: Rectification) -> list[User]:
    """The two who decided on an order: who proposed it (or spoke first on what the review proposed), and who agreed."""
    ordered = Step.objects.of(order).filter(verb="order").first()
    found = {ordered.by_id} if ordered else set()
    proposal = Proposal.objects.filter(rectification=order).first()
    if proposal is not None:
        found |= set(Step.objects.of(proposal).filter(verb="confirm_asked").values_list("by", flat=True))
    elif ordered is not None:
        kind = ContentType.objects.get_for_model(order.alliance)
        approvals = Approval.objects.filter(
            thing_type=kind, thing_id=order.alliance_id, verb="alliances.rectify", decided_at=ordered.at
        )
        found |= set(approvals.values_list("proposed_by", flat=True))
    return list(User.objects.filter(pk__in=found))


def addressee(order: Rectification, deciders: list[User], day: date) -> Region:
    """The region whose department decides: the next one above the higher of the two departments that decided on the
    order, where it has anybody; else that department itself, where another person than those two decides."""
    code = str(order.region_id)
    upwards = [code[:length] for length in LENGTHS if length <= len(code)]
    roles = Role.objects.as_of(day).filter(role__in=Role.DEPARTMENTS, region__in=upwards)
    held = roles.filter(user__in=deciders).values_list("region", flat=True)
    highest = min(held, key=len, default=code[:4])
    others = roles.filter(user__is_active=True).exclude(user__in=deciders).values_list("region", flat=True)
    above = [region for region in others if len(region) < len(highest)]
    return Region.objects.get(pk=max(above, key=len, default=highest))
