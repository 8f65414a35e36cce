"""Pages of the year, the quarter and four eyes: who sees them, what they say, what they do."""

from datetime import date

import pytest
from django.urls import reverse

from alliances.models import Alliance, Rectification
from assessments import decisions, reviews, transitions
from assessments.models import Proposal, Rating, ReviewRule, Scheme
from assessments.rules import rules_of, standing_rules
from members.models import Approval
from tests.assessments.facts import QUARTER_END, many_alliances, session, solved
from tests.assessments.years import AFTER_TERM, closed, draft, opened, published, rate_as_members
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def proposal(cast):
    """The suggestion to rectify the cast's alliance."""
    reviews.run(QUARTER_END)
    return Proposal.objects.get(alliance=cast.alliance, kind="rectify")


@pytest.fixture
def as_(client):
    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def page(client, name, *args, **query):
    return client.get(reverse(name, args=args), query)


def test_staff_see_runs_and_what_they_suggest_in_their_own_subtree(cast, proposal, as_):
    browser = as_(cast.balinzuo)
    assert "2019年第2季度" in page(browser, "reviews:list").text
    told = page(browser, "reviews:detail", proposal.run_id).text
    assert cast.alliance.name in told
    assert cast.nanyang_alliance.name not in told


@pytest.mark.parametrize("name", ["reviews:list", "reviews:rules", "reviews:rectifications", "reviews:rehearsal"])
def test_the_review_is_the_departments_affair(cast, as_, name):
    assert page(as_(cast.chifeng), name).status_code == 200
    assert page(as_(cast.fulian), name).status_code == 403
    assert page(as_(cast.auditor), name).status_code == 403


def test_a_proposal_shows_its_evidence_beside_the_rule(cast, proposal, as_):
    told = page(as_(cast.chifeng), "proposals:detail", proposal.pk).text
    assert "联而不活" in told
    assert "0 场" in told
    assert reverse("reviews:evidence", args=[proposal.run_id, cast.alliance.pk, "activities_held"]) in told


@pytest.mark.parametrize("who", ["nanyang", "fulian", "dongshiqiao", "lushan", "auditor", "secadmin"])
def test_a_proposal_outside_ones_subtree_does_not_exist(cast, proposal, as_, who):
    browser = as_(getattr(cast, who))
    for name in ("detail", "confirm", "overrule"):
        assert page(browser, f"proposals:{name}", proposal.pk).status_code == 404


def test_a_street_reads_a_proposal_but_does_not_decide_on_it(cast, proposal, as_):
    browser = as_(cast.lindong)
    assert page(browser, "proposals:detail", proposal.pk).status_code == 200
    assert browser.post(reverse("proposals:confirm", args=[proposal.pk]), {"reason": "。"}).status_code == 403


def test_one_confirms_another_approves_and_the_alliance_is_rectified_on_that_day(cast, proposal, as_):
    as_(cast.chifeng).post(
        reverse("proposals:confirm", args=[proposal.pk]), {"reason": "连续一季度没有动静", "measures": "补开例会"}
    )
    approval = Approval.objects.get()
    assert not Rectification.objects.exists()
    assert page(as_(cast.chifeng2), "approvals:detail", approval.pk).text.count("联而不活") >= 1
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[approval.pk]), {"answer": "同意"})
    cast.alliance.refresh_from_db()
    proposal.refresh_from_db()
    order = Rectification.objects.get()
    assert (cast.alliance.state, proposal.state) == ("rectifying", "confirmed")
    assert (order.measures, order.reason) == ("补开例会", "连续一季度没有动静")


def test_who_confirmed_cannot_approve(cast, proposal, as_):
    browser = as_(cast.chifeng)
    browser.post(reverse("proposals:confirm", args=[proposal.pk]), {"reason": "没有动静"})
    approval = Approval.objects.get()
    assert browser.post(reverse("approvals:approve", args=[approval.pk])).status_code == 403
    assert "须由另一位同志复核" in page(browser, "approvals:detail", approval.pk).text
    proposal.refresh_from_db()
    assert proposal.state == "waiting"


