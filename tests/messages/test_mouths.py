"""Inbox, settings, robots, subscriptions and the record of what was sent, on pages and through REST."""

import json
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.events import EVENTS
from assessments.hours import is_quiet, is_urgent
from assessments.notices import WRITERS
from listings import transitions as verbs
from listings.models import Whistle
from members import sending
from members.digests import digest
from members.models import Delivery, IdempotentAnswer, Notice, Preference, Robot, Step, Webhook
from members.notices import tell
from members.robots import set_preference
from members.webhooks import ping
from tests.cast import KEY, NOW, client_of

pytestmark = pytest.mark.django_db
JSON = "application/json"


@pytest.fixture
def told(cast, item):
    """东石桥 has one message: 妇联 claims."""
    Step.objects.update(told_at=NOW)
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=timezone.now())
    tell(WRITERS, timezone.now(), EVENTS)
    return Notice.objects.get(user=cast.dongshiqiao)


@pytest.fixture
def program(hotline):
    return Client(headers={"Authorization": f"Bearer {KEY}"})


# The inbox ----------------------------------------------------------------------------------------------------


def test_opening_a_message_leaves_nothing_and_putting_it_away_is_ones_own_affair(cast, told, browse):
    mine, before = browse("dongshiqiao"), Step.objects.count()
    page = mine.get(reverse("inbox:list"))
    assert page.context["unread"] == 1
    assert list(page.context["object_list"]) == [told]
    mine.get(told.url)
    told.refresh_from_db()
    assert not told.put_away
    for other in ("fulian", "chifeng", "nanyang"):
        browse(other).post(reverse("inbox:put_away"), {"notice": told.pk})
    assert Notice.objects.get(pk=told.pk).put_away is False
    assert mine.post(reverse("inbox:put_away"), {"notice": told.pk}).status_code == 302
    page = mine.get(reverse("inbox:list"))
    assert (page.context["unread"], list(page.context["object_list"])) == (0, [])
    assert list(mine.get(reverse("inbox:list"), {"tab": "read"}).context["object_list"]) == [told]
    assert Step.objects.count() == before
    assert "put_away" in {field.name for field in Notice._meta.fields}
    assert not {field.name for field in Notice._meta.fields} & {"read_at", "opened_at", "put_away_at"}


def test_all_at_once_and_back_again_by_page_and_by_rest(cast, told, browse):
    mine = browse("dongshiqiao")
    assert mine.post("/api/v1/notices/put-away/", {}, JSON).json() == {"changed": 1}
    assert mine.post("/api/v1/notices/bring-back/", {"notices": [told.pk]}, JSON).json() == {"changed": 1}
    mine.post(reverse("inbox:put_away"))
    assert mine.get("/api/v1/notices/?put_away=true").json()["results"][0]["id"] == told.pk
    for odd in ({"notice": "x"}, {"notice": ["1"] * 501}):
        assert mine.post(reverse("inbox:bring_back"), odd).status_code == 422
    mine.post(reverse("inbox:bring_back"), {"notice": 2**70})  # names none, so it is not all of them
    assert Notice.objects.get(pk=told.pk).put_away


@pytest.mark.parametrize("count", [1, 3])
def test_the_inbox_asks_the_same_number_of_questions_for_any_number_of_messages(
    cast, told, browse, count, django_assert_max_num_queries
):  # fmt: skip
    for _more in range(count - 1):
        told.pk, told.step = None, Step.objects.exclude(notices__user=cast.dongshiqiao).first()
        told.save(force_insert=True)
    mine = browse("dongshiqiao")
    mine.get(reverse("inbox:list"))
    with django_assert_max_num_queries(14):
        assert len(mine.get(reverse("inbox:list")).context["object_list"]) == count


# One's own settings ---------------------------------------------------------------------------------------------


