"""A review is a function of the data, whoever is killed on the way."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from django.core.management import call_command
from django.db import connection

from assessments import reviews
from assessments.models import Proposal, ReviewRow, ReviewRun
from config.celery import app
from tests.assessments.facts import QUARTER_END, many_alliances, solved, unsolved
from tests.cast import people

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ALLIANCES = 120
PATIENCE = 60


@pytest.fixture
def town():
    """Enough alliances for a review to have a middle, and what a review of them finds when nothing goes wrong."""
    cast = people()
    for n, alliance in enumerate(many_alliances(cast, ALLIANCES)):
        if n % 3 == 0:
            solved(alliance, 10)
        if n % 5 == 0:
            unsolved(alliance, 6)
    unbroken = reviews.run(QUARTER_END)
    found = unbroken.digest, set(Proposal.objects.values_list("alliance_id", "kind"))
    Proposal.objects.all().delete()
    ReviewRun.objects.all().delete()
    return found


@contextmanager
def child(*what, **environment):
    """A process group of its own, gone at the end."""
    name = connection.settings_dict["NAME"]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.assessments.child", name, *what], start_new_session=True,
        env=os.environ | environment,
    )  # fmt: skip
    try:
        yield process
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def until(true):
    """Wait for it; what happens in other processes takes its time."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def killed_in_its_middle(process):
    until(lambda: ReviewRow.objects.count() >= 3)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    begun = ReviewRun.objects.get()
    assert begun.state == "running"
    assert 3 <= begun.rows.count() < ALLIANCES


def found():
    begun = ReviewRun.objects.get()
    assert begun.state == "complete"
    return begun.digest, set(Proposal.objects.values_list("alliance_id", "kind"))


def lock_is_free():
    """The database notices within moments that whoever held the lock is dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s", [reviews.LOCK_SPACE]
        )
        return cursor.fetchone()[0] == 0


def test_a_review_killed_in_its_middle_and_run_again_finds_the_same(town):
    with child("run_review", "--as-of", str(QUARTER_END)) as first:
        killed_in_its_middle(first)
    until(lock_is_free)
    call_command("run_review", as_of=QUARTER_END)
    assert found() == town


def test_a_review_killed_three_times_and_swept_finds_the_same(town):
    done = 0
    for _kill in range(3):
        with child("run_review", "--as-of", str(QUARTER_END)) as process:
            until(lambda least=done + 3: ReviewRow.objects.count() >= least)
            os.killpg(process.pid, signal.SIGKILL)
        until(lock_is_free)
        done = ReviewRow.objects.count()
    call_command("sweep_reviews", now=True)
    assert found() == town


def test_a_worker_killed_with_all_its_children_leaves_nothing_that_the_next_one_does_not_finish(town):
    app.control.purge()
    with child("worker") as worker:
        call_command("run_review", as_of=QUARTER_END, queue=True)
        killed_in_its_middle(worker)
    with child("worker"):
        until(lambda: ReviewRun.objects.get().state == "complete")
    assert found() == town


def test_two_copies_at_once_write_every_alliance_once(town):
    with (
        child("run_review", "--as-of", str(QUARTER_END)) as one,
        child("run_review", "--as-of", str(QUARTER_END)) as other,
    ):
        until(lambda: one.poll() is not None and other.poll() is not None)
    assert 0 in (one.returncode, other.returncode)
    assert ReviewRow.objects.count() == ALLIANCES + 2
    assert found() == town


def test_a_review_asked_for_while_the_broker_is_away_is_found_by_the_sweeper(town):
    with child("run_review", "--as-of", str(QUARTER_END), "--queue", REDIS_URL="unix:///nowhere.sock") as command:
        assert command.wait(PATIENCE) == 0
    assert ReviewRun.objects.get().state == "running"
    call_command("sweep_reviews")
    assert found() == town
