"""The sealer beside people at work: it skips nothing, accuses nobody and makes nobody wait (G11)."""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from itertools import count
from threading import Event

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from django.db.models import Sum
from django.utils import timezone

from members.alone import alone
from members.models import Region, Step, TrailSeal
from members.pouring import drawn, pour
from members.states import Refused
from members.trail.proof import prove
from members.trail.seals import LOCK_SPACE, seal_trail

pytestmark = pytest.mark.django_db(transaction=True)
NOW = timezone.now() + timedelta(hours=1)


@pytest.fixture
def write():
    kind = ContentType.objects.get_for_model(Region)

    def deed(**fields):
        return Step.objects.create(**{"thing_type": kind, "thing_id": 1, "verb": "x", "at": NOW} | fields)

    return deed


@pytest.fixture
def beside():
    """Something done in a thread and a connection of its own."""
    with ThreadPoolExecutor(8) as threads:

        def begun(deed):
            def closing():
                try:
                    return deed()
                finally:
                    connection.close()

            return threads.submit(closing)

        yield begun


@pytest.mark.parametrize("first", ["written", "drawn"])
def test_an_id_in_somebodys_hand_is_neither_skipped_nor_found_later(write, beside, first):
    """Somebody has an id, written or only drawn, and is slow; a later one is committed already."""
    begun, go_on = Event(), Event()

    def slowly():
        with transaction.atomic():
            key = drawn(Step, 1)[0]
            if first == "written":
                write(id=key)
            begun.set()
            assert go_on.wait(20)
            if first == "drawn":
                write(id=key)

    slow = beside(slowly)
    assert begun.wait(20)
    write()
    waited = seal_trail(NOW, patience=0.05)
    assert (waited.rows, waited.waiting) == (0, ["members_step"])
    write()  # and nobody waits for the sealer
    go_on.set()
    slow.result(20)
    assert seal_trail(NOW).rows == 3
    assert prove().findings == []
    assert prove().unsealed == 0


def test_what_was_rolled_back_leaves_a_gap_and_no_alarm(write):
    write()
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    write()
    assert seal_trail(NOW).rows == 2
    assert prove().findings == []


def test_the_sealer_waits_for_those_at_work_and_for_nobody_who_comes_later(write, beside):
    begun, go_on = Event(), Event()

    def slowly(mine, theirs):
        with transaction.atomic():
            write()
            mine.set()
            assert theirs.wait(20)

    first = beside(lambda: slowly(begun, go_on))
    assert begun.wait(20)
    sealing = beside(lambda: seal_trail(NOW, patience=20))
    time.sleep(0.3)
    second, never = Event(), Event()
    last = beside(lambda: slowly(second, never))
    assert second.wait(20)
    go_on.set()
    first.result(20)
    assert sealing.result(20).waiting == []
    never.set()
    last.result(20)
    assert seal_trail(NOW).rows == 1
    assert prove().findings == []


def test_writers_at_once_with_the_sealer_lose_nothing_and_are_never_accused(write, beside):
    done, often = Event(), Event()

    def busily(seed):
        chance, kind = random.Random(seed), ContentType.objects.get_for_model(Region)
        turns = count()
        while next(turns) < 40 or not often.is_set():
            with transaction.atomic():
                for _deed in range(chance.randint(1, 3)):
                    write()
                if chance.random() < 0.3:
                    keys = drawn(Step, 5)
                    time.sleep(chance.random() / 200)
                    pour(
                        Step, {"id": keys, "thing_id": keys}, thing_type_id=kind.pk, verb="poured", at=NOW, detail={}
                    )  # fmt: skip
                time.sleep(chance.random() / 200)
                transaction.set_rollback(chance.random() < 0.2)

    def sealing():
        seals = 0
        try:
            while not done.is_set():
                seals += seal_trail(NOW, batch=7, patience=0.05).seals
                assert prove().findings == []
                if seals > 5:
                    often.set()
        finally:
            often.set()  # nobody works on for a sealer that has ended

    sealer = beside(sealing)
    for writer in [beside(lambda seed=seed: busily(seed)) for seed in range(6)]:
        writer.result(120)
    done.set()
    sealer.result(60)
    seal_trail(NOW, batch=7)
    proof = prove()
    assert (proof.findings, proof.unsealed) == ([], 0)
    assert TrailSeal.objects.aggregate(Sum("rows"))["rows__sum"] == Step.objects.count() > 300


def test_of_two_sealers_one_works(write, beside):
    write()
    begun, go_on = Event(), Event()

    def first():
        with alone(LOCK_SPACE, 0, Refused("sealing", "")):
            begun.set()
            assert go_on.wait(20)

    holding = beside(first)
    assert begun.wait(20)
    with pytest.raises(Refused):
        seal_trail(NOW)
    go_on.set()
    holding.result(20)
    assert seal_trail(NOW).rows == 1
