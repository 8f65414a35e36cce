"""A week of a shared place: who has it when, and which parts of a day are still free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.models import Booking, Venue

PARTS: tuple[tuple[str | Promise, time, time], ...] = (
    (_("上午"), time(9), time(11, 30)),
    (_("下午"), time(14, 30), time(17)),
    (_("晚上"), time(18, 30), time(20, 30)),
)
"""What one tap books: the usual parts of a day. Any other span is typed."""


@dataclass(slots=True)
class WeekDay:
    """A day of the week: its bookings in order, and the free parts of it as (word, begin, end)."""

    on: date
    today: bool
    in_season: bool
    bookings: list[Booking] = field(default_factory=list)
    free: list[tuple[str | Promise, time, time]] = field(default_factory=list)


def monday_of(day: date) -> date:
    return day - timedelta(days=day.weekday())


def week_of(venue: Venue, monday: date, bookings: Iterable[Booking], now: datetime) -> list[WeekDay]:
    """Seven days from ``monday``; ``bookings`` are those that stand in these days."""
    days = [
        WeekDay(on, on == timezone.localdate(now), venue.in_season(on))
        for on in (monday + timedelta(days=place) for place in range(7))
    ]
    for booking in sorted(bookings, key=lambda booking: booking.starts_at):
        days[(timezone.localdate(booking.starts_at) - monday).days].bookings.append(booking)
    for day in days:
        day.free = [part for part in PARTS if _is_free(day, part[1], part[2], now)]
    return days


def moment(on: date, hour: time) -> datetime:
    """That hour of the day in local time."""
    return timezone.make_aware(datetime.combine(on, hour))


def _is_free(day: WeekDay, begins: time, ends: time, now: datetime) -> bool:
    first, last = moment(day.on, begins), moment(day.on, ends)
    taken = any(booking.starts_at < last and booking.ends_at > first for booking in day.bookings)
    return day.in_season and first > now and not taken
