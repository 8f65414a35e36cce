"""The verbs of a calendar feed: opened with a new secret, closed. Both are the account's own affair."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from alliances.models import CalendarFeed
from members.lifecycle import note
from members.models import User
from members.models.client import digest_of


@transaction.atomic
def open_feed(user: User, *, at: datetime) -> str:
    """The secret of a new address; an earlier one opens nothing any more. Nothing keeps the secret but its reader."""
    secret = secrets.token_urlsafe(32)
    feed, _new = CalendarFeed.objects.update_or_create(
        user=user, defaults={"digest": digest_of(secret), "opened_at": at}
    )
    note(feed, "open_feed", at=at, by=user)
    return secret


@transaction.atomic
def close_feed(feed: CalendarFeed, *, by: User, at: datetime) -> None:
    """The address opens nothing any more."""
    note(feed, "close_feed", at=at, by=by)
    feed.delete()