def test_a_second_no_puts_the_proposal_back(cast, proposal, as_):
    as_(cast.chifeng).post(reverse("proposals:overrule", args=[proposal.pk]), {"reason": "季节性停工"})
    approval = Approval.objects.get()
    refused = as_(cast.chifeng2).post(reverse("approvals:refuse", args=[approval.pk]), {"answer": "理由不充分"})
    proposal.refresh_from_db()
    assert (refused.status_code, proposal.state) == (302, "open")


def test_a_no_needs_a_reason(cast, proposal, as_):
    as_(cast.chifeng).post(reverse("proposals:overrule", args=[proposal.pk]), {"reason": "季节性停工"})
    assert as_(cast.chifeng2).post(reverse("approvals:refuse", args=[Approval.objects.get().pk]), {}).status_code == 422


def test_what_waits_already_cannot_be_decided_again(cast, proposal, as_):
    decisions.decide(proposal, "proposals.confirm", by=cast.chifeng2, at=NOW, reason="没有动静")
    again = as_(cast.chifeng).post(reverse("proposals:overrule", args=[proposal.pk]), {"reason": "不必"})
    assert again.status_code == 409


def test_the_queue_holds_what_others_proposed_in_ones_own_subtree(cast, proposal, as_):
    decisions.decide(proposal, "proposals.confirm", by=cast.chifeng, at=NOW, reason="没有动静")
    assert "采纳处置建议" in page(as_(cast.chifeng2), "approvals:list").text
    assert "等待我复核 0 件" in page(as_(cast.chifeng), "approvals:list").text
    assert cast.alliance.name not in page(as_(cast.nanyang), "approvals:list").text
    assert page(as_(cast.nanyang), "approvals:detail", Approval.objects.get().pk).status_code == 404


def test_a_dry_run_shows_ones_own_alliances_and_writes_nothing(cast, as_):
    told = page(as_(cast.chifeng), "reviews:rehearsal", as_of="2019-06-30").text
    assert cast.alliance.name in told
    assert cast.nanyang_alliance.name not in told
    assert not Proposal.objects.exists()


def test_alliances_under_rectification_are_listed_with_their_term(cast, as_):
    order = Rectification.objects.create(
        alliance=cast.alliance,
        region_id=cast.alliance.region_id,
        ordered_on=date(2019, 6, 1),
        due_on=date(2019, 8, 1),
        reason="整",
    )
    assert "逾期" in page(as_(cast.lindong), "reviews:rectifications").text
    assert order.alliance.name not in page(as_(cast.nanyang), "reviews:rectifications").text


def test_a_department_draws_up_edits_and_proposes_to_open_a_scheme(cast, as_):
    browser = as_(cast.chifeng)
    browser.post(
        reverse("assessments:new"), {"region": "1504", "year": 2018, "title": "2018考核", "cut_off": "2018-12-31"}
    )
    scheme = Scheme.objects.get()
    assert page(browser, "assessments:edit", scheme.pk).status_code == 200
    opening = browser.post(reverse("assessments:open", args=[scheme.pk]), {"reason": "年度考核"})
    assert opening.url == reverse("approvals:detail", args=[Approval.objects.get().pk])
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[Approval.objects.get().pk]))
    scheme.refresh_from_db()
    assert scheme.state == "open"


def sheet_of(scheme, weights):
    rows = list(scheme.indicators.values("name", "weight", "source", "metric", "zero_at", "full_at", "standard"))
    posted = {
        "title": scheme.title,
        "cut_off": scheme.cut_off,
        "member_weight": 60,
        "supplement_share": 0,
        "report_days": 15,
        "appeal_days": 5,
        "excellent_from": 90,
        "good_from": 75,
        "fair_from": 60,
    }
    posted |= {"i-TOTAL_FORMS": len(rows), "i-INITIAL_FORMS": len(rows)}
    for n, (row, weight) in enumerate(zip(rows, weights, strict=True)):
        posted |= {f"i-{n}-{name}": "" if value is None else value for name, value in row.items()} | {
            f"i-{n}-weight": weight
        }
    return posted


def test_weights_are_edited_on_one_sheet(cast, as_):
    scheme = draft(cast)
    saved = as_(cast.chifeng).post(reverse("assessments:edit", args=[scheme.pk]), sheet_of(scheme, [40, 40, 20]))
    assert saved.status_code == 302
    assert [int(weight) for weight in scheme.indicators.values_list("weight", flat=True)] == [40, 40, 20]