def test_one_digest_a_day_at_ones_own_hour_of_what_one_has_not_put_away(cast, told, mail, mailoutbox):
    at = told.at
    here = timezone.localtime(at).replace(hour=10, minute=0)
    set_preference(cast.dongshiqiao, email="d@example.org", email_on=True, digest_hour=11, at=at - timedelta(days=2))
    Notice.objects.filter(pk=told.pk).update(at=here - timedelta(hours=1))
    assert digest(here) == 0
    assert digest(here.replace(hour=11)) == 1
    assert digest(here.replace(hour=12)) == 0
    sending.send_due(EVENTS, at=here.replace(hour=12), quiet=False)
    ((one,), body) = mailoutbox, mailoutbox[0].body
    assert (one.to, told.text in body) == (["d@example.org"], True)
    tomorrow = here + timedelta(days=1, hours=2)
    assert digest(tomorrow) == 0
    set_preference(cast.dongshiqiao, email="", email_on=False, digest_hour=11, at=at)
    assert digest(tomorrow + timedelta(days=1)) == 0


def test_mail_switched_on_again_and_what_is_put_away_meanwhile_are_not_told(cast, told, mail, mailoutbox):
    noon, day = timezone.localtime(told.at).replace(hour=12, minute=0), timedelta(days=1)

    def switch(on, at):
        set_preference(cast.dongshiqiao, email="d@example.org", email_on=on, digest_hour=9, at=at)

    switch(True, noon - 2 * day)
    Notice.objects.filter(pk=told.pk).update(at=noon - day)
    assert digest(noon) == 1
    Notice.objects.update(put_away=True)
    sending.send_due(EVENTS, at=noon, quiet=False)
    assert (Delivery.objects.get().state, mailoutbox) == ("withheld", [])
    switch(False, noon)
    Notice.objects.update(at=noon + day, put_away=False)
    switch(True, noon + 2 * day)
    assert digest(noon + 3 * day) == 0


def test_a_test_under_a_key_waits_for_the_bell(cast, browse, mail, mailoutbox):
    set_preference(cast.fulian, email="f@example.org", email_on=False, digest_hour=9, at=NOW)
    said = browse("fulian").post("/api/v1/notices/test-mail/", {}, JSON, headers={"Idempotency-Key": "one"})
    assert (said.json()["state"], mailoutbox) == ("pending", [])


@pytest.mark.parametrize(
    ("moment", "quiet"),
    [("2019-06-03 10:00", False), ("2019-06-03 22:00", True), ("2019-06-03 07:59", True), ("2019-06-08 10:00", True),
     ("2019-06-07 10:00", True), ("2024-02-18 10:00", False), ("2024-02-12 10:00", True)],
)  # fmt: skip
def test_quiet_hours_follow_the_notices_on_holidays(db, moment, quiet):
    assert is_quiet(timezone.make_aware(datetime.fromisoformat(moment))) is quiet


@pytest.mark.parametrize(
    ("reason", "verb", "urgent"),
    [("emergency", "blow", True), ("emergency", "approve", True), ("emergency", "evaluate", False),
     ("pressing", "blow", False)],
)  # fmt: skip
def test_only_a_whistle_for_an_emergency_is_told_at_any_hour(db, reason, verb, urgent):
    step = Step(verb=verb)
    step.thing = Whistle(pk=1, reason=reason)
    assert is_urgent(step) is urgent


def test_a_complaint_through_rest_is_answered_inside(cast, browse):
    made = browse("fulian").post("/api/v1/complaints/", {"text": "表太多", "page": "/burden/"}, JSON)
    assert (made.status_code, made.json()["region"]) == (201, "150422")
    answer = f"/api/v1/complaints/{made.json()['id']}/answer/"
    assert browse("nanyang").post(answer, {"text": "好"}, JSON).status_code == 404
    assert browse("balinzuo").post(answer, {"text": "已合并两张表"}, JSON).json()["answer"] == "已合并两张表"
    assert browse("balinzuo").post(answer, {"text": "再答"}, JSON).status_code == 409
    Step.objects.exclude(verb="answer").update(told_at=NOW)
    tell(WRITERS, timezone.now(), EVENTS)
    assert Notice.objects.get(user=cast.fulian).text == "您的投诉与建议有了答复。"


