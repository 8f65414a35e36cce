"""The calendar feed: a secret address that shows what one's own alliances plan, and no person's name."""

from datetime import time, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from alliances import transitions as verbs
from alliances.models import CalendarFeed
from members.models import Step
from tests.cast import NOW, alliance, at

FAR = "nobody-has-this-secret"


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def planned(cast, today):
    words = {"by": cast.dongshiqiao, "at": timezone.now()}
    verbs.plan(
        cast.alliance, kind="theme_day", title="清理楼道", host=cast.fulian_org, planned_on=today, place="小区", **words
    )
    meeting = verbs.convene(
        cast.alliance, kind="regular", title="冬季例会", host=cast.dongshiqiao_org, begins_at=time(9, 30),
        planned_on=today + timedelta(days=3), **words,
    )  # fmt: skip
    verbs.cancel_meeting(meeting, reason="改期", **words)
    other = alliance("别处的联盟", cast.lushan_org, cast.banner_org)
    verbs.plan(other, kind="other", title="别家的活动", host=cast.lushan_org, planned_on=today, **words)


def read(secret):
    return Client().get(reverse("calendar:document", args=[secret]))


def events(secret):
    answer = read(secret)
    assert answer.status_code == 200
    return {str(event["summary"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}


def test_whoever_has_the_address_reads_ones_own_alliances_without_a_log_in(cast, planned, today):
    found = events(verbs.open_feed(cast.fulian, at=NOW))
    assert set(found) == {"清理楼道", "冬季例会"}
    day, meeting = found["清理楼道"], found["冬季例会"]
    assert (day["dtstart"].dt, str(day["location"])) == (today, "小区")
    assert timezone.localtime(meeting["dtstart"].dt).time() == time(9, 30)
    assert str(meeting["status"]) == "CANCELLED"
    assert cast.alliance.name in str(day["description"])


def test_no_person_stands_in_it_and_nothing_keeps_it(cast, planned):
    answer = read(verbs.open_feed(cast.fulian, at=NOW))
    text = answer.content.decode()
    assert cast.dongshiqiao.name not in text
    assert "no-store" in answer["Cache-Control"]
    assert answer["Content-Type"].startswith("text/calendar")
    assert not answer.cookies


@pytest.mark.parametrize("who", ["chifeng", "nanyang", "dongguan", "auditor"])
def test_who_is_in_no_such_alliance_reads_nothing_of_it(cast, planned, who):
    assert "清理楼道" not in events(verbs.open_feed(getattr(cast, who), at=NOW))


def test_the_street_reads_what_stands_under_its_committee(cast, planned):
    assert set(events(verbs.open_feed(cast.lindong, at=NOW))) == {"清理楼道", "冬季例会"}


def test_who_has_left_reads_no_more(cast, planned):
    secret = verbs.open_feed(cast.fulian, at=NOW)
    verbs.leave(cast.alliance.memberships.get(organization=cast.fulian_org), by=cast.fulian, at=NOW, reason="撤并")
    assert events(secret) == {}


def test_a_new_address_ends_the_old_one_and_closing_ends_all(cast, browse):
    old = verbs.open_feed(cast.fulian, at=NOW)
    fulian = browse("fulian")
    page = fulian.post(reverse("calendar:feed"))
    new = page.context["address"].rpartition("/")[2].removesuffix(".ics")
    assert (read(old).status_code, read(new).status_code) == (404, 200)
    again = fulian.get(reverse("calendar:feed")).content.decode()
    assert new not in again  # shown once
    assert fulian.post(reverse("calendar:close")).status_code == 302
    assert read(new).status_code == 404
    assert not CalendarFeed.objects.exists()
    assert list(Step.objects.filter(verb__endswith="feed").values_list("verb", flat=True)) == [
        "open_feed", "open_feed", "close_feed",
    ]  # fmt: skip


def test_the_secret_is_kept_as_its_digest_only(cast):
    secret = verbs.open_feed(cast.fulian, at=NOW)
    assert secret not in str(list(CalendarFeed.objects.values())) + str(list(Step.objects.values()))


def test_a_wrong_secret_and_a_disabled_account_answer_alike(cast):
    secret = verbs.open_feed(cast.fulian, at=NOW)
    type(cast.fulian).objects.filter(pk=cast.fulian.pk).update(is_active=False)
    assert read(secret).status_code == read(FAR).status_code == 404


def test_a_feed_is_not_read_every_second(cast, monkeypatch):
    monkeypatch.setattr("alliances.views.feed.READS_A_MINUTE", 2)
    monkeypatch.setattr("alliances.views.feed.TRIES_A_MINUTE", 2)
    secret = verbs.open_feed(cast.fulian, at=at(NOW.date()))
    assert [read(secret).status_code for _ in range(3)] == [200, 200, 429]
    tries = [read(f"{FAR}-{n}") for n in range(3)]
    assert [answer.status_code for answer in tries][-1] == 429
    assert int(tries[-1]["Retry-After"]) <= 60
