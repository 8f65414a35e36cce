"""What the clock does for alliances; each has a twin command."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alliances import transitions


@shared_task
def keep_terms() -> int:
    return transitions.keep_terms(timezone.localdate(), timezone.now())


@shared_task
def close_admissions() -> int:
    return transitions.close_admissions(timezone.now())
