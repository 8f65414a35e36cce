"""What the clock does for lists; each has a twin command."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from listings.transitions import close_confirmed, complete_silent_signatures, escalate, lapse_offers


@shared_task
def complete_signatures() -> int:
    return complete_silent_signatures(timezone.localdate())


@shared_task
def end_offers() -> int:
    return lapse_offers(timezone.now())


@shared_task
def close_items() -> int:
    return close_confirmed(timezone.localdate())


@shared_task
def escalate_overdue() -> int:
    return escalate(timezone.now())
