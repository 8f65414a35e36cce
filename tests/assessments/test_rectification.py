"""An alliance is put in order: a plan, progress, a re-check by two people; an appeal; a reward that is paid once."""

from datetime import date, timedelta
from decimal import Decimal

import pgtrigger
import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from alliances.measures import Period
from alliances.models import Rectification, RectificationAppeal
from alliances.transitions import appeal as appeals
from alliances.transitions import dissolve, rectify
from alliances.transitions import rectification as verbs
from assessments import approvals, decisions, reviews
from assessments.appeals import deciders_of, lodge
from assessments.models import Proposal
from assessments.notices import WRITERS
from assessments.statistics import METRICS
from assessments.workbench import todos_of
from members.models import Approval, Notice, Step
from members.notices import tell
from members.states import Refused
from members.transitions import propose
from tests.assessments.facts import QUARTER_END
from tests.cast import NOW, again, at, user

pytestmark = pytest.mark.django_db
DAY = NOW.date()
YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))
PART = {"what": "补开上季度例会", "who": "社区书记", "due_on": DAY + timedelta(days=20)}
LEAD = ("plan", "report_progress", "finish_part", "declare_ready")


@pytest.fixture
def order(cast):
    return rectify(cast.alliance, by=cast.chifeng2, at=NOW, reason="联而不活", measures="每月例会")


def planned(order, cast, *more):
    return verbs.plan(order, text="逐项整改", parts=[PART, *more], by=cast.dongshiqiao, at=NOW)


def accepted(order, cast):
    return verbs.accept_plan(planned(order, cast), by=cast.balinzuo, at=NOW)


def ready(order, cast):
    accepted(order, cast)
    verbs.finish_part(order.parts.get(), by=cast.dongshiqiao, at=NOW)
    return verbs.declare_ready(order, text="已补开", by=cast.dongshiqiao, at=NOW)


def recheck(cast, **arguments):
    """One proposes, another approves."""
    asked = propose(
        "alliances.reinstate", cast.alliance, by=cast.chifeng, at=NOW, reason="现场看过",
        region_id=cast.alliance.region_id, arguments=arguments,
    )  # fmt: skip
    return approvals.approve(asked, by=cast.balinzuo, at=NOW)


def rectified():
    return METRICS["alliances_rectified"].total(YEAR, "1504")


def page_of(account, order):
    browser = Client()
    browser.force_login(account)
    return browser.get(order.get_absolute_url())


def test_from_the_order_to_the_re_check_every_stage_has_its_day_and_its_step(cast, order):
    ready(order, cast)
    recheck(cast, passed=True)
    order.refresh_from_db()
    cast.alliance.refresh_from_db()
    assert (order.state, order.passed, cast.alliance.state) == ("passed", True, "active")
    assert {order.planned_on, order.accepted_on, order.ready_on, order.ended_on} == {DAY}
    moves = Step.objects.of(order).exclude(to_state="").values_list("to_state", flat=True)
    assert list(moves) == ["ordered", "answered", "under_way", "ready", "passed"]
    assert rectified() == 1


EVERYBODY = ("chifeng", "chifeng2", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "sysadmin")
ABLE = {
    "plannable_by": {"ordered": {"dongshiqiao"}, "under_way": {"dongshiqiao"}},
    "acceptable_by": {"answered": {"chifeng", "chifeng2", "balinzuo"}},
    "returnable_by": {"answered": {"chifeng", "chifeng2", "balinzuo"}},
    "reportable_by": {"under_way": {"dongshiqiao"}},
    "declarable_by": {"under_way": {"dongshiqiao"}},
}


def test_who_may_do_what_with_an_order_in_each_state(cast, order):
    for state in Rectification.State.values:
        ended = DAY if state in Rectification.OVER else None
        Rectification.objects.filter(pk=order.pk).update(state=state, ended_on=ended)
        for able, allowed in ABLE.items():
            people = {
                name for name in EVERYBODY if getattr(Rectification.objects, able)(again(getattr(cast, name))).exists()
            }
            assert people == allowed.get(state, set()), (state, able)