def test_weights_that_do_not_sum_to_100_are_refused_on_opening(cast, as_):
    scheme = draft(cast)
    browser = as_(cast.chifeng)
    browser.post(reverse("assessments:edit", args=[scheme.pk]), sheet_of(scheme, [40, 40, 10]))
    refused = browser.post(reverse("assessments:open", args=[scheme.pk]), {"reason": "。"})
    assert refused.status_code == 422
    assert "权重之和应为 100" in refused.text
    assert not Approval.objects.exists()


def test_a_branch_rates_its_alliance_and_the_lead_its_members(cast, as_):
    scheme = opened(cast)
    pair = [scheme.pk, cast.alliance.pk, cast.fulian_org.pk]
    member = as_(cast.fulian)
    assert "还有 1 项待评" in page(member, "assessments:sheet", scheme.pk).text
    assert page(member, "assessments:rate_members", *pair).status_code == 200
    assert member.post(reverse("assessments:rate_members", args=pair), {"score": 88}).status_code == 302
    assert "没有待评的项目" in page(member, "assessments:sheet", scheme.pk).text
    assert member.post(reverse("assessments:rate_members", args=pair), {"score": 99}).status_code == 409
    lead = as_(cast.dongshiqiao)
    assert lead.post(reverse("assessments:rate_alliance", args=pair), {"score": 70}).status_code == 302
    assert set(Rating.objects.values_list("direction", "score")) == {("members", 88), ("alliance", 70)}


def test_a_pair_that_is_not_ones_own_does_not_exist(cast, as_):
    scheme = opened(cast)
    pair = [scheme.pk, cast.alliance.pk, cast.fulian_org.pk]
    assert as_(cast.fulian).post(reverse("assessments:rate_alliance", args=pair), {"score": 1}).status_code == 404
    assert as_(cast.dongshiqiao).post(reverse("assessments:rate_members", args=pair), {"score": 1}).status_code == 404
    assert as_(cast.nanyang).post(reverse("assessments:rate_members", args=pair), {"score": 1}).status_code == 404
    assert not Rating.objects.exists()


def test_no_page_shows_what_a_rater_said(cast, as_):
    scheme = opened(cast)
    rate_as_members(cast, scheme, ["61.25", "61.25"])
    transitions.close(scheme, by=cast.chifeng, at=NOW)
    for who in (cast.chifeng, cast.lindong, cast.dongshiqiao, cast.fulian):
        browser = as_(who)
        for name, args in (
            ("assessments:detail", [scheme.pk]),
            ("assessments:results", [scheme.pk]),
            ("assessments:result", [scheme.pk, cast.alliance.pk]),
        ):
            assert "61.25" not in page(browser, name, *args).text


def test_results_are_shown_to_the_department_while_it_checks_and_to_all_once_published(cast, as_):
    scheme = closed(cast)
    assert page(as_(cast.chifeng), "assessments:results", scheme.pk).status_code == 200
    assert page(as_(cast.fulian), "assessments:results", scheme.pk).status_code == 404
    transitions.publish(scheme, by=cast.chifeng2, at=AFTER_TERM)
    told = page(as_(cast.fulian), "assessments:results", scheme.pk).text
    assert cast.alliance.name in told
    assert "本组织的成员结果" in told
    assert page(as_(cast.nanyang), "assessments:results", scheme.pk).status_code == 404


def test_a_result_shows_its_formula(cast, as_):
    solved(cast.alliance, 2, day=date(2019, 5, 6))
    scheme = published(cast)
    told = page(as_(cast.dongshiqiao), "assessments:result", scheme.pk, cast.alliance.pk).text
    assert "100.0 %（2 / 2）" in told
    assert "无人评价" in told


def test_a_publication_needs_two_people(cast, as_):
    scheme = closed(cast)
    browser = as_(cast.chifeng)
    browser.post(reverse("assessments:publish", args=[scheme.pk]), {"reason": "核对无误"})
    approval = Approval.objects.get()
    assert browser.post(reverse("approvals:approve", args=[approval.pk])).status_code == 403
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[approval.pk]))
    scheme.refresh_from_db()
    assert scheme.state == "published"


