"""The verbs of a list's period: the three lists drawn up in one step, arranged while they are drafts, and what is
unfinished carried into the next period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, RuleSet
from alliances.transitions.alliance import refuse_idle
from listings.models import Item, Listing
from listings.models.listing import SETS, Kind
from listings.querysets import UNFINISHED
from listings.transitions.listing import draw_up, leave_excerpts
from listings.transitions.order import lock_items, retried
from members.lifecycle import lock, note
from members.states import Refused


def kinds_of(alliance: Alliance) -> tuple[Kind, ...]:
    """The kinds of the three lists (三清单) in the alliance's region."""
    return SETS[RuleSet.objects.for_region(alliance.region_id).list_set]


def draw_up_set(
    alliance: Alliance, *, period_from: date, period_to: date, by: Any = None, at: datetime
) -> list[Listing]:
    """Begin the region's three lists for a period; a kind that has a list in it already keeps that one.

    Raises Refused ``already_drawn_up`` where all three are there, and what ``draw_up`` raises.
    """
    with transaction.atomic():
        lock(alliance)
        there = alliance.listings.present().filter(period_from__lte=period_to, period_to__gte=period_from)
        kinds = set(there.values_list("kind", flat=True))
        missing = [kind for kind in kinds_of(alliance) if kind not in kinds]
        if not missing:
            raise Refused("already_drawn_up", _("这一时段的三份清单都已拟定。"))
        return [
            draw_up(alliance, kind=kind, period_from=period_from, period_to=period_to, by=by, at=at)
            for kind in missing
        ]


def arrange(listing: Listing, *, order: Sequence[Item], by: Any = None, at: datetime) -> Listing:
    """The items of a draft stand in that order; those not named follow as they stood. Refused ``not_draft``."""
    with transaction.atomic():
        lock(listing)
        refuse_idle(listing.alliance)
        if listing.state != Listing.State.DRAFT:
            raise Refused("not_draft", _("清单已开始会签，不能再调整次序。"))
        wanted = {item.pk: place for place, item in enumerate(order)}
        items = list(listing.items.all())
        items.sort(key=lambda item: (wanted.get(item.pk, len(wanted)), item.position, item.pk))
        for place, item in enumerate(items, 1):
            item.position = place
        Item.objects.bulk_update(items, ["position"], 500)
        note(listing, "arrange", at=at, by=by, organization=listing.alliance.lead)
    return listing


@retried
def carry(listing: Listing, *, by: Any = None, at: datetime) -> Listing:
    """Put what is unfinished onto the alliance's list of that kind for the next period, which is drawn up where there
    is none; returns that list.

    An item keeps its number, its history, its claims and its term: only its place changes, and an excerpt stays
    behind. What is done waits for its asker where it is. Figures count days, kind and region, so none moves. On a
    list that is being signed or is signed it stands as an addendum. Raises Refused ``too_early`` more than a month
    before the period ends, ``superseded``, ``nothing_to_carry``, ``not_running``.
    """
    with transaction.atomic():
        lock(listing)
        refuse_idle(listing.alliance)
        _check_carrying(listing, timezone.localdate(at))
        items = lock_items(Q(listing=listing, state__in=UNFINISHED))
        if not items:
            raise Refused("nothing_to_carry", _("这份清单上没有未办结的事项。"))
        into = _next_list(listing, by=by, at=at)
        lock(into)
        leave_excerpts(listing, items, into=into)
        late = into.state != Listing.State.DRAFT
        Item.objects.filter(pk__in=[item.pk for item in items]).update(listing=into, addendum=late, updated_at=at)
        for item in items:
            note(item, "carry", at=at, by=by, detail={"from": listing.pk, "into": into.pk})
        note(listing, "carry", at=at, by=by, organization=listing.alliance.lead,
             detail={"into": into.pk, "items": len(items)})  # fmt: skip
    return into


def _check_carrying(listing: Listing, day: date) -> None:
    if listing.state == Listing.State.SUPERSEDED:
        raise Refused("superseded", _("这份清单已有新版，请从新版结转。"))
    if not listing.ends_soon(day):
        raise Refused("too_early", _("本期还没有临近结束，期末前一个月起可以结转。"))


def _next_list(listing: Listing, *, by: Any, at: datetime) -> Listing:
    first, last = following(listing.period_from, listing.period_to)
    later = listing.alliance.listings.present().filter(kind=listing.kind, period_from__gt=listing.period_to)
    found: Listing | None = later.filter(period_to__gte=first, period_from__lte=last).order_by("period_from").first()
    return found or draw_up(listing.alliance, kind=listing.kind, period_from=first, period_to=last, by=by, at=at)


def following(first: date, last: date) -> tuple[date, date]:
    """The period after one: as many whole months, where it is of whole months; else as many days."""
    start = last + timedelta(days=1)
    if first.day != 1 or start.day != 1:
        return start, start + (last - first)
    months = (start.year - first.year) * 12 + start.month - first.month
    after = start.month - 1 + months
    return start, date(start.year + after // 12, after % 12 + 1, 1) - timedelta(days=1)
