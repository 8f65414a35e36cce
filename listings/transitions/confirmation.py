"""The end of the closed loop: whoever asked confirms or sends back, and a wrong confirmation is taken back. Nobody
confirms their own work."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import RuleSet
from listings.models import Call, Claim, Dispute, Item
from listings.querysets import ACTIVE_CLAIMS, CONFIRMED
from listings.transitions.carrying import run_again
from listings.transitions.deadline import carry_over
from listings.transitions.dispute import answer_overdue, end_disputes, lapse_disputes, settle_silence
from listings.transitions.item import unlink
from listings.transitions.line import end_line
from listings.transitions.order import lock_items, retried
from listings.transitions.whistle_ends import end_whistles, settle
from members.lifecycle import moving
from members.models import ApiClient, Organization, Step
from members.scope import rights_of
from members.states import MoveRefused, Refused


@retried
def confirm(
    item: Item, *, by: Any, at: datetime, organization: Organization | None = None, satisfaction: str = "",
    reason: str = "",
) -> Item:  # fmt: skip
    """Confirm for whoever asked (the ``organization`` that speaks, by default the asker) that it is done; a problem
    is then solved.

    ``satisfaction`` is what the asker thinks of it, ``reason`` their words: whoever is not content and still confirms
    says that it is done. Confirms in the same step the linked problems that the same organisation asked, which take no
    judgement of their own: one word counts once. Other askers confirm for themselves. A linked problem can be
    confirmed as soon as the item that answers it is done.
    Raises Refused ``own_claim`` when the asker, or anybody for whom ``by`` speaks, has a claim on it, and
    PermissionDenied for anybody but the asker (or the program that entered it): the one right that a verb checks
    itself, because nothing is solved without it.
    """
    with transaction.atomic():
        answer = _lock_family(item)
        _never_the_claimant(answer or item, item.asked_by, by)
        _only_the_asker(item, organization or item.asked_by, by)
        _confirm_all(item, answer, by=by, at=at, satisfaction=satisfaction, reason=reason)
    return item


@retried
def confirm_for(item: Item, *, by: Any, at: datetime, reason: str) -> Item:
    """Confirm in the place of an asker who gives no answer to a ruling that it is done; the asker is told.

    The one who may is the organisation above that has ruled, never a party; the asker's judgement stays open. Raises
    PermissionDenied for anybody else, Refused ``own_claim`` for a claimant and ``not_yet`` while the asker's term runs:
    it runs from the ruling, and where the asker's silence was the ground of the dispute it has run out before.
    """
    with transaction.atomic():
        answer = _lock_family(item)
        _never_the_claimant(answer or item, None, by)
        if by is None or not Item.objects.confirmable_for_by(by).filter(pk=item.pk).exists():
            raise PermissionDenied(_("只有裁定已办成的上级可以代提出方确认。"))
        if not answer_overdue(item, timezone.localdate(at)):
            raise Refused("not_yet", _("提出方的答复期限还没有过，请先等提出方自己确认。"))
        _confirm_all(item, answer, by=by, at=at, satisfaction="", reason=reason, verb="confirm_for")
    return item


def _lock_family(item: Item) -> Item | None:
    """Lock the item with its linked problems, or with the item that answers it: that one is returned."""
    family = Q(pk=item.pk) | Q(answered_by=item.pk) | Q(answers=item.pk)
    rows = {row.pk: row for row in lock_items(Q(pk__in=Item.objects.filter(family).values("pk")))}
    item.refresh_from_db()
    return rows.get(item.answered_by_id) if item.answered_by_id else None


def _confirm_all(
    item: Item, answer: Item | None, *, by: Any, at: datetime, verb: str = "confirm", **words: str
) -> None:
    if item.state == Item.State.LINKED and (answer is None or answer.state not in (Item.State.DONE, *CONFIRMED)):
        raise MoveRefused(item, Item.State.CONFIRMED)
    _confirm(item, by=by, at=at, verb=verb, **words)
    same = item.answers.filter(state=Item.State.LINKED, asked_by=item.asked_by_id)
    if isinstance(by, ApiClient):  # a program speaks for what it has pushed, and for nothing else
        same = same.filter(entered_by_client=by)
    for problem in same.order_by("pk"):
        _confirm(problem, by=by, at=at, verb=verb, satisfaction="", reason=words["reason"])


def _never_the_claimant(item: Item, asker: Organization | None, by: Any) -> None:
    speaks_for = {*([asker.pk] if asker else []), *rights_of(by).organizations}
    claimed = item.claims.filter(state__in=(*ACTIVE_CLAIMS, Claim.State.CONFIRMED), organization__in=speaks_for)
    called = Call.objects.worked_on(item).filter(organization__in=speaks_for)
    if claimed.exists() or called.exists():
        raise Refused("own_claim", _("认领单位不能确认自己办理的事项，请由提出方的其他组织确认。"))


def _only_the_asker(item: Item, organization: Organization, by: Any) -> None:
    asked = Item.objects.asked_by_user(by).filter(pk=item.pk, asked_by=organization)
    if by is None or not asked.exists():
        raise PermissionDenied(_("只有提出方可以确认。"))


def _confirm(item: Item, *, by: Any, at: datetime, verb: str, satisfaction: str, reason: str) -> None:
    """The only way into *confirmed*; the property test of the closed loop reads this file."""
    asker = item.asked_by
    detail = {"satisfaction": satisfaction} if satisfaction else {}
    said: dict[str, Any] = {"by": by, "at": at, "organization": asker, "verb": verb, "reason": reason.strip()}
    with moving(item, Item.State.CONFIRMED, **said, detail=detail):
        if satisfaction and satisfaction not in Item.Satisfaction.values:
            raise ValidationError({"satisfaction": _("请选择满意、基本满意或不满意。")})
        item.confirmed_on, item.satisfaction = timezone.localdate(at), satisfaction
        item.on_behalf = verb == "confirm_for"
    end_line(item, by=by, at=at, reason=_("事项已确认办结"))
    end_whistles(item, by=by, at=at, reason=_("事项已确认办结"))
    end_disputes(item, by=by, at=at, reason=_("已确认办结"))
    for claim in item.claims.filter(state=Claim.State.FINISHED).order_by("pk"):
        with moving(claim, Claim.State.CONFIRMED, at=at, by=by, organization=asker, verb=verb):
            pass


@retried
def send_back(item: Item, *, by: Any, at: datetime, reason: str) -> Item:
    """Whoever asked is not content: a done item is in hand again; a linked problem is open, without its answer.

    Refused ``ruled`` after a ruling that it is done: then only the confirmation is open.
    """
    with transaction.atomic():
        lock_items(Q(pk=item.pk))
        item.refresh_from_db()
        if item.disputes.filter(state=Dispute.State.RULED_DONE).exists():
            raise Refused("ruled", _("上级已裁定办成，不能再退回重办；请确认，或向上级说明情况。"))
        to_work(item, by=by, at=at, reason=reason, verb="send_back")
        settle_silence(item, by=by, at=at, reason=_("提出方已答复"))
    return item


def to_work(item: Item, *, by: Any, at: datetime, reason: str, verb: str) -> None:
    """A done item is in hand again, with its claims; what a whistle has done and a linked problem are open. The caller
    holds the item's row."""
    if item.state == Item.State.LINKED:
        unlink(item, by=by, at=at, reason=reason)
        return
    if item.state != Item.State.DONE:
        raise MoveRefused(item, Item.State.IN_HAND)
    with moving(item, Item.State.IN_HAND, at=at, by=by, reason=reason, verb=verb):
        carry_over(item, at=at)
        item.done_on = None
    for claim in item.claims.filter(state=Claim.State.FINISHED).order_by("pk"):
        with moving(claim, Claim.State.IN_HAND, at=at, by=by, reason=reason, verb=verb):
            claim.finished_at = None
    for problem in item.answers.filter(state=Item.State.LINKED).order_by("pk"):
        lapse_disputes(problem, by=by, at=at, reason=reason)
    run_again(item, by=by, at=at, reason=reason)
    if item.whistles.exists():
        settle(item, by=by, at=at, verb=verb, reason=reason)