def test_settings_by_page_and_by_rest(cast, browse, mail, mailoutbox):
    mine, page = browse("fulian"), reverse("messages:settings")
    assert mine.post(page, {"email_on": "on", "email": "", "digest_hour": 9}).status_code == 422
    assert mine.post(page, {"email_on": "on", "email": "f@example.org", "digest_hour": 23}).status_code == 422
    assert mine.post(page, {"email_on": "on", "email": "f@example.org", "digest_hour": 9}).status_code == 302
    assert mine.post(reverse("messages:mail_test")).status_code == 302
    assert [one.subject for one in mailoutbox] == ["测试邮件"]
    said = mine.post("/api/v1/notices/set-preference/", {"email_on": False, "email": "", "digest_hour": 10}, JSON)
    assert said.json() == mine.get("/api/v1/notices/preference/").json()
    assert mine.post("/api/v1/notices/test-mail/", {}, JSON).json()["code"] == "no_address"
    assert Preference.objects.count() == 1


def test_where_no_mail_is_configured_nobody_is_offered_it(browse):
    page = browse("fulian").get(reverse("messages:settings")).content.decode()
    assert "没有配置邮件服务器" in page
    assert 'name="email"' not in page


# Robots ---------------------------------------------------------------------------------------------------------


def test_a_head_sets_a_robot_tries_it_and_ends_it(cast, browse, other_side):
    mine = browse("fulian")
    words = {"owner": f"o{cast.fulian_org.pk}", "kind": "wecom", "name": "左旗妇联群", "hour": 9}
    words |= {"address": other_side.url}
    assert mine.post(reverse("messages:robot_set"), words | {"address": "https://example.org/?a=1"}).status_code == 422
    assert mine.post(reverse("messages:robot_set"), words | {"owner": "r150422"}).status_code == 422
    assert mine.post(reverse("messages:robot_set"), words).status_code == 302
    robot = Robot.objects.get()
    assert other_side.url not in mine.get(reverse("messages:robots")).content.decode()
    assert mine.post(reverse("messages:robot_test", args=[robot.pk])).status_code == 302
    other_side.answers = [(200, b'{"errcode":93000}')]
    refused = mine.post(reverse("messages:robot_test", args=[robot.pk]))
    assert (refused.status_code, "93000" in refused.content.decode()) == (409, True)
    failed = Delivery.objects.get(state="failed")
    assert mine.post(reverse("messages:replay", args=[failed.pk])).status_code == 409  # a test is pressed anew
    assert mine.post(reverse("messages:robot_end", args=[robot.pk])).status_code == 302
    assert mine.post(reverse("messages:robot_test", args=[robot.pk])).status_code == 409
    assert [step.verb for step in Step.objects.of(robot)] == ["set_robot", "test", "test", "end_robot"]


def test_a_department_sets_one_for_its_very_region_by_rest(cast, browse, other_side):
    words = {"kind": "wecom", "name": "赤峰组织群", "address": other_side.url, "region": "1504"}
    made = browse("chifeng").post("/api/v1/robots/", words, JSON)
    assert (made.status_code, "address" in made.json()) == (201, False)
    assert browse("chifeng2").post(f"/api/v1/robots/{made.json()['id']}/test/", {}, JSON).json()["state"] == "confirmed"
    for name in ("balinzuo", "nanyang", "fulian"):
        assert browse(name).post("/api/v1/robots/", words, JSON).status_code == 404
        assert browse(name).get(f"/api/v1/robots/{made.json()['id']}/").status_code == 404


def test_the_robots_line_names_nobody_and_nothing(cast, told, other_side):
    from members.robots import set_robot

    here = timezone.localtime(told.at).replace(hour=10)
    set_robot(
        kind="wecom", name="东石桥群", address=other_side.url, secret="", hour=9, organization=cast.dongshiqiao_org,
        by=cast.dongshiqiao, at=here - timedelta(days=1),
    )  # fmt: skip
    Notice.objects.filter(pk=told.pk).update(at=here - timedelta(hours=1))
    assert [digest(here), digest(here)] == [1, 0]
    sending.send_due(EVENTS, at=here, quiet=False)
    line = json.loads(other_side.got[0][2])["text"]["content"]
    assert "新消息" in line
    assert "疏通" not in line
    assert "妇联" not in line


# Subscriptions ---------------------------------------------------------------------------------------------------


