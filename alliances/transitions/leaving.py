"""What ends with an alliance, or with a membership: posts in it, and people's parts in a joint branch."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone

from alliances.models import Alliance, Participant, Post
from members.lifecycle import moving
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
