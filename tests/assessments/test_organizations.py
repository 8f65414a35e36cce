"""An organisation's page and its year: everything that the house knows of it, for those who may read it."""

from datetime import date

import pytest
from django.urls import reverse

from alliances import transitions as together
from alliances.models import ServiceRecord
from listings import transitions as verbs
from members.models import Organization, Role, User
from tests.cast import NOW, again, alliance, person
from tests.listings.conftest import item_on, list_of

DAY = NOW.date()


@pytest.fixture(autouse=True)
def june(time_machine):
    time_machine.move_to("2019-06-20T02:00:00Z")


@pytest.fixture
def see(client):
    def seen(account, page, organization, **params):
        client.force_login(again(account))
        return client.get(reverse(f"organizations:{page}", args=[organization.pk]), params)

    return seen


def a_year_of_the_federation(cast):
    """妇联 takes on two needs of 东石桥: one is confirmed, with content; and comes to a theme day, where one serves."""
    needs = list_of(cast.alliance, cast.dongshiqiao)
    for title, done in (("垃圾清运", True), ("停车划线", False)):
        item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title)
        claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
        if done:
            verbs.finish(claim, by=cast.fulian, at=NOW)
            item.refresh_from_db()
            verbs.confirm(item, by=cast.dongshiqiao, at=NOW, satisfaction="satisfied")
    activity = together.plan(
        cast.alliance, kind="theme_day", title="清洁楼道", host=cast.fulian_org, planned_on=DAY, by=cast.fulian, at=NOW
    )
    session = together.hold(
        activity, held_on=DAY, organizations=[cast.fulian_org], by=cast.fulian, at=NOW
    )
    helper = person("王五", cast.fulian_org)
    ServiceRecord.objects.create(
        alliance=cast.alliance, region_id=cast.alliance.region_id, person=helper, session=session, served_on=DAY
    )


def lines(page):
    return {str(line.label): (line.value, str(line.note)) for line in page.context["lines"]}


def test_the_year_is_counted_and_nothing_is_typed_in(cast, see):
    a_year_of_the_federation(cast)
    told = lines(see(cast.fulian, "year", cast.fulian_org))
    assert told["参加联合体"] == (1, "其中牵头 0 个；本年新加入 1 个")
    assert told["参加活动"] == (1, "其中本组织主办 1 场")
    assert told["认领事项"][0] == 2
    assert told["认领后经提出方确认办结"] == (1, "提出方表示满意 1 / 1 项")
    assert told["党员志愿服务"] == (1, "1 名党员参加")
    asked = lines(see(cast.dongshiqiao, "year", cast.dongshiqiao_org))
    assert asked["提出事项"][0] == 2
    assert asked["提出的问题经本组织确认解决"][0] == 0


def test_another_year_is_another_sheet(cast, see, time_machine):
    a_year_of_the_federation(cast)
    time_machine.move_to("2020-03-02T02:00:00Z")
    assert lines(see(cast.fulian, "year", cast.fulian_org))["认领事项"][0] == 0
    assert lines(see(cast.fulian, "year", cast.fulian_org, year=2019))["认领事项"][0] == 2
    for odd in ("2018", "2021", "x", "99999", "2019\x00", "-1"):
        assert see(cast.fulian, "year", cast.fulian_org, year=odd).status_code == 404


def test_a_late_record_counts_once_a_second_person_has_confirmed_it(cast, see):
    old = together.plan(
        cast.alliance, kind="other", title="补录的座谈", host=cast.fulian_org, planned_on=date(2019, 4, 1),
        by=cast.fulian, at=NOW,
    )  # fmt: skip
    session = together.hold(old, held_on=date(2019, 4, 1), organizations=[cast.fulian_org], by=cast.fulian, at=NOW)
    assert lines(see(cast.fulian, "year", cast.fulian_org))["参加活动"][0] == 0
    together.confirm_session(session, by=cast.dongshiqiao, at=NOW)
    assert lines(see(cast.fulian, "year", cast.fulian_org))["参加活动"][0] == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("fulian", 200), ("balinzuo", 200), ("chifeng", 200), ("dongshiqiao", 403), ("lindong", 404), ("nanyang", 404)],
)
def test_the_year_is_for_the_organisation_and_those_above_it(cast, see, who, status):
    assert see(getattr(cast, who), "year", cast.fulian_org).status_code == status


