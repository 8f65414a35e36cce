"""What is no longer needed goes: ended sessions, answers of a day ago, old messages, files of imports."""

from __future__ import annotations

from datetime import datetime

from members.idempotency import KEPT as ANSWERS_KEPT
from members.importing import runs
from members.models import Delivery, IdempotentAnswer, Notice, Session, Slip
from members.notices import KEPT as NOTICES_KEPT
from members.sessions import ABSOLUTE, IDLE


def purge(at: datetime) -> int:
    """Delete what has outlived its term; returns how many rows. Steps and Denials stay: they are kept for years."""
    over = [
        Session.objects.filter(expire_date__lt=at),
        Session.objects.filter(seen_at__lt=at - IDLE),
        Session.objects.filter(created_at__lt=at - ABSOLUTE),
        IdempotentAnswer.objects.filter(at__lt=at - ANSWERS_KEPT),
        Notice.objects.filter(at__lt=at - NOTICES_KEPT),
        Delivery.objects.filter(made_at__lt=at - NOTICES_KEPT),
        Slip.objects.filter(expires_at__lt=at - NOTICES_KEPT),
    ]
    return sum(rows.delete()[0] for rows in over) + runs.purge(at=at)
