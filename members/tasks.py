"""The ground's hands for the clock."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from members import purging


@shared_task
def purge() -> int:
    """Twin of ``manage.py purge``."""
    return purging.purge(timezone.now())