@pytest.mark.parametrize("name", ["reviews:list", "proposals:list", "approvals:list", "assessments:list"])
def test_an_anonymous_caller_is_sent_to_the_log_in(client, db, name):
    assert page(client, name).status_code == 302


@pytest.mark.parametrize("name", ["proposals:list", "approvals:list", "reviews:list"])
def test_a_list_asks_as_often_for_many_rows_as_for_one(cast, as_, name, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(40) as caught:
            assert page(browser, name).status_code == 200
        return len(caught)

    def decided():
        for waiting in Proposal.objects.filter(state="open", kind="rectify"):
            decisions.decide(waiting, "proposals.overrule", by=cast.chifeng2, at=NOW, reason="。")

    browser = as_(cast.chifeng)
    session(cast.nanyang_alliance, date(2019, 5, 1))
    reviews.run(QUARTER_END)
    decided()
    page(browser, name)
    one = asked()
    many_alliances(cast, 3)
    Alliance.objects.update(activated_on=date(2019, 1, 1))
    reviews.run(date(2019, 9, 30))
    decided()
    assert asked() <= one


def thresholds(browser, region, **changes):
    """The sheet of rules as it stands, with changes."""
    context = page(browser, "reviews:change_rules", region).context
    form = context["form"]
    said = {name: field.initial for name, field in form.fields.items() if field.initial not in (None, False)}
    return {**said, "was": context["was"], "reason": "按本地实际", **changes}


def test_thresholds_change_for_ones_own_region_once_another_person_agrees(cast, as_):
    browser = as_(cast.chifeng)
    browser.post(reverse("reviews:change_rules", args=["1504"]), thresholds(browser, "1504", threshold_4_0="0.5"))
    approval = Approval.objects.get()
    assert not ReviewRule.objects.exists()
    assert browser.post(reverse("approvals:approve", args=[approval.pk])).status_code == 403
    told = page(as_(cast.chifeng2), "approvals:detail", approval.pk).text
    assert "问题解决率 低于 30.0 %" in told
    assert "问题解决率 低于 50.0 %" in told
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[approval.pk]))
    assert rules_of("150422404002", standing_rules())[4]["conditions"][0]["threshold"] == "0.5"
    assert rules_of("411302", standing_rules())[4]["conditions"][0]["threshold"] == "0.3"


def test_a_sheet_of_rules_that_were_changed_meanwhile_is_opened_anew(cast, as_):
    sheet = thresholds(as_(cast.chifeng), "1504", threshold_4_0="0.5")
    first = thresholds(as_(cast.chifeng), "1504", threshold_4_0="0.4")
    as_(cast.chifeng).post(reverse("reviews:change_rules", args=["1504"]), first)
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[Approval.objects.get().pk]))
    late = as_(cast.chifeng).post(reverse("reviews:change_rules", args=["1504"]), sheet)
    assert late.status_code == 409
    assert "规则刚才已被改动" in late.text
    assert Approval.objects.count() == 1


def test_nothing_changed_is_nothing_to_agree_upon(cast, as_):
    browser = as_(cast.chifeng)
    refused = browser.post(reverse("reviews:change_rules", args=["1504"]), thresholds(browser, "1504"))
    assert refused.status_code == 422
    assert not Approval.objects.exists()


@pytest.mark.parametrize("who", ["nanyang", "lindong", "fulian", "balinzuo"])
def test_nobody_changes_the_rules_of_a_place_above_or_beside(cast, as_, who):
    assert page(as_(getattr(cast, who)), "reviews:change_rules", "1504").status_code == 403


@pytest.mark.parametrize("name", ["assessments:results", "assessments:sheet", "assessments:detail"])
def test_a_schemes_pages_ask_as_often_for_many_alliances_as_for_one(cast, as_, name, django_assert_max_num_queries):
    def asked():
        with django_assert_max_num_queries(40) as caught:
            assert page(browser, name, scheme.pk).status_code == 200
        return len(caught)

    scheme = closed(cast)
    browser = as_(cast.chifeng)
    page(browser, name, scheme.pk)
    one = asked()
    many_alliances(cast, 3)
    assert asked() <= one
