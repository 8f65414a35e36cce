"""Who hears of the year and the quarter, once."""

import pytest
from django.core.management import call_command

from assessments import approvals, decisions, reviews, transitions
from assessments.models import Proposal
from assessments.notices import WRITERS
from members.models import Approval, Notice, Step
from members.notices import tell
from tests.assessments.facts import QUARTER_END, many_alliances
from tests.assessments.years import draft, published
from tests.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def told_of_the_beginning(cast):
    """How the cast came together is no news."""
    tell(WRITERS, at=NOW)
    Notice.objects.all().delete()


def told(user):
    return list(Notice.objects.filter(user=user).values_list("text", flat=True))


def test_the_end_of_a_review_is_told_once_to_each_department_with_its_own_number(cast):
    many_alliances(cast, 3)
    reviews.run(QUARTER_END)
    tell(WRITERS, at=NOW)
    assert told(cast.chifeng) == ["2019年第2季度（截至06-30）动态管理分析已完成，有 4 条建议待研判。"]
    assert told(cast.nanyang) == ["2019年第2季度（截至06-30）动态管理分析已完成，有 1 条建议待研判。"]
    assert told(cast.fulian) == []
    assert not Step.objects.untold().exists()


def test_who_may_be_the_second_person_hears_of_a_decision_and_the_first_of_the_answer(cast):
    reviews.run(QUARTER_END)
    tell(WRITERS, at=NOW)
    Notice.objects.all().delete()
    proposal = Proposal.objects.get(alliance=cast.alliance)
    approval = decisions.decide(proposal, "proposals.confirm", by=cast.balinzuo, at=NOW, reason="没有动静")
    tell(WRITERS, at=NOW)
    assert told(cast.chifeng) == ["balinzuo提出“采纳处置建议”，等待您复核。"]
    assert told(cast.balinzuo) == told(cast.nanyang) == []
    approvals.approve(approval, by=cast.chifeng, at=NOW)
    tell(WRITERS, at=NOW)
    assert told(cast.balinzuo) == ["您提出的“采纳处置建议”已同意。"]


def test_members_hear_that_rating_begins_and_of_the_results(cast):
    published(cast)
    tell(WRITERS, at=NOW)
    assert told(cast.fulian) == ["“1504考核”结果已公布。", "“1504考核”开始评价，请打开评分表。"]
    assert told(cast.dongguan) == []


def test_the_command_tells_what_is_due_and_twice_is_once(cast, capsys):
    scheme = draft(cast)
    transitions.propose_publication(scheme, by=cast.chifeng, at=NOW, reason="试")
    call_command("tell")
    call_command("tell")
    assert Approval.objects.count() == 1
    assert len(told(cast.chifeng2)) == 1
    assert "0 notices" in capsys.readouterr().out
