"""The verbs of shared places (阵地): share, edit, close; book, release, refuse."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Booking, Venue
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import Refused

State = Booking.State
FURTHEST = timedelta(days=366)
EDITABLE = ("kind", "name", "place", "seats", "opening", "season_from", "season_to")


@transaction.atomic
def share(alliance: Alliance, *, organization: Organization, by: Any, at: datetime, **words: Any) -> Venue:
    """A member shares a place of its own with the alliance, from today. ``words``: of ``EDITABLE``.

    Refused ``not_member`` for who is none; ValidationError where a season has only one of its months.
    """
    lock(alliance)
    refuse_idle(alliance)
    _refuse_stranger(alliance, organization)
    venue = Venue(alliance=alliance, organization=organization, since=timezone.localdate(at))
    _put(venue, words)
    venue.save()
    note(venue, "share", at=at, by=by, organization=organization)
    return venue


@transaction.atomic
def edit_venue(venue: Venue, *, by: Any, at: datetime, **words: Any) -> Venue:
    """The owner changes what it says of its place; what is booked stays booked."""
    lock(venue)
    _refuse_closed(venue)
    _put(venue, words)
    venue.save()
    note(venue, "edit", at=at, by=by, organization=venue.organization)
    return venue


@transaction.atomic
def close_venue(venue: Venue, *, by: Any, at: datetime, reason: str) -> Venue:
    """The owner no longer shares the place: what is booked for later is refused with the same reason."""
    lock(venue)
    _refuse_closed(venue)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    venue.until = timezone.localdate(at)
    venue.save()
    note(venue, "close", at=at, by=by, organization=venue.organization, reason=reason)
    for booking in venue.bookings.standing().filter(starts_at__gt=at).order_by("pk"):
        refuse_booking(booking, by=by, at=at, reason=reason)
    return venue


@transaction.atomic
def book(
    venue: Venue,
    *,
    organization: Organization,
    starts_at: datetime,
    ends_at: datetime,
    purpose: str,
    by: Any,
    at: datetime,
) -> Booking:
    """A member has the place for a span of one day, from ``starts_at`` up to ``ends_at``; it stands at once.

    Whoever books holds the venue's row, so two who ask at once are heard one after the other. Refused ``closed``,
    ``not_member``, ``taken`` (naming who has it and when); ValidationError for a span that is none, lies in the
    past, beyond a year or outside the season.
    """
    lock(venue)
    refuse_idle(venue.alliance)
    _refuse_closed(venue)
    _refuse_stranger(venue.alliance, organization)
    _refuse_stranger(venue.alliance, venue.organization)
    _check(venue, starts_at, ends_at, at)
    if not purpose.strip():
        raise ValidationError({"purpose": _("请写明用途。")})
    taken = venue.bookings.standing().meeting(starts_at, ends_at).select_related("organization").first()
    if taken:
        words = {"who": taken.organization.label, "span": span_of(taken)}
        raise Refused("taken", _("这段时间已由%(who)s预约（%(span)s），请换一个时间。") % words)
    booking = Booking(
        venue=venue, organization=organization, starts_at=starts_at, ends_at=ends_at, purpose=purpose,
        booked_by=by if getattr(by, "username", None) else None,
    )  # fmt: skip
    booking.clean_fields(exclude=["venue", "organization", "booked_by"])
    booking.save()
    note(booking, "book", at=at, by=by, organization=organization, to_state=State.BOOKED)
    return booking


def release_booking(booking: Booking, *, by: Any, at: datetime, reason: str = "") -> Booking:
    """The booker no longer needs the place. Refused ``begun`` once it has begun."""
    with moving(
        booking, State.RELEASED, verb="release", at=at, by=by, organization=booking.organization, reason=reason
    ):
        _refuse_begun(booking, at)
    return booking


def refuse_booking(booking: Booking, *, by: Any, at: datetime, reason: str) -> Booking:
    """The owner cannot give the place after all, and says why. Refused ``begun`` once it has begun."""
    owner = booking.venue.organization
    with moving(booking, State.REFUSED, verb="refuse", at=at, by=by, organization=owner, reason=reason):
        if not reason.strip():
            raise ValidationError({"reason": _("请写明理由。")})
        _refuse_begun(booking, at)
        booking.refusal = reason
    return booking


def span_of(booking: Booking) -> str:
    """The span in words: 06-03 09:00–11:00."""
    begins, ends = timezone.localtime(booking.starts_at), timezone.localtime(booking.ends_at)
    return f"{begins:%m-%d %H:%M}–{ends:%H:%M}"


def _check(venue: Venue, starts_at: datetime, ends_at: datetime, at: datetime) -> None:
    if starts_at.year < at.year or starts_at <= at:  # a moment before the calendar of UTC cannot be compared
        raise ValidationError({"starts_at": _("不能预约已经过去的时间。")})
    if starts_at > at + FURTHEST:
        raise ValidationError({"starts_at": _("只能预约一年之内的时间。")})
    day = timezone.localdate(starts_at)
    if ends_at <= starts_at or timezone.localdate(ends_at - timedelta(microseconds=1)) != day:
        raise ValidationError({"ends_at": _("结束时间应晚于开始时间，并在同一天。")})
    if not venue.in_season(day):
        raise ValidationError({"starts_at": _("这个阵地只在%(season)s开放。") % {"season": venue.season}})


def _put(venue: Venue, words: dict[str, Any]) -> None:
    for name in EDITABLE:
        if name in words:
            setattr(venue, name, words[name])
    venue.clean_fields(exclude=["alliance", "organization"])
    if (venue.season_from is None) != (venue.season_to is None):
        raise ValidationError({"season_to": _("季节要写明从几月到几月，全年开放的都不填。")})


def _refuse_closed(venue: Venue) -> None:
    if venue.until is not None:
        raise Refused("closed", _("“%(venue)s”已停止共享。") % {"venue": venue})


def _refuse_stranger(alliance: Alliance, organization: Organization) -> None:
    if not alliance.memberships.current().filter(organization=organization).exists():
        raise Refused("not_member", _("“%(who)s”不是这个联合体的现有成员。") % {"who": organization.label})


def _refuse_begun(booking: Booking, at: datetime) -> None:
    if booking.starts_at <= at:
        raise Refused("begun", _("预约的时间已经开始，不能再改。"))
