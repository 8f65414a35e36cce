"""规范整顿 in the demo: what waits for each account; and a year as 2020 was, in a small world, by the same chapter."""

from datetime import date

import pytest

from alliances.measures import Period
from alliances.models import Alliance, FundEntry, Rectification, RectificationAppeal, Reward
from assessments.models import Proposal, ReviewRun
from assessments.statistics import METRICS
from assessments.workbench import todos_of
from config.demo.accounts import ACTOR, branches
from config.demo.chapters import rectify
from config.demo.chapters.stage import Stage
from members.models import Approval, Step, User
from tests.demo.conftest import TODAY
from tests.demo.legal import faults_of

YEAR = Period(date(2020, 1, 1), date(2020, 12, 31))
PUBLISHED = 24


def account(name):
    return User.objects.get(username=name)


def test_every_account_finds_something_to_do(cases):
    verbs = {name: {todo.verb for todo in todos_of(account(name), TODAY)[0]} for name in (
        "balinzuo", "chifeng", "chifeng2", "lindong", "dongshiqiao"
    )}  # fmt: skip
    assert "去复核" in verbs["balinzuo"]
    assert "去复核" in verbs["chifeng"]
    assert "去办理" in verbs["lindong"]
    assert "去办理" in verbs["chifeng2"]
    assert "去办理" not in verbs["chifeng"] | verbs["balinzuo"]  # they decided on that order
    assert "去报方案" in verbs["dongshiqiao"]
    assert Rectification.objects.get(state="under_way").parts.filter(done_on=None).exists()
    assert RectificationAppeal.objects.get().state == "lodged"


def test_granted_money_stands_in_the_ledger(cases):
    reward = Reward.objects.get(amount__isnull=False)
    assert FundEntry.objects.get(reward=reward).amount == reward.amount


def test_as_many_as_the_report_counts_are_chosen():
    assert rectify.EACH * len(rectify.QUARTERS) == PUBLISHED


@pytest.fixture
def of_2020(cases):
    """A year of three quarters, each alliance judged by whatever rule the small world meets; no later quarter has been
    reviewed yet."""
    ReviewRun.objects.update(state="running")
    names = ("chifeng", "chifeng2", "nanyang")
    stage = Stage("cases", {name: account(name) for name in names}, branches(), account(ACTOR), TODAY, 1)
    rectify.play_2020(stage, 1, lambda rule: rule["kind"] == "rectify")
    return Rectification.objects.filter(ordered_on__year=2020)


def test_each_of_2020_is_proposed_by_rule_confirmed_by_two_checked_again_and_counted_once(of_2020):
    counted = METRICS["alliances_rectified"].total(YEAR, "1504")
    assert counted == of_2020.count() == of_2020.values("alliance").distinct().count() == len(rectify.QUARTERS)
    for order in of_2020:
        assert order.proposal.evidence
        confirmed = Approval.objects.get(verb="proposals.confirm", thing_id=order.proposal.pk)
        checked = Approval.objects.get(verb="alliances.reinstate", thing_id=order.alliance_id)
        for approval in (confirmed, checked):
            assert approval.state == "approved"
            assert approval.proposed_by_id != approval.decided_by_id
        assert (order.state, order.passed) == ("passed", True)
        assert order.ended_on <= order.due_on
    assert not Proposal.objects.filter(run__as_of__year=2020).pending().exists()
    assert [fault for model in (Alliance, Rectification, Proposal) for fault in faults_of(model)] == []
    assert not Step.objects.untold().filter(at__year=2020).exists()
