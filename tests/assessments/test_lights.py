"""The light of an alliance: who sees it, why it burns, beside whom it stands, and the rows behind each figure."""

from datetime import date

import pytest
from django.urls import reverse

from alliances.models import Alliance, Session
from assessments import decisions, reviews
from assessments.approvals import approve
from assessments.evidence import rows_behind
from assessments.gauges import GAUGES, columns_of
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.peers import peers_of, place_of
from assessments.rehearsals import rehearsed
from tests.assessments.facts import QUARTER_END, many_alliances, session, solved, unsolved
from tests.cast import NOW, again

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast):
    """The row of 五金小区: it has met once, has solved one of six problems, and began before the quarter."""
    session(cast.alliance, date(2019, 5, 20))
    solved(cast.alliance, 1)
    unsolved(cast.alliance, 5)
    reviews.run(QUARTER_END)
    return ReviewRow.objects.get(alliance=cast.alliance)


@pytest.fixture
def as_(client):
    def log_in(user):
        client.force_login(again(user))
        return client

    return log_in


def light_page(browser, alliance):
    return browser.get(reverse("reviews:alliance", args=[alliance.pk]))


@pytest.mark.parametrize("who", ["chifeng", "lindong", "dongshiqiao", "fulian"])
def test_those_above_the_lead_and_the_members_read_the_light_and_why(cast, row, as_, who):
    told = light_page(as_(getattr(cast, who)), cast.alliance).text
    for words in ("红灯：需要整改", "解决率偏低", "16.7 %", "低于 30.0 %"):
        assert words in told
    assert ("规范整顿 · 待研判" in told) is (who in {"chifeng", "lindong"})  # what is suggested is not yet decided


def test_it_stands_on_every_page_of_the_alliance_and_never_as_a_colour_alone(cast, row, as_):
    told = as_(cast.fulian).get(cast.alliance.get_absolute_url()).text
    assert "状态灯：红灯：需要整改" in told


@pytest.mark.parametrize("who", ["nanyang", "lushan", "auditor", "sysadmin"])
def test_nobody_else_sees_it(cast, row, as_, who):
    browser = as_(getattr(cast, who))
    assert light_page(browser, cast.alliance).status_code == 404
    rows = reverse("reviews:evidence", args=[row.run_id, cast.alliance.pk, "solve_rate"])
    assert browser.get(rows).status_code == 404
    seen = {light["alliance"] for light in browser.get("/api/v1/lights/").json()["results"]}
    assert cast.alliance.pk not in seen


def test_who_is_only_invited_sees_the_alliance_but_not_its_light(cast, row, as_):
    cast.alliance.memberships.create(organization=cast.lushan_org, state="invited", invited_on=date(2019, 6, 1))
    told = light_page(as_(cast.lushan), cast.alliance).text
    assert "红灯" not in told
    assert "状态灯只给本联合体和它的上级看" in told


def test_the_history_keeps_every_quarter_and_what_was_decided(cast, row, as_):
    reviews.run(date(2019, 3, 31))
    proposal = Proposal.objects.get(alliance=cast.alliance, kind="rectify", run=row.run)
    asked = decisions.decide(proposal, "proposals.overrule", by=cast.chifeng, at=NOW, reason="已有改进")
    approve(asked, by=cast.chifeng2, at=NOW)
    told = light_page(as_(cast.fulian), cast.alliance).text
    assert "2019年第1季度" in told
    assert "未评判" in told  # it began during that quarter
    assert "研判后不作处理" in told


@pytest.mark.parametrize("key", [key for key in GAUGES if key != "members_evaluation"])
def test_every_figure_opens_exactly_the_rows_that_it_counts(cast, row, as_, key):
    run, user = row.run, again(cast.chifeng)
    period = reviews.Period(run.period_from, run.as_of)
    found = rows_behind(key, cast.alliance.pk, period, user)
    value = columns_of([cast.alliance], period)[key][cast.alliance.pk]
    if GAUGES[key].nature in {"flow", "stock"} and key != "months_idle":
        assert found.count() == value
    answer = as_(cast.chifeng).get(reverse("reviews:evidence", args=[run.pk, cast.alliance.pk, key]))
    assert f"明细 {found.count()} 条" in answer.text


def test_the_rows_of_another_alliance_or_an_unknown_measure_do_not_exist(cast, row, as_):
    browser = as_(cast.fulian)
    for args in ([row.run_id, cast.nanyang_alliance.pk, "solve_rate"], [row.run_id, cast.alliance.pk, "log-ins"],
                 [10**6, cast.alliance.pk, "solve_rate"]):  # fmt: skip
        assert browser.get(reverse("reviews:evidence", args=args)).status_code == 404


