"""The ground's hands for the clock."""

from __future__ import annotations

from contextlib import suppress

from celery import shared_task
from django.utils import timezone

from members import purging
from members.states import Refused
from members.trail import seals


@shared_task
def purge() -> int:
    """Twin of ``manage.py purge``."""
    return purging.purge(timezone.now())


@shared_task
def seal_trail() -> None:
    """Twin of ``manage.py audit_seal``. Where another copy is at work, that one does it."""
    with suppress(Refused):
        seals.seal_trail(timezone.now())
