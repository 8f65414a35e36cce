"""What the clock does for alliances; each has a twin command."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from alliances import transitions
from alliances.transitions.rectification import watch_rectifications as watch


@shared_task
def keep_terms() -> int:
    return transitions.keep_terms(timezone.localdate(), timezone.now())


@shared_task
def close_admissions() -> int:
    return transitions.close_admissions(timezone.now())


@shared_task
def complete_charters() -> int:
    return transitions.complete_charters(timezone.localdate())


@shared_task
def tend_agreements() -> int:
    return transitions.tend_agreements(timezone.localdate())


@shared_task
def hand_over_hosts() -> int:
    return transitions.hand_over_hosts(timezone.localdate())


@shared_task
def watch_rectifications() -> int:
    return watch(timezone.localdate(), timezone.now())