def test_a_plan_has_parts_with_days_within_the_term(cast, order):
    late, long = {"due_on": order.due_on + timedelta(days=1)}, {"what": "长" * 121}
    for parts in ([], [PART] * 13, [PART | late], [PART | long]):
        with pytest.raises(ValidationError):
            verbs.plan(order, text="逐项整改", parts=parts, by=cast.dongshiqiao, at=NOW)
    order.refresh_from_db()
    assert (order.state, order.parts.count()) == ("ordered", 0)


def test_a_returned_plan_is_written_anew_and_a_new_plan_leaves_what_is_done(cast, order):
    planned(order, cast, PART | {"what": "补签清单"})
    with pytest.raises(ValidationError):
        verbs.return_plan(order, by=cast.balinzuo, at=NOW, reason=" ")
    verbs.return_plan(order, by=cast.balinzuo, at=NOW, reason="没有写谁负责")
    accepted(order, cast)
    assert order.parts.count() == 1
    done = verbs.finish_part(order.parts.get(), by=cast.dongshiqiao, at=NOW)
    with pytest.raises(Refused) as twice:
        verbs.finish_part(done, by=cast.dongshiqiao, at=NOW)
    assert twice.value.code == "done_already"
    verbs.plan(order, text="再加一项", parts=[PART | {"what": "走访成员"}], by=cast.dongshiqiao, at=NOW)
    assert list(order.parts.order_by("pk").values_list("what", "done_on")) == [
        ("补开上季度例会", DAY), ("走访成员", None),
    ]  # fmt: skip


