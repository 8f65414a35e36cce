"""What ends with an alliance, or with a membership: posts, people's parts, shared places, bookings, open questions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, Booking, Decision, Distribution, Participant, Post, Venue
from members.lifecycle import lock, moving, note
from members.models import Organization


def end_posts(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """Standing posts end on this day, nominations are taken back."""
    day = timezone.localdate(at)
    for post in alliance.posts.filter(state__in=(Post.State.NOMINATED, Post.State.STANDING)).order_by("pk"):
        stands = post.state == Post.State.STANDING
        with moving(post, "ended" if stands else "retracted", verb="end", at=at, by=by, reason=reason):
            if stands:
                post.end_on(day)


def end_parts(
    alliance: Alliance, organization: Organization | None = None, *, by: Any, at: datetime, reason: str
) -> None:
    """People's parts in a joint branch end: those of the organisation that leaves, or all (None)."""
    parts = alliance.participants.filter(state__in=(Participant.State.PROPOSED, Participant.State.TAKING_PART))
    for part in (parts.filter(person__organization=organization) if organization else parts).order_by("pk"):
        with moving(part, "left", verb="end", at=at, by=by, reason=reason):
            part.left_on = timezone.localdate(at)


def end_sharing(
    alliance: Alliance, organization: Organization | None = None, *, by: Any, at: datetime, reason: str
) -> None:
    """The places of the organisation that leaves (of all: None) are shared no longer, and what it has booked for later
    is given back. Whoever books holds the place's row, so nobody books past this."""
    for venue in alliance.venues.present().order_by("pk"):
        lock(venue)
        later = venue.bookings.standing().filter(starts_at__gt=at).order_by("pk")
        if organization is None or venue.organization_id == organization.pk:
            _close(venue, by=by, at=at, reason=reason)
            for booking in later:
                with moving(booking, Booking.State.REFUSED, verb="refuse", at=at, by=by, reason=reason):
                    booking.refusal = reason
        else:
            for booking in later.filter(organization=organization):
                with moving(booking, Booking.State.RELEASED, verb="release", at=at, by=by, reason=reason):
                    pass


def end_means(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """Nobody works for the alliance or does business beside it from this day on, its schemes are out of use, and what
    was not settled is given up."""
    day = timezone.localdate(at)
    for things, verb in ((alliance.staff, "end"), (alliance.partners, "end"), (alliance.schemes, "retire_scheme")):
        for thing in things.present().order_by("pk"):
            thing.until = max(day, thing.since)
            thing.save()
            note(thing, verb, at=at, by=by, reason=reason)
    states = Distribution.State
    for made in alliance.distributions.filter(state__in=(states.DRAFT, states.CONFIRMED)).order_by("pk"):
        with moving(made, states.CANCELLED, verb="cancel", at=at, by=by, reason=reason):
            pass
    for made in alliance.distributions.filter(state=states.REVERSING).order_by("pk"):
        with moving(made, states.SETTLED, verb="keep", at=at, by=by, reason=reason):
            made.reversal_asked_by, made.reversal_reason = None, ""


def end_votes(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> None:
    """What the members were still voting on is not adopted."""
    for decision in alliance.decisions.filter(state=Decision.State.VOTING).order_by("pk"):
        with moving(decision, Decision.State.REJECTED, verb="close_vote", at=at, by=by, reason=reason):
            pass


def _close(venue: Venue, *, by: Any, at: datetime, reason: str) -> None:
    venue.until = max(timezone.localdate(at), venue.since)
    venue.save()
    note(venue, "close", at=at, by=by, reason=reason)
