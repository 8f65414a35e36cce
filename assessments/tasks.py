"""What the clock does; each task has a twin command over the same function."""

from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

from celery import shared_task
from django.db import transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from alliances.measures import Period
from assessments import burden, imports, reviews
from assessments.events import EVENTS
from assessments.hours import is_quiet, is_urgent
from assessments.models import ReviewRun
from assessments.notices import WRITERS
from members import digests, notices, sending
from members.models import ImportRun
from members.states import Refused


@shared_task
def run_quarterly_review() -> None:
    """Review the quarter that ended yesterday (``manage.py run_review``)."""
    now = timezone.now()
    with suppress(Refused):  # another copy is at work on it
        reviews.run(Period.quarter_of(timezone.localdate(now)).first - timedelta(days=1), at=now)


@shared_task
def resume_review(pk: int) -> None:
    """The bell of ``run_review --queue``. A run that is complete is left as it is."""
    with suppress(Refused):
        reviews.resume(ReviewRun.objects.get(pk=pk), at=timezone.now())


@shared_task
def sweep_reviews(at_start: bool = False) -> int:
    """Take up what was forsaken (``manage.py sweep_reviews``); a starting worker waits for no lease."""
    return reviews.sweep(at=timezone.now(), wait=not at_start)


@shared_task
def tell() -> int:
    """Send the notices that are due (``manage.py tell``), and ring the bell for what leaves the house."""
    told = notices.tell(WRITERS, at=timezone.now(), events=EVENTS, urgent=is_urgent)
    publish()
    return told


@shared_task
def digest() -> int:
    """Write down the digests whose hour has come (``manage.py digest``); in quiet hours nobody's has."""
    now = timezone.now()
    return 0 if is_quiet(now) else digests.digest(now)


@shared_task
def publish() -> int:
    """Ring the bell for what is due (``manage.py deliver`` sends it itself)."""
    now = timezone.now()
    return sending.publish(_ring_delivery, at=now, quiet=is_quiet(now))


@shared_task
def watch_burden() -> int:
    """Tell departments, once a month, where the burden has passed their ceiling (``manage.py watch_burden``)."""
    now = timezone.now()
    return burden.watch(timezone.localdate(now).replace(day=1), now)


@shared_task(soft_time_limit=40)
def deliver(pk: int) -> bool:
    """The bell of one message; it may be heard late, so the hour is asked again."""
    now = timezone.now()
    return sending.deliver(pk, EVENTS, at=now, quiet=is_quiet(now))


def _ring_delivery(pk: int) -> None:
    try:
        deliver.apply_async((pk,), expires=sending.LEASE.total_seconds())  # by then it is rung again
    except OperationalError as deaf:
        raise ConnectionError from deaf


@shared_task
def advance_import(pk: int) -> None:
    """The bell of a handed-in or confirmed file (``manage.py sweep_imports``). What is done already stays done."""
    with suppress(Refused):
        imports.advance(ImportRun.objects.get(pk=pk), at=timezone.now())


def ring_import(run: ImportRun) -> None:
    """Ring the worker's bell once the row stands. Without a broker the file is brought on here and now."""
    transaction.on_commit(lambda: _ring(run))


def _ring(run: ImportRun) -> None:
    try:
        advance_import.delay(run.pk)
    except OperationalError:
        advance_import(run.pk)


@shared_task
def sweep_imports(at_start: bool = False) -> int:
    """Take up files that nobody has in hand (``manage.py sweep_imports``); a starting worker waits for no lease."""
    return imports.sweep(at=timezone.now(), wait=not at_start)