def test_ready_is_who_has_done_every_part(cast, order):
    accepted(order, cast)
    with pytest.raises(Refused) as refused:
        verbs.declare_ready(order, text="好了", by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "parts_left"


def test_a_failed_re_check_extends_the_same_order_with_new_measures_and_counts_once(cast, order):
    ready(order, cast)
    recheck(cast, passed=False, measures="每周走访", due_on="2019-09-30")
    order.refresh_from_db()
    cast.alliance.refresh_from_db()
    assert (order.state, order.due_on, order.passed) == ("ordered", date(2019, 9, 30), False)
    assert order.measures == "每月例会\n每周走访"
    assert (cast.alliance.state, cast.alliance.rectify_by) == ("rectifying", date(2019, 9, 30))
    assert rectified() == 1


def test_a_failed_re_check_may_go_on_to_a_dissolution_that_again_needs_two(cast, order):
    ready(order, cast)
    recheck(cast, passed=False, dissolve=True)
    order.refresh_from_db()
    assert order.state == "under_way"
    asked = Approval.objects.get(verb="alliances.dissolve")
    assert (asked.state, asked.proposed_by) == ("pending", cast.balinzuo)
    approvals.approve(asked, by=cast.chifeng, at=NOW)
    order.refresh_from_db()
    assert (order.state, order.ended_on) == ("ended", DAY)
    assert not Rectification.objects.open().exists()


def test_near_and_passed_terms_are_told_once_and_a_longer_term_anew(cast, order):
    near, over = order.due_on - timedelta(days=7), order.due_on + timedelta(days=1)
    assert verbs.watch_rectifications(near - timedelta(days=1), NOW) == 0
    for day, told in ((near, 1), (near, 0), (over, 1), (over, 0)):
        assert verbs.watch_rectifications(day, at(day)) == told
    recheck(cast, passed=False, due_on=str(over + timedelta(days=30)))
    assert verbs.watch_rectifications(over + timedelta(days=31), NOW) == 1
    call_command("watch_rectifications", as_of=over)
    tell(WRITERS, at=at(over))
    told = Notice.objects.filter(step__verb="pass_term").order_by("user__username").values_list("user__username", "url")
    assert set(told) == {(name, order.get_absolute_url()) for name in ("balinzuo", "dongshiqiao", "lindong")}


# The appeal -------------------------------------------------------------------------------------------------------


def by_two(cast, one="balinzuo", other="chifeng"):
    """An order that the review suggested, one confirmed and another approved."""
    reviews.run(QUARTER_END)
    proposal = Proposal.objects.get(alliance=cast.alliance, kind="rectify")
    asked = decisions.decide(proposal, "proposals.confirm", by=getattr(cast, one), at=NOW, reason="没有动静")
    approvals.approve(asked, by=getattr(cast, other), at=NOW)
    return Rectification.objects.get()


def test_an_order_knows_the_proposal_it_came_of_and_the_two_who_decided(cast):
    order = by_two(cast)
    assert order.proposal.evidence
    assert set(deciders_of(order)) == {cast.balinzuo, cast.chifeng}


@pytest.mark.parametrize(
    ("one", "other", "where", "who"),
    [
        ("balinzuo", "chifeng", "1504", {"chifeng2"}),
        ("chifeng", "chifeng2", "1504", set()),
        ("balinzuo", "balinzuo2", "1504", {"chifeng", "chifeng2"}),
    ],
)
def test_an_appeal_goes_to_the_next_department_above_and_never_to_who_decided(cast, one, other, where, who):
    cast.balinzuo2 = user("balinzuo2", "banner", "150422")
    order = by_two(cast, one, other)
    made = lodge(order, text="上季度停工", by=cast.dongshiqiao, at=NOW)
    assert made.addressed_to_id == where
    people = ("chifeng", "chifeng2", "balinzuo", "balinzuo2", "lindong", "dongshiqiao", "nanyang", "sysadmin")
    able = {name for name in people if RectificationAppeal.objects.upholdable_by(again(getattr(cast, name))).exists()}
    assert able == who
    assert {name for name in people if made in RectificationAppeal.objects.visible_to(again(getattr(cast, name)))} == {
        "chifeng", "chifeng2", "balinzuo", "balinzuo2", "lindong", "dongshiqiao",
    }  # fmt: skip


def test_an_upheld_appeal_lifts_the_order_which_counts_on_no_day_any_more(cast):
    order = by_two(cast)
    assert rectified() == 1
    made = lodge(order, text="上季度停工", by=cast.dongshiqiao, at=NOW)
    appeals.forward(made, opinion="情况属实", by=cast.lindong, at=NOW)
    for decider in (cast.balinzuo, cast.chifeng):
        with pytest.raises(PermissionDenied):
            appeals.uphold(made, reason="。", by=decider, at=NOW)
    appeals.uphold(made, reason="停工期间不计", by=cast.chifeng2, at=at(DAY + timedelta(days=3)))
    order.refresh_from_db()
    cast.alliance.refresh_from_db()
    assert (made.state, order.state, cast.alliance.state, cast.alliance.rectify_by) == (
        "upheld", "lifted", "active", None,
    )  # fmt: skip
    assert rectified() == 0
    assert set(Rectification.objects.on(DAY)) == {order}  # what a review of that day found stays found
    assert [step.verb for step in Step.objects.of(order)] == ["order", "lift"]


def test_a_dismissed_appeal_leaves_the_order_and_there_is_no_second_one(cast, order):
    made = lodge(order, text="不服", by=cast.dongshiqiao, at=NOW)
    appeals.dismiss(made, reason="活动记录确实没有", by=cast.chifeng, at=NOW)
    with pytest.raises(Refused) as again_:
        lodge(order, text="还是不服", by=cast.dongshiqiao, at=NOW)
    assert again_.value.code == "appealed_already"
    assert rectified() == 1


def test_an_appeal_comes_within_ten_working_days_and_may_be_taken_back(cast, order):
    assert order.appeal_until == date(2019, 6, 18)  # ten working days after Monday 3 June; 7 June was 端午
    made = lodge(order, text="不服", by=cast.dongshiqiao, at=at(order.appeal_until))
    appeals.withdraw_appeal(made, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(Refused) as late:
        lodge(order, text="不服", by=cast.dongshiqiao, at=at(order.appeal_until + timedelta(days=1)))
    assert late.value.code == "too_late"
    recheck(cast, passed=True)
    with pytest.raises(Refused) as over:
        lodge(order, text="不服", by=cast.dongshiqiao, at=NOW)
    assert over.value.code == "over"


def test_an_appeal_upheld_after_the_re_check_still_takes_the_order_out_of_the_figures(cast, order):
    made = lodge(order, text="不服", by=cast.dongshiqiao, at=NOW)
    recheck(cast, passed=True)
    dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    appeals.uphold(made, reason="数据有误", by=cast.chifeng, at=NOW)
    assert rectified() == 0


def test_those_concerned_are_told_of_plan_and_appeal(cast, order):
    planned(order, cast)
    made = lodge(order, text="不服", by=cast.dongshiqiao, at=NOW)
    appeals.dismiss(made, reason="维持", by=cast.chifeng, at=NOW)
    tell(WRITERS, at=NOW)
    told = {}
    for verb, name in Notice.objects.values_list("step__verb", "user__username"):
        told.setdefault(verb, set()).add(name)
    assert told["order"] == {"dongshiqiao"}
    assert told["plan"] == {"balinzuo"}
    assert told["lodge"] == {"chifeng", "lindong"}
    assert told["dismiss"] == {"dongshiqiao", "chifeng2"}


# The reward ---------------------------------------------------------------------------------------------------------


def test_granted_money_stands_once_in_the_ledger_and_the_reward_counts_once(cast):
    asked = propose(
        "alliances.reward", cast.alliance, by=cast.chifeng, at=NOW, reason="成效突出", region_id="150422404002",
        arguments={"what": "以奖代补", "kind": "funds", "amount": "20000.00", "source": "superior_grant"},
    )  # fmt: skip
    assert not cast.alliance.funds.exists()
    approvals.approve(asked, by=cast.balinzuo, at=NOW)
    with pytest.raises(Refused):
        approvals.approve(asked, by=cast.chifeng2, at=NOW)
    line = cast.alliance.funds.get()
    assert (line.kind, line.amount, line.on, line.reward.what) == (
        "superior_grant", Decimal("20000.00"), DAY, "以奖代补",
    )  # fmt: skip
    assert cast.alliance.funds.balance() == Decimal("20000.00")
    assert METRICS["alliances_rewarded"].total(YEAR, "1504") == 1


def test_a_reward_in_words_puts_nothing_in_the_ledger(cast):
    approvals.VERBS["alliances.reward"](cast.alliance, by=cast.chifeng, at=NOW, reason="好", what="经验交流")
    assert not cast.alliance.funds.exists()


# The mouths ---------------------------------------------------------------------------------------------------------


def form_of(verb, order):
    part = {"what_0": "补开例会", "who_0": "书记", "due_on_0": order.due_on.isoformat()}
    words = {"plan": {"text": "逐项整改", **part}, "finish_part": {"text": "开了"}}
    return words.get(verb, {"text": "已做"})


def body_of(verb, order):
    part = {"what": "补开例会", "who": "书记", "due_on": order.due_on.isoformat()}
    of_part = {"part": order.parts.get().pk, "text": "开了"} if verb == "finish_part" else {}
    return {"plan": {"text": "逐项整改", "parts": [part]}, "finish_part": of_part}.get(verb, {"text": "已做"})


def test_page_and_rest_take_the_same_steps(cast):
    orders = []
    for mouth in (by_page, by_rest):
        order = rectify(cast.alliance, by=cast.chifeng2, at=timezone.now(), reason="联而不活")
        for verb in ("plan", "accept_plan", *LEAD[1:]):
            account = cast.balinzuo if verb == "accept_plan" else cast.dongshiqiao
            mouth(account, verb, order)
        orders.append(list(Step.objects.of(order).values_list("verb", "reason", "to_state", "organization")))
        approvals.VERBS["alliances.reinstate"](cast.alliance, by=cast.chifeng, at=timezone.now(), reason="好")
    assert orders[0] == orders[1]
    assert [step[0] for step in orders[0]] == ["order", "plan", "accept_plan", *LEAD[1:]]


def by_page(account, verb, order):
    browser = Client()
    browser.force_login(account)
    pk = order.parts.get().pk if verb == "finish_part" else order.pk
    answer = browser.post(reverse(f"rectifications:{verb}", args=[pk]), form_of(verb, order))
    assert answer.status_code == 302, (verb, answer.context["form"].errors)


def by_rest(account, verb, order):
    browser = Client()
    browser.force_login(account)
    path = f"/api/v1/rectifications/{order.pk}/{verb.replace('_', '-')}/"
    assert browser.post(path, body_of(verb, order), "application/json").status_code == 200, verb


def test_the_page_shows_the_way_the_plan_and_the_evidence_to_each_what_is_theirs(cast):
    order = by_two(cast)
    planned(order, cast)
    made = lodge(order, text="上季度停工", by=cast.dongshiqiao, at=NOW)
    readers = (cast.chifeng2, cast.dongshiqiao, cast.fulian)
    above, lead, member = (page_of(account, order).content.decode() for account in readers)
    assert "联而不活" in above and "上季度停工" in above and "补开上季度例会" in member
    assert reverse("rectifications:uphold", args=[made.pk]) in above
    assert reverse("alliances:reinstate", args=[cast.alliance.pk]) in above
    assert reverse("rectifications:withdraw", args=[made.pk]) in lead
    assert "上季度停工" not in member
    assert page_of(cast.nanyang, order).status_code == page_of(cast.lushan, order).status_code == 404


def test_the_page_asks_the_same_for_one_part_and_for_three(cast, django_assert_max_num_queries, order):
    parts, counts = [PART | {"what": f"第{n}项"} for n in range(3)], []
    for some in (parts[:1], parts):
        Rectification.objects.filter(pk=order.pk).update(state="ordered")
        with pgtrigger.ignore("members.Step:append_only"):
            Step.objects.of(order).filter(to_state="answered").delete()
        verbs.plan(Rectification.objects.get(), text="整改", parts=some, by=cast.dongshiqiao, at=NOW)
        with django_assert_max_num_queries(60) as asked:
            page_of(cast.balinzuo, order)
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_bad_words_are_told_beside_their_fields_and_borrowed_parts_are_not_found(cast, order):
    browser = Client()
    browser.force_login(cast.dongshiqiao)
    plan = reverse("rectifications:plan", args=[order.pk])
    half, odd = {"text": "好", "what_0": "例会"}, {"text": "\0", "due_on_0": "0001-13-01"}
    for words in ({}, {"text": "长" * 10_000}, half, odd):
        assert browser.post(plan, words).status_code == 422
    path = f"/api/v1/rectifications/{order.pk}"
    accepted(order, cast)
    assert browser.post(f"{path}/finish-part/", {"part": 987654}, "application/json").status_code == 404
    assert browser.post(f"{path}/report-progress/", {"text": "长" * 1001}, "application/json").status_code == 422


def test_the_desk_says_whose_turn_it_is(cast, order):
    def todo(name):
        return [todo.verb for todo in todos_of(again(getattr(cast, name)), DAY)[0]]

    assert "去报方案" in todo("dongshiqiao")
    planned(order, cast)
    assert "去审方案" in todo("balinzuo")
    lodge(order, text="不服", by=cast.dongshiqiao, at=NOW)
    assert "去办理" in todo("lindong")
    assert "去办理" in todo("chifeng")
    assert "去办理" not in todo("nanyang")
