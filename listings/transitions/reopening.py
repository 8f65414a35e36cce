"""The verbs that tie items together: reopened after the end, a part of a larger one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.models import Alliance
from listings.models import Item
from listings.querysets import CONFIRMED, ENDED_ITEMS
from listings.transitions.copying import ask_anew
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from members.lifecycle import note
from members.states import MoveRefused, Refused

AGAIN = noop("这一事项已经重提，正在办理。")


@retried
def reopen(item: Item, *, by: Any, at: datetime, reason: str) -> Item:
    """The trouble of a confirmed item has come back: whoever asked asks anew, and both items show each other.

    A new item on the alliance's current list of the kind, to be looked into like any other; the old one, its history
    and its figures stay. Raises Refused ``already_reopened`` while an earlier reopening is unfinished, PermissionDenied
    for anybody but the asker.
    """
    with transaction.atomic():
        lock_items(Q(pk=item.pk))
        item.refresh_from_db()
        if not Item.objects.asked_by_user(by).filter(pk=item.pk).exists():
            raise PermissionDenied(_("只有提出方可以重提。"))
        if item.state not in CONFIRMED:
            raise MoveRefused(item, Item.State.COLLECTED)
        if item.reopened.exclude(state__in=ENDED_ITEMS).exists():
            raise Refused("already_reopened", _(AGAIN))
        listing = current_list(item.alliance, item.kind, by=by, at=at)
        made = ask_anew(item, listing, detail=reason, due_on=None, by=by, at=at)
        made.reopens = item
        try:
            with transaction.atomic():
                made.save()
        except IntegrityError as clash:
            raise Refused("already_reopened", _(AGAIN)) from clash
        detail = {"item": made.pk}
        note(item, "reopen", at=at, by=by, organization=item.asked_by, reason=reason, detail=detail)
    return made


@transaction.atomic
def attach(item: Item, parent: Item, *, by: Any = None, at: datetime) -> Item:
    """Make an unfinished item a part of a larger one of the same alliance; never of itself or of one of its own parts.

    Attaching stands in line at the alliance, so that no two can close a circle together. A part is confirmed by itself:
    the larger one shows how far its parts are, and people decide. Raises Refused ``not_attachable``.
    """
    Alliance.objects.select_for_update(no_key=True).get(pk=item.alliance_id)
    lock_items(Q(pk__in=(item.pk, parent.pk)))
    item.refresh_from_db()
    parent.refresh_from_db()
    if item.alliance_id != parent.alliance_id or {item.state, parent.state} & set(ENDED_ITEMS):
        raise Refused("not_attachable", _("只能归入同一联合体中还没有办结的事项。"))
    above: Item | None = parent
    while above is not None:
        if above.pk == item.pk:
            raise Refused("not_attachable", _("事项不能归入它自己，也不能归入它自己的组成部分。"))
        above = above.parent
    item.parent = parent
    item.save()
    note(item, "attach", at=at, by=by, detail={"item": parent.pk})
    return item


@transaction.atomic
def detach(item: Item, *, by: Any = None, at: datetime) -> Item:
    """It is no part of a larger item any more; Refused ``no_part`` where it was none."""
    lock_items(Q(pk=item.pk))
    item.refresh_from_db()
    if item.parent_id is None:
        raise Refused("no_part", _("这一事项不属于更大的事项。"))
    before, item.parent = item.parent_id, None
    item.save()
    note(item, "detach", at=at, by=by, detail={"item": before})
    return item