def peers(cast, count, of="joint_committee"):
    """So many others of the form, each with another number of claims."""
    days = {"as_of": date(2019, 3, 31), "period_from": date(2019, 1, 1)}
    run = ReviewRun.objects.create(**days, started_at=NOW, state="complete")
    others = many_alliances(cast, count)
    Alliance.objects.filter(pk__in=[one.pk for one in others]).update(form=of)
    ReviewRow.objects.bulk_create(
        ReviewRow(run=run, alliance=one, light="green", values={"items_claimed": n, "solve_rate": None})
        for n, one in enumerate(others)
    )
    return ReviewRow.objects.create(
        run=run, alliance=cast.alliance, light="green", values={"items_claimed": 3, "solve_rate": 0.9}
    )


def test_beside_fewer_than_five_peers_nothing_is_compared(cast):
    assert peers_of(peers(cast, 4)).count is None
    assert peers_of(peers_of_another_form(cast)).count is None


def peers_of_another_form(cast):
    ReviewRow.objects.all().delete()
    ReviewRun.objects.all().delete()
    return peers(cast, 5, of="league")


def test_five_peers_give_a_middle_and_quarters_and_no_name_and_no_rank(cast, as_, django_assert_num_queries):
    row = peers(cast, 5)
    with django_assert_num_queries(1):
        found = peers_of(row)
    line = next(one for one in found.lines if one.label == "认领事项")
    assert (found.count, line.low, line.middle, line.high, line.place) == (5, "1 项", "2 项", "3 项", "在中间一半")
    rate = next(one for one in found.lines if one.label == "问题解决率")
    assert (rate.value, rate.middle, rate.place) == ("90.0 %", "", "")  # nobody else has one
    told = light_page(as_(cast.fulian), cast.alliance).text
    assert "不点名，不排名" in told
    assert "临潢路第" not in told


@pytest.mark.parametrize(
    ("value", "place"),
    [(0.9, "低于中间一半"), (1, "在中间一半"), (3, "在中间一半"), (3.1, "高于中间一半"), (None, "")],
)
def test_the_quarters_include_their_borders(value, place):
    assert place_of(value, 1, 2, 3) == place


def test_a_trial_of_a_past_day_says_what_would_change_against_the_last_real_review(cast, row):
    Session.objects.all().delete()
    mine = Alliance.objects.within("1504")
    found, changes, run = rehearsed(QUARTER_END, mine)
    assert run == row.run
    assert changes == []
    Proposal.objects.filter(alliance=cast.alliance).delete()
    _found, changes, _run = rehearsed(QUARTER_END, mine)
    assert [(one.alliance, one.before, sorted(one.after)) for one in changes] == [(cast.alliance, {}, ["rectify"])]
    assert len(found) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({"as_of": "2019-06-30"}, "看了 1 个联合体"),
        ({"as_of": "2019-06-30", "region": "150422404"}, "看了 1 个联合体"),
        ({"as_of": "2019-06-30", "kind": "reward"}, "0 个触发规则"),
        ({"as_of": "2019-06-30", "region": "4113"}, "选择一个有效的选项"),
        ({"as_of": "0001-01-01"}, "请选择一个过去的日子"),
        ({"as_of": "9999-12-31"}, "请选择一个过去的日子"),
        ({"as_of": "2019-02-30"}, "输入一个有效的日期"),
    ],
)
def test_a_trial_is_of_any_past_day_and_of_ones_own_places(cast, row, as_, query, status):
    told = as_(cast.balinzuo).get(reverse("reviews:rehearsal"), query).text
    assert status in told
    assert cast.nanyang_alliance.name not in told


def test_a_rule_is_tried_and_then_proposed_on_one_sheet(cast, row, as_):
    browser, url = as_(cast.balinzuo), reverse("reviews:new_rule", args=["150422"])
    words = {"word": "三个月没有活动", "kind": "observe", "active": "on", "reason": "。", "metric_0": "months_idle",
             "comparison_0": "gte", "threshold_0": "1"}  # fmt: skip
    told = browser.post(url, words | {"try": "1"})
    assert "什么也没有保存" in told.text
    for wrong in ({"threshold_0": ""}, {"metric_0": "log_ins"}, {"threshold_0": "-1"}, {"word": "联而不活"},
                  {"metric_0": ""}, {"threshold_0": "1e400000"}, {"word": "\0"}):  # fmt: skip
        assert browser.post(url, words | wrong).status_code == 422, wrong
    assert browser.post(url, words).status_code == 302
    assert browser.get(reverse("reviews:edit_rule", args=["150422", 99])).status_code == 404
    assert as_(cast.lindong).get(url).status_code == 403
