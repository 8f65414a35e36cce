"""Pending, published, confirmed: no lost bell, no dead worker and no broker that is away loses a message."""

import os
import signal
import subprocess
import sys
import threading
from datetime import timedelta

import pytest
from django.db import connection, connections
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.timezone import localtime

from assessments import tasks
from assessments.events import EVENTS
from assessments.notices import WRITERS
from config.celery import app
from config.embedded.place import Place
from config.embedded.valkey import Valkey
from config.supervisor import WORKERS
from listings import transitions as verbs
from members import sending
from members.models import Delivery, Notice, Step
from members.notices import tell
from members.webhooks import enqueue, ping, subscribe
from tests.assessments.test_faults import child, until
from tests.cast import NOW, client_of, people
from tests.listings.conftest import item_on, list_of

pytestmark = pytest.mark.django_db
LATER = NOW + sending.LEASE + timedelta(seconds=1)


def send(at=NOW, quiet=False):
    return sending.send_due(EVENTS, at=at, quiet=quiet)


def test_who_does_not_answer_is_asked_again_later_and_later_and_in_the_end_given_up(cast, hotline, other_side):
    other_side.answers = [(503, b"")]
    delivery, at, waits = ping(hotline, by=hotline.client, at=NOW), NOW, []
    while True:
        send(at)
        delivery.refresh_from_db()
        if delivery.state == "failed":
            break
        waits.append(delivery.next_at - at)
        at = delivery.next_at
    assert (len(other_side.got), delivery.attempts, delivery.last_error) == (10, 10, "对方答复 503。")
    assert len(set(other_side.ids)) == 1
    for times, wait in enumerate(waits):
        mean = min(sending.LONGEST, sending.FIRST * 2**times)
        assert mean / 2 <= wait <= mean * 1.5
    other_side.answers = [(204, b"")]
    sending.replay(delivery, by=hotline.client, at=at)
    assert send(at) == 1
    assert len(set(other_side.ids)) == 1
    assert Step.objects.of(delivery).get().verb == "replay"


def test_gone_is_gone(hotline, other_side):
    other_side.answers = [(410, b"")]
    ping(hotline, by=hotline.client, at=NOW)
    send()
    assert Delivery.objects.get().state == "failed"


def test_a_bell_that_nobody_heard_leaves_the_message_waiting(hotline):
    def deaf(key):
        raise ConnectionError

    ping(hotline, by=hotline.client, at=NOW)
    assert sending.publish(deaf, at=NOW, quiet=False) == 0
    assert Delivery.objects.get().state == "pending"


def test_a_bell_that_was_heard_and_forgotten_is_rung_again(hotline, other_side):
    """The relay or the broker died after publishing: what nobody confirmed within the lease is published again."""
    rung = []
    ping(hotline, by=hotline.client, at=NOW)
    assert [sending.publish(rung.append, at=NOW, quiet=False) for _again in range(2)] == [1, 0]
    assert sending.publish(rung.append, at=LATER, quiet=False) == 1
    for key in rung:
        sending.deliver(key, EVENTS, at=LATER)
    assert (len(rung), len(other_side.got)) == (2, 1)
    assert sending.publish(rung.append, at=LATER + timedelta(days=1), quiet=False) == 0


def test_a_worker_that_died_with_the_message_in_hand_is_succeeded_under_the_same_id(monkeypatch, hotline, other_side):
    delivery = ping(hotline, by=hotline.client, at=NOW)

    class Killed(BaseException):
        pass

    def sent_and_killed(delivery, events, at):
        sending_really(delivery, events, at)
        raise Killed

    sending_really = sending.CHANNELS["webhook"]
    with monkeypatch.context() as patched:
        patched.setitem(sending.CHANNELS, "webhook", sent_and_killed)
        with pytest.raises(Killed):
            sending.deliver(delivery.pk, EVENTS, at=NOW)
    assert sending.deliver(delivery.pk, EVENTS, at=NOW + timedelta(seconds=1)) is False
    assert sending.deliver(delivery.pk, EVENTS, at=LATER) is True
    assert other_side.ids == [str(delivery.message_id)] * 2


def test_at_night_only_programs_hear_and_people_of_what_is_urgent(cast, item, hotline, other_side, mail, mailoutbox):
    from members.digests import digest
    from members.robots import set_preference

    set_preference(cast.dongshiqiao, email="d@example.org", email_on=True, digest_hour=9, at=NOW - timedelta(days=1))
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    tell(WRITERS, NOW, EVENTS)
    assert digest(NOW) == 1
    assert send(quiet=True) == 1
    assert (len(other_side.got), mailoutbox) == (1, [])
    verbs.release(item.claims.get(), by=cast.fulian, at=NOW, reason="另有任务")
    tell(WRITERS, NOW, EVENTS, urgent=lambda step: step.verb == "release")
    assert send(quiet=True) == 1
    assert [one.subject for one in mailoutbox] == ["紧急事项"]
    assert f"{localtime(NOW):%Y-%m-%d %H:%M}" in mailoutbox[0].body
    assert send() == 1
    assert "认领了" in mailoutbox[1].body
    assert mailoutbox[1].extra_headers["Message-ID"].startswith("<")


