"""Points (积分): off by default, only for what whoever asked has confirmed, for one's own eyes, without any rank."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from alliances.models import RuleSet
from listings import transitions as verbs
from listings.models import Help
from tests.cast import person
from tests.listings.conftest import item_on

pytestmark = pytest.mark.django_db


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def helped(cast, needs, now):
    """王五 of 妇联 lends a hand with what 东石桥 asked; it is not confirmed yet."""
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="给老人换灯泡")
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=now)
    verbs.name_helpers(claim, [person("王五", cast.fulian_org)], by=cast.fulian, at=now)
    verbs.finish(claim, by=cast.fulian, at=now)
    return item


@pytest.fixture
def points_on():
    return RuleSet.objects.create(region_id="150422", points=True)


def confirmed(item, cast, now):
    return verbs.confirm(item, by=cast.dongshiqiao, at=now)


def earned(user):
    return Help.objects.visible_to(user).earning().count()


def test_without_a_rule_nothing_earns_a_point(cast, helped, now):
    confirmed(helped, cast, now)
    assert not RuleSet().points
    assert earned(cast.fulian) == 0


def test_a_neighbouring_regions_rule_switches_nothing_on_here(cast, helped, now):
    RuleSet.objects.create(region_id="4113", points=True)
    confirmed(helped, cast, now)
    assert earned(cast.fulian) == 0


def test_a_region_may_switch_off_what_the_city_has_switched_on(cast, helped, now):
    RuleSet.objects.create(region_id="1504", points=True)
    confirmed(helped, cast, now)
    assert earned(cast.fulian) == 1
    RuleSet.objects.create(region_id="150422", points=False)
    assert earned(cast.fulian) == 0


def test_only_the_confirmation_earns_and_a_correction_takes_it_back(cast, helped, points_on, now):
    assert earned(cast.fulian) == 0, "done is not confirmed"
    confirmed(helped, cast, now)
    assert earned(cast.fulian) == 1
    verbs.correct(helped, by=cast.chifeng, at=now, reason="确认错了事项")
    assert earned(cast.fulian) == 0


def test_a_day_counts_once_however_often_the_name_is_given(cast, helped, points_on, now):
    claim, wangwu = helped.claims.get(), Help.objects.get().person
    verbs.send_back(helped, by=cast.dongshiqiao, at=now, reason="还有一盏不亮")
    claim.refresh_from_db()
    verbs.name_helpers(claim, [wangwu], by=cast.fulian, at=now)
    verbs.finish(claim, by=cast.fulian, at=now)
    helped.refresh_from_db()
    confirmed(helped, cast, now)
    assert earned(cast.fulian) == 1


@pytest.mark.parametrize(
    ("who", "sees"),
    [("fulian", True), ("dongshiqiao", False), ("lindong", False), ("balinzuo", False), ("chifeng", False),
     ("lushan", False), ("nanyang", False)],
)  # fmt: skip
def test_points_are_for_the_own_branch(cast, helped, points_on, now, browse, who, sees):
    confirmed(helped, cast, now)
    page = browse(who).get(reverse("points:list")).content.decode()
    assert ("给老人换灯泡" in page) == sees
    rows = browse(who).get("/api/v1/points/").json()["results"]
    assert bool(rows) == sees
    if not sees:
        assert browse(who).get(f"/api/v1/points/{Help.objects.get().pk}/").status_code == 404


def test_people_stand_as_recorded_never_by_points(cast, helped, points_on, now, browse):
    """李六, recorded later, has more points and still stands below."""
    claim = helped.claims.get()
    verbs.send_back(helped, by=cast.dongshiqiao, at=now, reason="还有一盏不亮")
    claim.refresh_from_db()
    later, tomorrow = person("李六", cast.fulian_org), now + timedelta(days=1)
    verbs.name_helpers(claim, [later], by=cast.fulian, at=now)
    verbs.name_helpers(claim, [later], by=cast.fulian, at=tomorrow)
    verbs.finish(claim, by=cast.fulian, at=tomorrow)
    helped.refresh_from_db()
    confirmed(helped, cast, tomorrow)
    people = Help.objects.visible_to(cast.fulian).earning().by_person()
    assert [(row["person__name"], row["points"]) for row in people] == [("王五", 1), ("李六", 2)]
    client = browse("fulian")
    assert client.get("/api/v1/points/?ordering=-points").status_code == 422
    assert client.get("/points/?ordering=-points&person=" + str(later.pk)).content.decode().count("给老人换灯泡") == 2


def test_where_points_are_off_the_page_says_so_and_no_way_leads_there(cast, browse):
    client = browse("fulian")
    assert "本地没有启用积分" in client.get(reverse("points:list")).content.decode()
    assert reverse("points:list") not in client.get("/claims/").content.decode()
    RuleSet.objects.create(region_id="150422", points=True)
    assert reverse("points:list") in client.get("/claims/").content.decode()
    assert reverse("points:list") not in browse("chifeng").get("/alliances/").content.decode()


def test_three_points_cost_no_more_queries_than_one(cast, needs, points_on, now, browse, django_assert_max_num_queries):
    client = browse("fulian")
    counts = []
    for title in ("一", "二", "三"):
        item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title)
        claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=now)
        verbs.name_helpers(claim, [person(title, cast.fulian_org)], by=cast.fulian, at=now)
        verbs.finish(claim, by=cast.fulian, at=now)
        confirmed(item, cast, now)
        with django_assert_max_num_queries(40) as asked:
            assert client.get(reverse("points:list")).status_code == 200
        counts.append(len(asked))
    assert counts[2] == counts[0]
