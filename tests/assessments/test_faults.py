"""A review is a function of the data, whoever is killed on the way."""

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from alliances.models import Alliance
from assessments import reviews
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.tasks import resume_review
from config.celery import app
from config.embedded.place import Place
from config.embedded.valkey import Valkey
from members.models import Step
from tests.assessments.facts import AFTER, QUARTER_END, many_alliances, solved, unsolved
from tests.cast import people

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ALLIANCES = 60
PATIENCE = 90


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
    begun = ReviewRun.objects.get(as_of=QUARTER_END)
    assert begun.state == "running"
    assert 3 <= begun.rows.count() < ALLIANCES


def children_of(pid):
    """The processes that a worker has forked."""
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def empty_redis():
    with app.connection_for_write() as connected:
        connected.default_channel.client.flushdb()


@pytest.fixture
def bell(tmp_path_factory):
    """A Valkey of this test's own, which may be killed."""
    server = Valkey(Place(tmp_path_factory.mktemp("bell")))
    server.start()
    yield server
    server.stop()


def found():
    begun = ReviewRun.objects.get(as_of=QUARTER_END)
    assert begun.state == "complete"
    return begun.digest, set(begun.proposals.values_list("alliance_id", "kind"))


def lock_is_free():
    """The database notices within moments that whoever held the lock is dead."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND classid = %s", [reviews.LOCK_SPACE]
        )
        return cursor.fetchone()[0] == 0


def undecided_before():
    """What the quarter before suggested to each, and nobody has decided on."""
    before = ReviewRun.objects.create(
        as_of=date(2019, 3, 31), period_from=date(2019, 1, 1), started_at=AFTER, state="complete"
    )
    alliances = Alliance.objects.values_list("pk", "region_id")
    Proposal.objects.bulk_create(
        [Proposal(run=before, alliance_id=pk, region_id=code, kind="observe", evidence=[]) for pk, code in alliances]
    )
    return before.proposals


def test_a_review_killed_in_its_middle_and_run_again_finds_the_same_and_only_then_the_one_before_lapses(town):
    before = undecided_before()
    with child("run_review", "--as-of", str(QUARTER_END)) as first:
        killed_in_its_middle(first)
    until(lock_is_free)
    assert set(before.values_list("state", flat=True)) == {"open"}
    call_command("run_review", as_of=QUARTER_END)
    call_command("run_review", as_of=QUARTER_END)
    assert found() == town
    assert set(before.values_list("state", flat=True)) == {"lapsed"}
    assert Step.objects.filter(verb="lapse").count() == before.count() == Alliance.objects.count()


def test_a_review_killed_four_times_and_swept_finds_the_same(town):
    done = 0
    for _kill in range(4):
        with child("run_review", "--as-of", str(QUARTER_END)) as process:
            until(lambda least=done + 3: ReviewRow.objects.count() >= least)
            os.killpg(process.pid, signal.SIGKILL)
        until(lock_is_free)
        done = ReviewRow.objects.count()
    call_command("sweep_reviews", now=True)
    assert found() == town


def test_a_worker_killed_with_all_its_children_and_redis_emptied_leave_nothing_that_the_next_one_does_not_finish(town):
    app.control.purge()
    with child("worker") as worker:
        call_command("run_review", as_of=QUARTER_END, queue=True)
        killed_in_its_middle(worker)
    empty_redis()
    with child("worker"):
        until(lambda: ReviewRun.objects.get().state == "complete")
    assert found() == town


def test_a_workers_child_killed_in_the_middle_is_replaced_and_the_review_ends_the_same(town):
    app.control.purge()
    with child("worker") as worker:
        call_command("run_review", as_of=QUARTER_END, queue=True)
        until(lambda: ReviewRow.objects.count() >= 3)
        for pid in children_of(worker.pid):
            os.kill(pid, signal.SIGKILL)
        until(lambda: ReviewRun.objects.get().state == "complete")
        assert worker.poll() is None
    assert found() == town


def test_redis_killed_in_a_review_delays_nothing_of_it(town, bell):
    """The bell has been heard; the worker goes on with what stands in PostgreSQL."""
    heard = {"REDIS_URL": f"unix://{bell.place.valkey_socket}"}
    with child("worker", **heard):
        with child("run_review", "--as-of", str(QUARTER_END), "--queue", **heard) as command:
            assert command.wait(PATIENCE) == 0
        until(lambda: ReviewRow.objects.count() >= 3)
        os.kill(bell.process.pid, signal.SIGKILL)
        until(lambda: ReviewRun.objects.get().state == "complete")
    assert found() == town


def test_three_copies_and_a_bell_that_is_rung_three_times_write_every_alliance_once(town):
    """Two beats ring twice; a broker rings again for what outlasts its visibility: whoever comes second leaves."""
    app.control.purge()
    begun = reviews.begin(QUARTER_END, at=AFTER)
    for _bell in range(3):
        resume_review.delay(begun.pk)
    with child("worker", "2"), child("run_review", "--as-of", str(QUARTER_END)) as one, child("sweep_reviews", "--now"):
        until(lambda: ReviewRun.objects.get().state == "complete")
        until(lambda: one.poll() is not None)
    assert ReviewRow.objects.count() == ALLIANCES + 2
    assert found() == town


def test_what_nobody_can_read_is_laid_aside_and_the_next_bell_is_heard(town):
    """Poison: a task that does not exist, an id that is none, a run that is not there."""
    app.control.purge()
    app.send_task("assessments.tasks.no_such_task", args=[1])
    for odd in ("nonsense", -1, None):
        resume_review.delay(odd)
    with child("worker"):
        call_command("run_review", as_of=QUARTER_END, queue=True)
        until(lambda: ReviewRun.objects.get().state == "complete")
    assert found() == town


def test_postgres_killed_in_a_review_leaves_the_digest_as_it_was(tmp_path, monkeypatch):
    for name in ("DATABASE_URL", "REDIS_URL"):
        monkeypatch.delenv(name, raising=False)
    tmp_path.chmod(0o711)
    said = subprocess.run(
        [sys.executable, "-m", "tests.assessments.kill_postgres", str(tmp_path), "2"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr[-3000:]
    assert said.stdout.split()[-1] == "SAME"


def test_a_review_asked_for_while_the_broker_is_away_is_found_by_the_sweeper(town):
    with child("run_review", "--as-of", str(QUARTER_END), "--queue", REDIS_URL="unix:///nowhere.sock") as command:
        assert command.wait(PATIENCE) == 0
    assert ReviewRun.objects.get().state == "running"
    call_command("sweep_reviews")
    assert found() == town