def test_a_bell_heard_late_or_at_night_sends_nothing_that_must_wait(cast, mail, mailoutbox, hotline, other_side):
    rung, other_side.answers = [], [(503, b"")]
    ping(hotline, by=hotline.client, at=NOW)
    Delivery.objects.create(channel="mail", content="digest", user=cast.fulian, day=NOW, made_at=NOW, next_at=NOW)
    assert sending.publish(rung.append, at=NOW, quiet=False) == 2
    for key in rung * 2:
        sending.deliver(key, EVENTS, at=NOW, quiet=True)
    assert (len(other_side.got), mailoutbox) == (1, [])
    assert Delivery.objects.get(channel="mail").state == "published"


def test_a_subscriber_who_fails_keeps_nobody_waiting(cast, mail, hotline, other_side):
    from members.webhooks import subscribe

    beside, _secret = subscribe(hotline.client, other_side.url, ["item.claimed"], events=EVENTS, at=NOW)
    tried, behind, other = (ping(hook, by=hook.client, at=NOW) for hook in (hotline, hotline, beside))
    mail = Delivery.objects.create(channel="mail", content="test", user=cast.fulian, made_at=NOW, next_at=NOW)
    Delivery.objects.filter(pk=tried.pk).update(attempts=1, next_at=LATER)
    rung = []
    sending.publish(rung.append, at=NOW, quiet=False)
    assert rung == [mail.pk, other.pk]
    sending.publish(rung.append, at=LATER, quiet=False)
    assert behind.pk in rung[2:]


def test_what_breaks_is_an_attempt_and_stops_no_other(monkeypatch, hotline, other_side):
    broken, whole = (ping(hotline, by=hotline.client, at=NOW) for _two in range(2))
    really = sending.CHANNELS["webhook"]

    def breaking(delivery, events, at):
        if delivery.pk == broken.pk:
            raise RecursionError
        really(delivery, events, at)

    monkeypatch.setitem(sending.CHANNELS, "webhook", breaking)
    assert send() == 1
    broken.refresh_from_db()
    assert (broken.state, broken.attempts, broken.last_error) == ("pending", 1, "发送时出错。")
    assert other_side.ids == [str(whole.message_id)]


def test_a_subscriber_who_thinks_for_long_delays_no_notice(hotline):
    """What leaves the house rings in a queue of its own, and each queue has somebody who has nothing else to do."""
    ping(hotline, by=hotline.client, at=NOW)
    rung = [tasks.deliver.name, tasks.tell.name, tasks.resume_review.name]
    assert [app.amqp.router.route({}, name)["queue"].name for name in rung] == ["outgoing", "celery", "celery"]
    assert {words[1] for words in WORKERS.values()} == {queue.name for queue in app.conf.task_queues}
    with app.connection_for_write() as connected:
        waiting = connected.default_channel.client.llen
        before = waiting("outgoing"), waiting("celery")
        assert tasks.publish() == 1
        assert (waiting("outgoing"), waiting("celery")) == (before[0] + 1, before[1])


def test_a_batch_asks_once_a_program_and_kind_of_thing_whatever_it_has_to_tell(cast, hotline):
    listing = list_of(cast.alliance, cast.dongshiqiao)
    beside = client_of("4113", "lists:read", key="nanyang's")
    subscribe(beside, hotline.url, ["item.claimed"], events=EVENTS, at=NOW)
    counts = []
    for number in (1, 6):
        for place in range(number):
            made = item_on(listing, cast.dongshiqiao, cast.dongshiqiao_org, title=f"{number}-{place}")
            verbs.claim(made, cast.fulian_org, by=cast.fulian, at=NOW)
        claimed = Step.objects.filter(verb="claim", thing_type__model="item").select_related("thing_type")
        steps = list(claimed.order_by("-pk")[:number])
        with CaptureQueriesContext(connection) as asked:
            assert enqueue(steps, EVENTS, NOW) == number  # 南阳's program sees none of them
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_a_writer_that_breaks_silences_only_its_own_deed(cast, item, hotline):
    Step.objects.update(told_at=NOW)
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.release(item.claims.get(), by=cast.fulian, at=NOW, reason="另有任务")

    def breaking(step):
        raise KeyError("detail")

    whole = {key: breaking if key[1] == "claim" else writer for key, writer in WRITERS.items()}
    assert tell(whole, NOW, EVENTS, urgent=breaking) >= 1
    assert not Step.objects.untold().exists()
    assert not Notice.objects.filter(step__verb="claim").exists()