def test_a_program_subscribes_once_and_its_secret_is_told_once(cast, program, other_side):
    words = {"url": other_side.url, "events": ["item.confirmed"]}
    made = program.post("/api/v1/webhooks/", words, JSON, headers={"Idempotency-Key": "one"})
    assert (made.status_code, made.json()["secret"][:6]) == (201, "whsec_")
    again = program.post("/api/v1/webhooks/", words, JSON, headers={"Idempotency-Key": "one"})
    assert (again.json()["id"], again.json()["secret"]) == (made.json()["id"], None)
    secret = made.json()["secret"]
    assert not IdempotentAnswer.objects.filter(body__contains=secret).exists()
    assert secret not in Webhook.objects.get(pk=made.json()["id"]).secret
    assert "secret" not in program.get(f"/api/v1/webhooks/{made.json()['id']}/").json()
    assert not any(secret in str(step.detail) for step in Step.objects.all())
    rotated = program.post(f"/api/v1/webhooks/{made.json()['id']}/rotate-secret/", {}, JSON).json()["secret"]
    assert rotated not in {secret, None}


@pytest.mark.parametrize(
    "words",
    [{"url": "https://10.0.0.1/"}, {"url": "http://example.org/"}, {"url": "x" * 10_000}, {"url": "https://a\x00b/"},
     {"events": ["no.such"]}, {"events": []}, {"events": ["item.confirmed"] * 41}],
)  # fmt: skip
def test_odd_subscriptions_are_refused(program, words):
    good = {"url": "https://example.org/", "events": ["item.confirmed"]}
    said = program.post("/api/v1/webhooks/", good | words, JSON)
    assert said.status_code == 422, said.content


def test_a_key_cannot_subscribe_to_what_it_does_not_read_nor_to_an_eleventh(cast, program, hotline, other_side):
    client_of("1504", "statistics:read", key="reads figures")
    figures = Client(headers={"Authorization": "Bearer reads figures"})
    words = {"url": other_side.url, "events": ["item.confirmed"]}
    assert figures.post("/api/v1/webhooks/", words, JSON).status_code == 422
    assert figures.get(f"/api/v1/webhooks/{hotline.pk}/").status_code == 404
    codes = [program.post("/api/v1/webhooks/", words, JSON).status_code for _more in range(10)]
    assert codes == [201] * 9 + [409]


def test_the_program_replays_its_own_messages_and_no_others(cast, program, hotline, other_side):
    other_side.answers = [(410, b""), (200, b"")]
    delivery = ping(hotline, by=hotline.client, at=NOW)
    sending.deliver(delivery.pk, EVENTS, at=NOW)
    said = program.get("/api/v1/deliveries/?state=failed").json()["results"]
    assert [row["message_id"] for row in said] == [str(delivery.message_id)]
    assert program.post(f"/api/v1/deliveries/{delivery.pk}/replay/", {}, JSON).json()["state"] == "pending"
    assert program.post(f"/api/v1/deliveries/{delivery.pk}/replay/", {}, JSON).status_code == 409
    sending.send_due(EVENTS, at=timezone.now(), quiet=True)
    assert other_side.ids == [str(delivery.message_id)] * 2
    client_of("4113", "lists:read", key="nanyang's")
    beside = Client(headers={"Authorization": "Bearer nanyang's"})
    assert beside.post(f"/api/v1/deliveries/{delivery.pk}/replay/", {}, JSON).status_code == 404
    assert len(program.get(f"/api/v1/deliveries/?webhook={hotline.pk}").json()["results"]) == 1
    theirs, none = (beside.get(f"/api/v1/deliveries/?webhook={pk}") for pk in (hotline.pk, 10**6))
    assert theirs.status_code == none.status_code == 422


def test_the_example_of_the_document_verifies_what_we_send(cast, hotline, other_side):
    page = (Path(__file__).resolve().parents[2] / "docs/messages.md").read_text("utf-8")
    example = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    assert len(example.splitlines()) <= 16
    known = {}
    exec(compile(example, "docs/messages.md", "exec"), known)  # noqa: S102 our own words
    ping(hotline, by=hotline.client, at=NOW)
    sending.send_due(EVENTS, at=NOW, quiet=True)
    _path, headers, body = other_side.got[0]
    now = NOW.timestamp()
    assert known["verified"](hotline.told, headers, body, now)["event"] == "ping"
    for secret, said, late in ((hotline.told, body + b" ", 0), ("whsec_AAAA", body, 0), (hotline.told, body, 999)):
        with pytest.raises(ValueError, match=r"signed|old"):
            known["verified"](secret, headers, said, now + late)