def test_the_page_shows_alliances_claims_and_what_it_asked(cast, see):
    a_year_of_the_federation(cast)
    text = see(cast.balinzuo, "detail", cast.fulian_org).content.decode()
    for words in ("五金小区基层治理共同体", "垃圾清运", "停车划线", "经提出方确认 1 项", "满意 1 / 1"):
        assert words in text
    asked = see(cast.balinzuo, "detail", cast.dongshiqiao_org).content.decode()
    assert "提出的事项" in asked
    assert f"/items/?asked_by={cast.dongshiqiao_org.pk}" in asked


def test_what_it_does_in_an_alliance_that_the_reader_does_not_see_stays_hidden(cast, see):
    """妇联 also joins an alliance of Nanyang: 东石桥 sees 妇联, but nothing of that alliance."""
    hidden = alliance("南阳来的联盟", cast.dongguan_org, cast.nanyang_org, [cast.fulian_org])
    needs = list_of(hidden, cast.dongguan)
    item = item_on(needs, cast.dongguan, cast.dongguan_org, title="南阳的事项")
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    beside = see(cast.dongshiqiao, "detail", cast.fulian_org)
    assert beside.status_code == 200
    assert "南阳来的联盟" not in beside.content.decode()
    assert "南阳的事项" not in beside.content.decode()
    assert "南阳的事项" in see(cast.fulian, "detail", cast.fulian_org).content.decode()


def test_a_parent_out_of_sight_has_no_name(cast, see):
    assert cast.banner_org.name not in see(cast.dongshiqiao, "detail", cast.fulian_org).content.decode()
    assert cast.banner_org.name in see(cast.balinzuo, "detail", cast.fulian_org).content.decode()


def test_three_rows_cost_no_more_queries_than_one(cast, see):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for n in range(3):
        needs = list_of(cast.alliance, cast.dongshiqiao, kind=("supply_demand", "project", "resource")[n])
        item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项{n}")
        verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
        alliance(f"第{n}联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org])
        for page in ("detail", "year"):
            see(cast.balinzuo, page, cast.fulian_org)
        with CaptureQueriesContext(connection) as asked:
            for page in ("detail", "year"):
                assert see(cast.balinzuo, page, cast.fulian_org).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] == counts[2], counts
    assert counts[0] <= 90


def test_the_secretary_changes_and_the_contact_with_them(client, cast):
    Organization.objects.filter(pk=cast.fulian_org.pk).update(contact="原联系人")
    client.force_login(cast.balinzuo)
    page = reverse("organizations:hand_over", args=[cast.fulian_org.pk])
    said = {"username": "newhead", "name": "新书记", "as_contact": "on"}
    assert client.post(page, said).status_code == 302
    cast.fulian_org.refresh_from_db()
    assert cast.fulian_org.contact == "新书记"
    head = Role.objects.get(organization=cast.fulian_org, role="branch", until=None)
    assert head.user == User.objects.get(username="newhead")


def test_the_contact_stays_where_it_is_not_wished_or_not_the_persons_to_change(client, cast):
    Organization.objects.update(contact="原联系人")
    client.force_login(cast.balinzuo)
    said = {"username": "newhead", "name": "新书记"}
    assert client.post(reverse("organizations:hand_over", args=[cast.fulian_org.pk]), said).status_code == 302
    client.force_login(cast.lindong)  # a street's committee hands over, but does not write records
    said |= {"username": "another", "as_contact": "on"}
    assert client.post(reverse("organizations:hand_over", args=[cast.dongshiqiao_org.pk]), said).status_code == 302
    assert set(Organization.objects.values_list("contact", flat=True)) == {"原联系人"}


def test_items_can_be_asked_for_by_their_asker(client, cast):
    needs = list_of(cast.alliance, cast.dongshiqiao)
    item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="垃圾清运")
    client.force_login(cast.balinzuo)
    assert "垃圾清运" in client.get(f"/items/?asked_by={cast.dongshiqiao_org.pk}").content.decode()
    assert "垃圾清运" not in client.get(f"/items/?asked_by={cast.fulian_org.pk}").content.decode()
