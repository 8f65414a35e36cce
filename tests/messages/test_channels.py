"""What leaves the house: signed, only to addresses that may be called, with what the other side may see."""

import json
import socket
import threading
from base64 import b64decode
from contextlib import suppress
from smtplib import SMTPRecipientsRefused
from time import monotonic
from unittest.mock import Mock

import pytest
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage

from assessments.events import EVENTS
from assessments.notices import WRITERS
from listings import transitions as verbs
from members import robots, sending
from members.channels import outgoing
from members.channels.outgoing import Undelivered, demand_address, post
from members.models import Delivery, Notice, Region, Step, Webhook
from members.notices import tell
from members.sealing import Unsealable, seal, unseal
from members.webhooks import ping, subscribe, unsubscribe
from tests.cast import NOW, client_of

pytestmark = pytest.mark.django_db


def tell_all():
    tell(WRITERS, NOW, EVENTS)


def claimed(cast, item):
    return verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)


def test_a_claim_reaches_the_program_that_subscribed_signed_and_thin(cast, item, hotline, other_side):
    claimed(cast, item)
    tell_all()
    assert sending.send_due(EVENTS, at=NOW, quiet=True) == 1
    ((_path, headers, body),) = other_side.got
    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts, headers["webhook-id"]) == ("confirmed", 1, str(delivery.message_id))
    said = json.loads(body)
    assert (said["event"], said["data"]["id"], said["data"]["region"]) == ("item.claimed", item.pk, item.region_id)
    assert set(said["data"]) == {"type", "id", "number", "kind", "state", "region", "url"}
    assert b"fulian" not in body
    assert item.title.encode() not in body
    assert len(b64decode(hotline.told.removeprefix("whsec_"))) == 32


def test_nanyang_hears_nothing_of_chifeng_even_of_what_it_subscribed_to(cast, item, hotline, other_side):
    beside = client_of("4113", "lists:read", "register:read", key="nanyang's")
    subscribe(beside, other_side.url, ["item.claimed"], events=EVENTS, at=NOW)
    claimed(cast, item)
    tell_all()
    assert [row.webhook for row in Delivery.objects.all()] == [hotline]


def test_what_the_program_may_no_longer_see_when_it_leaves_is_withheld(cast, item, hotline, other_side):
    claimed(cast, item)
    tell_all()
    client = hotline.client
    client.region_id = "4113"
    client.save()
    sending.send_due(EVENTS, at=NOW, quiet=True)
    assert (Delivery.objects.get().state, other_side.got) == ("withheld", [])


@pytest.mark.parametrize("change", [{"scopes": ["statistics:read"]}, {"revoked_at": NOW}, {"expires_at": NOW}])
def test_a_key_that_opens_no_lists_any_more_is_told_nothing(cast, item, hotline, other_side, change):
    claimed(cast, item)
    tell_all()
    type(hotline.client).objects.filter(pk=hotline.client_id).update(**change)
    sending.send_due(EVENTS, at=NOW, quiet=True)
    assert (Delivery.objects.get().state, other_side.got) == ("withheld", [])


def test_an_ended_subscription_sends_nothing_not_even_what_was_on_its_way(cast, item, hotline, other_side):
    claimed(cast, item)
    tell_all()
    unsubscribe(hotline, by=hotline.client, at=NOW)
    sending.send_due(EVENTS, at=NOW, quiet=True)
    assert (Delivery.objects.get().state, other_side.got) == ("withheld", [])


REFUSED = [
    "http://example.org/", "ftp://example.org/", "https://user@example.org/", "https://127.0.0.1/", "https://[::1]/",
    "https://10.0.0.8/", "https://169.254.169.254/latest/meta-data/", "https://[::ffff:127.0.0.1]/",
    "https://[64:ff9b::7f00:1]/", "https://[64:ff9b:1::a00:8]/", "https://[fec0::1]/", "https://[::7f00:1]/",
    "https://[2002:5db8:d80e::]/", "https://[2001:0:5db8:d80e::1]/", "https://0.0.0.0/", "https://[2002:7f00:1::]/", "https://224.0.0.1/",
    "https://example.org:0/", "https://example.org:99999/", "https:///nowhere", "javascript:alert(1)",
    "https://ex\r\nample.org/", "https://例子.cn/", "https://example.org/" + "x" * 600, "https://example.org/#f",
]  # fmt: skip


@pytest.mark.parametrize("url", REFUSED)
def test_an_address_into_the_office_is_refused(url):
    with pytest.raises(ValidationError):
        demand_address(url)


@pytest.mark.parametrize("address", ["10.1.2.3", "127.0.0.1", "::1", "fd00::1", "100.64.0.1"])
def test_a_public_name_that_leads_inside_is_refused_when_it_is_looked_up(monkeypatch, address):
    """Also where only one of its addresses does; and the connection goes to the address that was looked at."""
    found = [(2, 1, 6, "", (ip, 443)) for ip in ("93.184.215.14", address)]
    monkeypatch.setattr(outgoing.socket, "getaddrinfo", lambda *a, **k: found)
    with pytest.raises(Undelivered) as refused:
        post("https://example.org/", b"{}", {})
    assert refused.value.final