@retried
def correct(item: Item, *, by: Any, at: datetime, reason: str) -> Item:
    """Take a wrong confirmation back, as though it had never been: the asker is to judge anew.

    Spoken by the second person. The item is done again (a problem linked), and so are the linked problems that were
    confirmed in the same step; claims wait for the confirmation again. The steps of the confirmation remain as trail;
    no figure counts it any more, of no day.
    """
    with transaction.atomic():
        _lock_family(item)
        if item.state not in CONFIRMED:
            raise MoveRefused(item, Item.State.DONE)
        said_at = _confirmed_at(item)
        for problem in item.answers.filter(state__in=CONFIRMED, asked_by=item.asked_by_id).order_by("pk"):
            if _confirmed_at(problem) == said_at:
                _take_back(problem, by=by, at=at, reason=reason)
        _take_back(item, by=by, at=at, reason=reason)
    return item


def _confirmed_at(item: Item) -> datetime | None:
    said = Step.objects.of(item).filter(to_state=Item.State.CONFIRMED).last()
    return said.at if said else None


def _take_back(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    to = Item.State.LINKED if item.answered_by_id else Item.State.DONE
    with moving(item, to, at=at, by=by, reason=reason, verb="correct"):
        item.confirmed_on, item.satisfaction, item.on_behalf = None, "", False
    for claim in item.claims.filter(state=Claim.State.CONFIRMED).order_by("pk"):
        with moving(claim, Claim.State.FINISHED, at=at, by=by, reason=reason, verb="correct"):
            pass


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
