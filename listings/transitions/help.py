"""Who lent a hand (出力): a branch names its own Party members who helped with what it has claimed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import RuleSet, ServiceRecord
from alliances.working_days import comes_late
from listings.models import Claim, Help
from listings.querysets import ACTIVE_CLAIMS
from listings.transitions.order import retried
from listings.transitions.places import lock_with_item
from members.lifecycle import note
from members.models import PartyMember
from members.states import MoveRefused


@retried
def name_helpers(
    claim: Claim, helpers: Iterable[PartyMember], *, served_on: date | None = None, by: Any = None, at: datetime
) -> int:
    """A branch names its own people who helped with what it has claimed: one person-time for each that was not named
    for this item and day yet; returns how many were new.

    Members of the claimant on that day only, from the day of the claim up to today (without ``served_on``: today), and
    within the term in which a record is not late: nobody else vouches for it. Raises ValidationError otherwise,
    MoveRefused once the claim has ended.
    """
    with transaction.atomic():
        lock_with_item(claim)
        if claim.state not in ACTIVE_CLAIMS:
            raise MoveRefused(claim, Claim.State.IN_HAND)
        added = count_helpers(claim, helpers, served_on=served_on, at=at)
        note(claim, "name_helpers", at=at, by=by, organization=claim.organization, detail={"added": added})
    return added


@retried
def strike_helper(claim: Claim, helper: Help, *, reason: str, by: Any = None, at: datetime) -> Claim:
    """A name that the branch has entered by mistake is taken back, with its person-time and its point.

    The claim's history keeps who was struck out, for which day and why. Raises ValidationError without a reason, for a
    name that is not (any more) on this claim.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    with transaction.atomic():
        lock_with_item(claim)
        held = claim.helps.filter(pk=helper.pk).select_related("record", "person").first()
        if held is None:
            raise ValidationError({"helper": _("这条出力记录不在这项认领里，或已经删去。")})
        detail = {"person": held.person_id, "served_on": held.served_on.isoformat()}
        record = held.record
        held.delete()
        record.delete()
        claim.save(update_fields=["updated_at"])
        organization = claim.organization
        note(claim, "strike_helper", at=at, by=by, organization=organization, reason=reason.strip(), detail=detail)
    return claim


def count_helpers(claim: Claim, people: Iterable[PartyMember], *, served_on: date | None, at: datetime) -> int:
    """What ``name_helpers`` does, within the verb that holds the item's row."""
    wanted = {person.pk for person in people}
    if not wanted:
        return 0
    today = timezone.localdate(at)
    day = served_on or today
    _check_day(claim, day, today)
    own = PartyMember.objects.as_of(day).filter(organization=claim.organization_id, pk__in=wanted)
    if own.count() != len(wanted):
        raise ValidationError({"helpers": _("只能登记本组织当天在册的党员。")})
    named = Help.objects.filter(item=claim.item_id, served_on=day, person__in=wanted)
    new = sorted(wanted - set(named.values_list("person_id", flat=True)))
    place = {"alliance_id": claim.item.alliance_id, "region_id": claim.item.region_id}
    for pk in new:
        record = ServiceRecord.objects.create(**place, person_id=pk, served_on=day)
        Help.objects.create(claim=claim, item_id=claim.item_id, person_id=pk, served_on=day, record=record)
    return len(new)


def _check_day(claim: Claim, day: date, today: date) -> None:
    if not timezone.localdate(claim.claimed_at) <= day <= today:
        raise ValidationError({"served_on": _("出力日期应在认领之后，不晚于今天。")})
    if comes_late(day, today, RuleSet.objects.for_region(claim.region_id).late_working_days):
        raise ValidationError({"served_on": _("已超过补录期限，不能再登记这一天的出力人员。")})