def test_public_addresses_of_both_kinds_may_be_called():
    for host in ("93.184.215.14", "[2400:3200::1]", "[::ffff:93.184.215.14]"):
        assert demand_address(f"https://{host}/")


def test_an_answer_that_drips_is_cut_off(monkeypatch, other_side):
    monkeypatch.setattr(outgoing, "SECONDS", 0.2)
    done = threading.Event()

    def drip():
        caller, _address = server.accept()
        with caller, suppress(OSError):
            caller.sendall(b"HTTP/1.1 200 OK\r\n")
            while not done.wait(0.05):
                caller.sendall(b"X-More: 1\r\n")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        threading.Timer(3, done.set).start()
        begun = monotonic()
        with pytest.raises(Undelivered, match="没有在"):
            post(f"http://127.0.0.1:{server.getsockname()[1]}/", b"{}", {})
        assert monotonic() - begun < 2
        done.set()
        thread.join()


@pytest.mark.parametrize(("codes", "state"), [((550,), "failed"), ((550, 451), "pending")])
def test_a_mailbox_that_says_later_is_asked_again(cast, mail, monkeypatch, codes, state):
    refused = SMTPRecipientsRefused({str(code): (code, b"") for code in codes})
    monkeypatch.setattr(EmailMessage, "send", Mock(side_effect=refused))
    step = Step.objects.first()
    Notice.objects.create(step=step, user=cast.fulian, text="紧急", at=NOW)
    robots.set_preference(cast.fulian, email="f@example.org", email_on=True, digest_hour=9, at=NOW)
    Delivery.objects.create(channel="mail", content="urgent", user=cast.fulian, step=step, made_at=NOW, next_at=NOW)
    sending.send_due(EVENTS, at=NOW, quiet=True)
    assert Delivery.objects.get().state == state


def test_the_operator_may_name_networks_of_the_intranet(settings):
    settings.OUTGOING_PRIVATE = ["10.20.0.0/16", "oa.example.gov.cn"]
    assert demand_address("https://10.20.3.4:8443/hook").port == 8443
    with pytest.raises(ValidationError):
        demand_address("http://10.20.3.4/hook")
    with pytest.raises(ValidationError):
        demand_address("https://10.21.0.1/hook")


def test_no_redirect_is_followed_and_no_body_is_kept(cast, hotline, other_side):
    other_side.answers = [(302, b"a secret of theirs")]
    ping(hotline, by=hotline.client, at=NOW)
    sending.send_due(EVENTS, at=NOW, quiet=True)
    delivery = Delivery.objects.get()
    assert (len(other_side.got), delivery.state, delivery.last_error) == (1, "pending", "对方答复 302。")


def test_secrets_lie_sealed_and_open_with_a_former_key_only_for_their_purpose(settings, hotline):
    kept = Webhook.objects.get(pk=hotline.pk).secret
    assert hotline.told not in kept
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "n" * 60, [settings.SECRET_KEY]
    assert unseal(kept, "webhook") == hotline.told
    assert seal("一样", "webhook") != seal("一样", "webhook")
    for odd in (kept[:-4] + "AAA=", "", "~~", seal("x", "robot")):
        with pytest.raises(Unsealable):
            unseal(odd, "webhook")
    settings.SECRET_KEY_FALLBACKS = []
    with pytest.raises(Unsealable):
        unseal(kept, "webhook")


def robot_of(cast, other_side, kind="wecom", secret=""):
    return robots.set_robot(
        kind=kind, name="左旗妇联群", address=other_side.url, secret=secret, hour=9, organization=cast.fulian_org,
        by=cast.fulian, at=NOW,
    )  # fmt: skip


def test_a_robots_test_really_writes_into_the_chat_at_any_hour(cast, other_side):
    robot = robot_of(cast, other_side)
    assert other_side.url not in robot.address
    robots.test_robot(robot, by=cast.fulian, at=NOW)
    assert sending.send_due(EVENTS, at=NOW, quiet=True) == 1
    ((_path, _headers, body),) = other_side.got
    assert "测试消息" in json.loads(body)["text"]["content"]


def test_dingtalk_gets_its_signature_and_a_refusal_inside_of_a_200_is_one(cast, other_side):
    robot = robot_of(cast, other_side, "dingtalk", "SEC-1")
    other_side.answers = [(200, b'{"errcode":310000}'), (200, b"<html>"), (200, b'{"errcode":0}')]
    delivery = robots.test_robot(robot, by=cast.fulian, at=NOW)
    for state in ("failed", "failed", "confirmed"):
        sending.send_due(EVENTS, at=NOW, quiet=True)
        delivery.refresh_from_db()
        assert delivery.state == state
        sending.replay(delivery, by=cast.fulian, at=NOW)
    assert "&timestamp=1559527200000&sign=" in other_side.got[0][0]


def test_a_robot_speaks_only_to_the_platforms(cast, settings):
    for address in ("https://example.org/send?key=1", "https://qyapi.weixin.qq.com/cgi-bin/webhook/send"):
        with pytest.raises(ValidationError):
            robots.set_robot(
                kind="wecom", name="x", address=address, secret="", hour=9, by=cast.chifeng, at=NOW,
                region=Region.objects.get(code="1504"),
            )  # fmt: skip
