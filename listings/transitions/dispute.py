"""What the parties do with a dispute (争议): it is raised, withdrawn, settled. Rulings stand in ruling.py."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import RuleSet
from alliances.working_days import working_days_after
from listings.models import Dispute, Item
from listings.querysets import ACTIVE_CLAIMS, CONFIRMED
from listings.transitions.order import lock_items, retried
from members.lifecycle import moving, note
from members.models import Organization, Step
from members.querysets import OrganizationQuerySet
from members.states import Refused

Ground, State = Dispute.Ground, Dispute.State
TWICE = 2
"""So often an item is sent back before one may ask who is right."""


def ground_of(item: Item, day: date) -> str | None:
    """Why the item may be disputed on that day: sent back twice since the last ruling, or the asker's answer is
    overdue; None where there is no ground yet."""
    if item.state not in (Item.State.DONE, Item.State.IN_HAND, Item.State.LINKED):
        return None
    if item.disputes.filter(state__in=(State.OPEN, State.RULED_DONE)).exists():
        return None
    ruled = item.disputes.exclude(decided_at=None).order_by("decided_at").last()
    sent = Step.objects.of(item).filter(
        verb="send_back", from_state=Item.State.DONE, **({"at__gt": ruled.decided_at} if ruled else {})
    )
    if item.state != Item.State.LINKED and sent.count() >= TWICE:
        return Ground.SENT_BACK
    return Ground.UNANSWERED if answer_overdue(item, day) else None


def answer_overdue(item: Item, day: date) -> bool:
    """Whether the asker has let the region's term pass since the work was reported done, or was ruled to be done
    against the asker's will."""
    since = item.done_on
    if item.answered_by is not None:
        answer = item.answered_by
        since = answer.done_on if answer.state in (Item.State.DONE, *CONFIRMED) else None
    if since is None or item.state not in (Item.State.DONE, Item.State.LINKED):
        return False
    taken_back = Step.objects.of(item).filter(verb="correct").order_by("at").last()
    if taken_back is not None:  # whoever asked judges anew, and has a term for it
        since = max(since, timezone.localdate(taken_back.at))
    ruled = item.disputes.filter(state=State.RULED_DONE, ground=Ground.SENT_BACK).first()
    if ruled is not None and ruled.decided_at is not None:
        since = max(since, timezone.localdate(ruled.decided_at))
    return day > working_days_after(since, RuleSet.objects.for_region(item.region_id).answer_working_days)


def parties_of(item: Item) -> OrganizationQuerySet:
    """Who asked, and who is at work on the item, or did what is to answer it."""
    held = (item.answered_by or item).claims.filter(state__in=(*ACTIVE_CLAIMS, "confirmed")).values("organization")
    return Organization.objects.filter(Q(pk=item.asked_by_id) | Q(pk__in=held))


@retried
def dispute(item: Item, organization: Organization, *, by: Any = None, at: datetime, reason: str) -> Dispute:
    """Put it before the supervising organisation of the alliance, as a party: who asked, or a claimant.

    Raises Refused ``not_a_party``, ``no_ground`` and ``already_disputed``.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("请写明争议的理由。")})
    with transaction.atomic():
        lock_items(Q(pk=item.pk))
        item.refresh_from_db()
        if not parties_of(item).filter(pk=organization.pk).exists():
            raise Refused("not_a_party", _("只有提出方和认领单位可以提请裁定。"))
        if item.disputes.filter(state=State.OPEN).exists():
            raise Refused("already_disputed", _("这一事项已提请裁定，正在等待上级。"))
        ground = ground_of(item, timezone.localdate(at))
        if ground is None:
            words = _("退回重办满两次，或提出方逾期未答复，才能提请裁定。请先由双方商量。")
            raise Refused("no_ground", words)
        made = Dispute(
            item=item, alliance_id=item.alliance_id, region_id=item.region_id, organization=organization,
            ground=ground, reason=reason.strip(), raised_at=at,
        )  # fmt: skip
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError as clash:
            raise Refused("already_disputed", _("这一事项已提请裁定，正在等待上级。")) from clash
        note(made, "dispute", at=at, by=by, organization=organization, reason=reason, to_state=State.OPEN)
        note(item, "dispute", at=at, by=by, organization=organization, reason=reason, detail={"dispute": made.pk})
    return made


def withdraw_dispute(case: Dispute, *, by: Any = None, at: datetime, reason: str = "") -> Dispute:
    """Who raised it takes it back: there is nothing left to rule on."""
    with moving(case, State.WITHDRAWN, at=at, by=by, organization=case.organization, reason=reason, verb="withdraw"):
        return case


def end_disputes(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The two agree, or there is nothing left to rule on: an open dispute is settled, a ruling that it is done carried
    out. Who holds the item's row calls."""
    for case in item.disputes.filter(state__in=(State.OPEN, State.RULED_DONE)).order_by("pk"):
        to = State.SETTLED if case.state == State.OPEN else State.CARRIED_OUT
        with moving(case, to, at=at, by=by, reason=reason, verb=str(to)):
            pass


def lapse_disputes(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The work that they were about is no more: it goes on, or another answer is sought. A ruling that it was done
    binds nobody any longer. Who holds the item's row calls."""
    _settle(item.disputes.filter(state__in=(State.OPEN, State.RULED_DONE)), by=by, at=at, reason=reason)


def settle_silence(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The asker has answered: a dispute about their silence is settled."""
    _settle(item.disputes.filter(state=State.OPEN, ground=Ground.UNANSWERED), by=by, at=at, reason=reason)


def _settle(cases: QuerySet[Dispute], *, by: Any, at: datetime, reason: str) -> None:
    for case in cases.order_by("pk"):
        with moving(case, State.SETTLED, at=at, by=by, reason=reason, verb="settled"):
            pass
