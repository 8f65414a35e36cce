"""What stands behind a figure of a review: exactly the rows that it counts, in its period, as they are now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.measures import Metric, Period
from alliances.metrics import sessions_held
from alliances.models import Meeting, Membership, Session
from assessments.gauges import EVALUATION, GAUGES, IDLE, OVERDUE
from assessments.statistics import METRICS
from listings.metrics.in_hand import items_in_hand
from listings.models import Item, Listing


@dataclass(frozen=True, slots=True)
class Row:
    """A row behind a figure: what it is, the day by which it counts, where it is, and the thing for its state."""

    title: str
    about: str
    day: date | None
    url: str
    thing: Any = None


def rows_behind(key: str, alliance: int, period: Period, user: Any) -> QuerySet | None:
    """The rows of that alliance that the measure counts, as far as the user may see them; None where it has none of
    its own (an evaluation is a mean of what nobody may read)."""
    if key == EVALUATION:
        return None
    if key == IDLE:
        found = sessions_held(Period(date.min, period.last)).filter(activity__alliance=alliance)
    elif key == OVERDUE:
        found = items_in_hand(period).filter(alliance=alliance)
    else:
        gauge: Any = GAUGES[key]
        metric: Metric = gauge if isinstance(gauge, Metric) else METRICS[gauge.of]
        found = metric.rows(period).filter(metric.where, **{str(metric.alliance): alliance})
    mine = found.model._default_manager.visible_to(user).order_by().values("pk")
    return found.filter(pk__in=mine).select_related(*LOOKED_UP[found.model])


LOOKED_UP: dict[Any, tuple[str, ...]] = {
    Item: (), Session: ("activity",), Membership: ("organization",), Listing: ("alliance",), Meeting: ()
}  # fmt: skip


def told(row: Any, key: str) -> Row:
    """A row in words."""
    return WORDS[type(row)](row, key)


def _item(item: Item, key: str) -> Row:
    return Row(item.title, item.number, _day_of(item, key), item.get_absolute_url(), item)


def _day_of(item: Item, key: str) -> date | None:
    if key in ("items_in_hand", "items_overdue", OVERDUE):
        return item.due_then  # type: ignore[attr-defined]
    if key.startswith(("problems_solved", "median_days")):
        return item.confirmed_on
    return item.first_claimed_on if key.startswith("items_claimed") else item.collected_on


def _session(session: Session, key: str) -> Row:
    activity = session.activity
    return Row(activity.title, activity.get_kind_display(), session.held_on, activity.get_absolute_url())


def _membership(membership: Membership, key: str) -> Row:
    return Row(membership.organization.label, "", membership.joined_on, "", membership)


def _listing(listing: Listing, key: str) -> Row:
    return Row(str(listing), listing.get_kind_display(), listing.signed_on, listing.get_absolute_url(), listing)


def _meeting(meeting: Meeting, key: str) -> Row:
    return Row(meeting.title, meeting.get_kind_display(), meeting.held_on, meeting.get_absolute_url())


WORDS: dict[Any, Callable[[Any, str], Row]] = {
    Item: _item, Session: _session, Membership: _membership, Listing: _listing, Meeting: _meeting
}  # fmt: skip
