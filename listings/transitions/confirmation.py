"""The end of the closed loop: whoever asked confirms or sends back. Nobody confirms their own work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import RuleSet
from listings.models import Call, Claim, Item
from listings.querysets import ACTIVE_CLAIMS, CONFIRMED
from listings.transitions.deadline import carry_over
from listings.transitions.item import unlink
from listings.transitions.line import end_line
from listings.transitions.order import lock_items, retried
from listings.transitions.whistle_ends import end_whistles
from members.lifecycle import moving
from members.models import Organization
from members.scope import rights_of
from members.states import MoveRefused, Refused


@retried
def confirm(
    item: Item, *, by: Any, at: datetime, organization: Organization | None = None, satisfied: bool = True
) -> Item:
    """Confirm for whoever asked (the ``organization`` that speaks, by default the asker) that it is done; a problem
    is then solved.

    Confirms in the same step the linked problems that the same organisation asked; others wait for their own asker.
    A linked problem can be confirmed as soon as the item that answers it is done.
    Raises Refused ``own_claim`` when the asker, or anybody for whom ``by`` speaks, has a claim on it, and
    PermissionDenied for anybody but the asker (or the program that entered it): the one right that a verb checks
    itself, because nothing is solved without it.
    """
    asker = item.asked_by
    with transaction.atomic():
        family = Q(pk=item.pk) | Q(answered_by=item.pk) | Q(answers=item.pk)
        rows = {row.pk: row for row in lock_items(Q(pk__in=Item.objects.filter(family).values("pk")))}
        item.refresh_from_db()
        answer = rows.get(item.answered_by_id) if item.answered_by_id else None
        _never_the_claimant(answer or item, asker, by)
        _only_the_asker(item, organization or asker, by)
        if item.state == Item.State.LINKED and (answer is None or answer.state not in (Item.State.DONE, *CONFIRMED)):
            raise MoveRefused(item, Item.State.CONFIRMED)
        _confirm(item, asker, by=by, at=at, satisfied=satisfied)
        for problem in item.answers.filter(state=Item.State.LINKED, asked_by=asker).order_by("pk"):
            _confirm(problem, asker, by=by, at=at, satisfied=satisfied)
    return item


def _never_the_claimant(item: Item, asker: Organization, by: Any) -> None:
    speaks_for = {asker.pk, *rights_of(by).organizations}
    claimed = item.claims.filter(state__in=(*ACTIVE_CLAIMS, Claim.State.CONFIRMED), organization__in=speaks_for)
    called = Call.objects.worked_on(item).filter(organization__in=speaks_for)
    if claimed.exists() or called.exists():
        raise Refused("own_claim", _("认领单位不能确认自己办理的事项，请由提出方的其他组织确认。"))


def _only_the_asker(item: Item, organization: Organization, by: Any) -> None:
    asked = Item.objects.asked_by_user(by).filter(pk=item.pk, asked_by=organization)
    if by is None or not asked.exists():
        raise PermissionDenied(_("只有提出方可以确认。"))


def _confirm(item: Item, asker: Organization, *, by: Any, at: datetime, satisfied: bool) -> None:
    detail = {"satisfied": satisfied}
    with moving(item, Item.State.CONFIRMED, at=at, by=by, organization=asker, verb="confirm", detail=detail):
        item.confirmed_on = timezone.localdate(at)
    end_line(item, by=by, at=at, reason=_("事项已确认办结"))
    end_whistles(item, by=by, at=at, reason=_("事项已确认办结"))
    for claim in item.claims.filter(state=Claim.State.FINISHED).order_by("pk"):
        with moving(claim, Claim.State.CONFIRMED, at=at, by=by, organization=asker, verb="confirm"):
            pass


@retried
def send_back(item: Item, *, by: Any, at: datetime, reason: str) -> Item:
    """Whoever asked is not content: a done item is in hand again; a linked problem is open, without its answer."""
    with transaction.atomic():
        lock_items(Q(pk=item.pk))
        item.refresh_from_db()
        if item.state == Item.State.LINKED:
            return unlink(item, by=by, at=at, reason=reason)
        if item.state != Item.State.DONE:
            raise MoveRefused(item, Item.State.IN_HAND)
        with moving(item, Item.State.IN_HAND, at=at, by=by, reason=reason, verb="send_back"):
            carry_over(item, at=at)
            item.done_on = None
        for claim in item.claims.filter(state=Claim.State.FINISHED).order_by("pk"):
            with moving(claim, Claim.State.IN_HAND, at=at, by=by, reason=reason, verb="send_back"):
                claim.finished_at = None
    return item


def close_confirmed(as_of: date) -> int:
    """Close (办结归档) what was confirmed a silence term ago and has no linked problem waiting; how many were.

    Until then a wrong confirmation can still be seen and spoken of. Safe to run twice.
    """
    waiting = Item.objects.filter(state=Item.State.CONFIRMED).exclude(answers__state=Item.State.LINKED)
    done = 0
    terms: dict[str, int] = {}
    for item in waiting.filter(confirmed_on__lt=as_of).order_by("pk").iterator():
        if item.region_id not in terms:
            terms[item.region_id] = RuleSet.objects.for_region(item.region_id).silence_days
        confirmed_on: date = item.confirmed_on  # type: ignore[assignment]
        day = confirmed_on + timedelta(days=terms[item.region_id])
        done += day <= as_of and _close(item, day)
    return done


def _close(item: Item, day: date) -> bool:
    with transaction.atomic():
        if not lock_items(Q(pk=item.pk, state=Item.State.CONFIRMED)):
            return False
        midnight = timezone.make_aware(datetime.combine(day, time.min))
        with moving(item, Item.State.CLOSED, at=midnight, verb="close"):
            return True
