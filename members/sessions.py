"""Sessions in PostgreSQL: half an hour idle, twelve hours at most, listed to their owner (SESSION_ENGINE)."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.utils import timezone

from members.models import Session

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
TO_THE_MINUTE = timedelta(minutes=1)


class SessionStore(DatabaseStore):
    """Django's store over our rows. ``agent`` is the browser that a new row will name."""

    agent = ""
    row: Session | None = None

    @classmethod
    def get_model_class(cls) -> type[Session]:
        return Session

    def _get_session_from_db(self) -> Session | None:
        """The row, unless it has been idle or lived too long: then it is deleted and the caller is nobody."""
        row: Session | None = super()._get_session_from_db()  # type: ignore[misc]
        if row is not None and not lives(row):
            row.delete()
            self._session_key = None
            row = None
        self.row = row
        return row

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        now = timezone.now()
        known = self.row if self.row is not None and self.row.session_key == self.session_key else None
        return Session(
            session_key=self._get_or_create_session_key(),  # type: ignore[attr-defined]
            session_data=self.encode(data),
            expire_date=self.get_expiry_date(),
            user_id=data.get(SESSION_KEY),
            agent=known.agent if known else self.agent,
            created_at=known.created_at if known else now,
            seen_at=now,
        )

    def touch(self) -> None:
        """Remember that the session is in use: at most one write a minute."""
        now = timezone.now()
        if self.row is not None and now - self.row.seen_at > TO_THE_MINUTE:
            Session.objects.filter(pk=self.row.pk).update(seen_at=now)


def lives(row: Session) -> bool:
    """Whether neither limit is over."""
    now = timezone.now()
    return now - row.seen_at <= IDLE and now - row.created_at <= ABSOLUTE


def handle_of(key: str) -> str:
    """What names a session on a page: the key itself never leaves the cookie."""
    return hashlib.sha256(key.encode()).hexdigest()[:24]