@pytest.mark.django_db(transaction=True)
def test_workers_at_once_send_one_message_once(other_side):
    people()
    hook, _secret = subscribe(client_of("1504", "lists:read"), other_side.url, ["item.claimed"], events=EVENTS, at=NOW)
    delivery = ping(hook, by=hook.client, at=NOW)

    def work():
        sending.deliver(delivery.pk, EVENTS, at=NOW)
        connections.close_all()

    workers = [threading.Thread(target=work) for _worker in range(6)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(other_side.got) == 1


@pytest.fixture
def office(other_side):
    """The cast with an open item, a subscriber, and a Valkey of this test's own that may be killed."""
    cast = people()
    wanted = ["item.claimed", "item.released", "item.done", "item.confirmed"]
    subscribe(client_of("1504", "lists:read"), other_side.url, wanted, events=EVENTS, at=NOW)
    cast.item = item_on(list_of(cast.alliance, cast.dongshiqiao), cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    return cast


@pytest.fixture
def bell(tmp_path_factory):
    """Its address for workers and for ourselves; ``kill()`` and ``start()``."""
    place = Place(tmp_path_factory.mktemp("bell"))
    server = Valkey(place)
    server.start()
    yield server
    server.stop()


def environment(server, other_side):
    allowed = {"OUTGOING_PRIVATE": "127.0.0.1", "OUTGOING_PLAIN": "127.0.0.1"}
    return {"REDIS_URL": f"unix://{server.place.valkey_socket}", **allowed}


def a_day_of_work(cast):
    """A claim that is released, one that is finished and confirmed; on pages."""
    women, lead = Client(), Client()
    women.force_login(cast.fulian)
    lead.force_login(cast.dongshiqiao)
    own = {"organization": cast.fulian_org.pk}
    assert women.post(reverse("items:claim", args=[cast.item.pk]), own).status_code == 302
    claim = cast.item.claims.get()
    assert women.post(reverse("claims:release", args=[claim.pk]), {"reason": "另有任务"}).status_code == 302
    assert women.post(reverse("items:claim", args=[cast.item.pk]), own).status_code == 302
    claim = cast.item.claims.exclude(pk=claim.pk).get()
    assert women.post(reverse("claims:finish", args=[claim.pk]), {"outcome": "清运完毕"}).status_code == 302
    assert lead.post(reverse("items:confirm", args=[cast.item.pk]), {"satisfaction": "satisfied"}).status_code == 302


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_what_was_done_while_redis_was_away_arrives_when_it_is_back(office, bell, other_side, settings):
    bell.stop()
    settings.CELERY_BROKER_URL = f"redis+socket://{bell.place.valkey_socket}"
    a_day_of_work(office)
    told = tell(WRITERS, NOW, EVENTS)
    assert told >= 4
    assert Delivery.objects.count() == 5
    assert Notice.objects.count() == told
    tell(WRITERS, NOW, EVENTS)
    assert Notice.objects.count() == told
    ring(bell, other_side)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"pending"}
    bell.start()
    everything_arrives(bell, other_side)


@pytest.mark.faults
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_redis_killed_after_publishing_loses_none(office, bell, other_side):
    a_day_of_work(office)
    tell(WRITERS, NOW, EVENTS)
    ring(bell, other_side)
    assert set(Delivery.objects.values_list("state", flat=True)) == {"published"}
    os.kill(bell.process.pid, signal.SIGKILL)
    bell.process.wait()
    bell.keep()
    assert queued(bell) == 0
    Delivery.objects.update(next_at=NOW)  # the lease is over
    everything_arrives(bell, other_side)


def ring(bell, other_side):
    """``publish`` in a process of its own, which knows this bell."""
    run = [sys.executable, "-m", "tests.messages.ring", connection.settings_dict["NAME"]]
    subprocess.run(run, check=True, env=os.environ | environment(bell, other_side))


def queued(bell):
    import redis

    with redis.Redis(unix_socket_path=str(bell.place.valkey_socket)) as client:
        return client.llen("celery") + client.llen("outgoing")


def everything_arrives(bell, other_side):
    with child("worker", **environment(bell, other_side)):
        ring(bell, other_side)
        until(lambda: not Delivery.objects.exclude(state="confirmed").exists())
    assert set(other_side.ids) == {str(key) for key in Delivery.objects.values_list("message_id", flat=True)}
    assert len(other_side.ids) >= 5
    assert not tasks.publish()
