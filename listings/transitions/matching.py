"""The verbs of matches: offered to the owner of a resource, who alone accepts or declines; taken back."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from listings.models import Item, Match
from listings.models.listing import Kind
from listings.querysets import CLAIMABLE
from listings.transitions.claim import answer_to, claim
from listings.transitions.order import lock_items, retried
from listings.transitions.places import check_open, stand_as_member
from listings.transitions.shares import shared_out
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.scope import rights_of
from members.states import MoveRefused, Refused

State = Match.State
MOST = 99


@retried
def match(
    need: Item,
    organization: Organization,
    *,
    resource: Item | None = None,
    share: int = 1,
    by: Any = None,
    at: datetime,
    reason: str = "",
) -> Match:
    """Ask an organisation to meet a need, with a share of a resource of its own or (None) with its people.

    It stands as an offer until the organisation answers; where ``by`` speaks for the organisation it is accepted in the
    same step. A linked problem is met through the item that answers it.
    Raises Refused ``own_need``, ``not_member``, ``not_open``, ``already_matched``, ``not_available``.
    """
    if not 1 <= share <= MOST:
        raise ValidationError({"share": _("份数应在 1 至 %(most)s 之间。") % {"most": MOST}})
    need = need.answered_by or need
    try:
        with transaction.atomic():
            stand_as_member(need, organization)
            present = _lock(need, resource)
            _check_need(present, organization)
            if resource is not None:
                _check_resource(resource, organization, share)
            made = Match.objects.create(
                need=present, resource=resource, organization=organization, share=share, offered_at=at
            )
            note(made, "match", at=at, by=by, to_state=State.OFFERED, reason=reason)
            note(present, "match", at=at, by=by, reason=reason, detail={"match": made.pk})
            if organization.pk in rights_of(by).organizations:
                return accept_match(made, by=by, at=at)
    except IntegrityError as wall:
        raise Refused("already_matched", TAKEN) from wall
    return made


TAKEN = _("已经向这个单位提议过，或它已经对接这一需求。")


def _lock(need: Item, resource: Item | None) -> Item:
    """Need and resource, locked in the order of their ids and freshly read; the need is returned."""
    wanted = [need.pk] if resource is None else [need.pk, resource.pk]
    rows = {row.pk: row for row in lock_items(Q(pk__in=wanted))}
    if resource is not None:
        resource.refresh_from_db()
    return rows[need.pk]


def _check_need(need: Item, organization: Organization) -> None:
    if need.is_resource:
        raise Refused("not_open", _("资源不是需求，请从需求一侧对接。"))
    if organization.pk == need.asked_by_id:
        raise Refused("own_need", _("提出单位不能对接自己的需求。"))
    if not (need.is_problem and need.state == Item.State.LINKED):
        check_open(need)
    if need.matches.present().filter(organization=organization).exists():
        raise Refused("already_matched", TAKEN)


def _check_resource(resource: Item, owner: Organization, share: int) -> None:
    """It is the organisation's own, open, and so much of it is left."""
    if not resource.is_resource or resource.asked_by_id != owner.pk:
        raise Refused("not_available", _("这不是这个单位列入资源清单的资源。"))
    if resource.state not in CLAIMABLE:
        raise Refused("not_available", _("资源还没有开放，或已经结束。"))
    left = resource.capacity - resource.claims.holding().count() - shared_out(resource)
    if share > left:
        raise Refused("not_available", _("这项资源只剩 %(left)s 份。") % {"left": max(left, 0)})


@retried
def accept_match(match: Match, *, by: Any = None, at: datetime) -> Match:
    """The owner agrees: the share is held, and the owner has claimed the need, all in one step. A problem that nothing
    answers yet becomes a project item, on the alliance's current project list.

    Raises Refused ``not_available`` where too little of the resource is left, and whatever ``claim`` refuses.
    """
    with transaction.atomic():
        stand_as_member(match.need, match.organization)
        need = _lock(match.need, match.resource)
        lock(match)
        if not match.may_move(State.ACCEPTED):
            raise MoveRefused(match, State.ACCEPTED)
        if match.resource is not None:
            _check_resource(match.resource, match.organization, match.share)
        if need.is_problem and need.state == Item.State.OPEN:
            check_open(need)
            need = answer_to(need, Kind.PROJECT, by=by, at=at)
        made = claim(need, match.organization, by=by, at=at, support=_support(match))
        with moving(match, State.ACCEPTED, at=at, by=by, organization=match.organization, verb="accept"):
            match.claim = made
    return match


def _support(match: Match) -> str:
    """What the owner brings, in words."""
    if match.resource is None:
        return ""
    words = {"title": match.resource.title, "share": match.share}
    return match.resource.title if match.share == 1 else _("%(title)s（%(share)s 份）") % words


def decline_match(match: Match, *, by: Any = None, at: datetime, reason: str) -> Match:
    """The owner does not agree, and says why."""
    with moving(match, State.DECLINED, at=at, by=by, organization=match.organization, reason=reason, verb="decline"):
        return match


def withdraw_match(match: Match, *, by: Any = None, at: datetime, reason: str = "") -> Match:
    """Take an offer back before it is answered. An accepted one ends when its claim is released."""
    with transaction.atomic():
        lock(match)
        if match.state != State.OFFERED:
            raise MoveRefused(match, State.WITHDRAWN)
        with moving(match, State.WITHDRAWN, at=at, by=by, reason=reason, verb="withdraw"):
            return match
