"""The dynamic review: a function of the data as of its cut-off day."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.models import Alliance, Rectification
from assessments import reviews
from assessments.models import Condition, Proposal, ReviewRow, ReviewRule, ReviewRun
from assessments.notices import WRITERS
from listings.transitions import close_down
from members.alone import alone
from members.models import Notice, Step
from members.notices import tell
from members.states import Refused
from tests.assessments.facts import AFTER, QUARTER_END, many_alliances, session, solved, unsolved
from tests.cast import at, user

pytestmark = pytest.mark.django_db


def kinds_of(alliance):
    return list(Proposal.objects.filter(alliance=alliance).values_list("kind", flat=True))


def words_of(alliance):
    return [word for proposal in Proposal.objects.filter(alliance=alliance) for word in proposal.words]


def test_an_alliance_that_meets_never_claims_nothing_and_solves_nothing_is_suggested_for_rectification(cast):
    reviews.run(QUARTER_END)
    assert kinds_of(cast.alliance) == ["rectify"]
    assert words_of(cast.alliance) == ["联而不活"]


def test_an_alliance_that_solves_what_is_asked_is_suggested_for_a_reward(cast):
    solved(cast.alliance, 10)
    session(cast.alliance, date(2019, 5, 20))
    reviews.run(QUARTER_END)
    assert "reward" in kinds_of(cast.alliance)
    assert "rectify" not in kinds_of(cast.alliance)


def test_one_warning_sign_alone_is_a_reason_to_watch(cast):
    session(cast.alliance, date(2019, 5, 20))
    reviews.run(QUARTER_END)
    assert (kinds_of(cast.alliance), words_of(cast.alliance)) == (["observe"], ["本季无认领、无解决"])


def test_a_low_rate_of_few_problems_is_no_evidence(cast):
    session(cast.alliance, date(2019, 5, 20))
    solved(cast.alliance, 1)
    unsolved(cast.alliance, 3)
    reviews.run(QUARTER_END)
    assert kinds_of(cast.alliance) == []


def test_of_several_warnings_the_gravest_is_suggested(cast):
    """Alone in its alliance, idle for a quarter: that is more than a reason to rectify."""
    reviews.run(QUARTER_END)
    assert kinds_of(cast.nanyang_alliance) == ["dissolve"]


def test_the_evidence_keeps_each_figure_beside_its_threshold(cast):
    session(cast.alliance, date(2019, 5, 20))
    solved(cast.alliance, 1)
    unsolved(cast.alliance, 5)
    reviews.run(QUARTER_END)
    rectify = Proposal.objects.get(alliance=cast.alliance, kind="rectify")
    assert rectify.evidence == [
        {
            "word": "解决率偏低",
            "conditions": [
                {"metric": "solve_rate", "comparison": "lt", "threshold": "0.3", "value": 0.1667},
                {"metric": "solve_rate_denominator", "comparison": "gte", "threshold": "5", "value": 6},
            ],
        }
    ]


def test_who_began_during_the_quarter_is_measured_but_not_judged(cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(activated_on=date(2019, 4, 2))
    begun = reviews.run(QUARTER_END)
    assert begun.rows.filter(alliance=cast.alliance).exists()
    assert kinds_of(cast.alliance) == []


def test_who_is_being_rectified_is_not_suggested_for_it_again(cast):
    Rectification.objects.create(
        alliance=cast.alliance,
        region_id=cast.alliance.region_id,
        ordered_on=date(2019, 6, 1),
        due_on=date(2019, 8, 1),
        reason="。",
    )
    reviews.run(QUARTER_END)
    assert "rectify" not in kinds_of(cast.alliance)


def test_every_proposal_begins_with_a_step_of_which_nobody_is_told_by_itself(cast):
    reviews.run(QUARTER_END, at=AFTER)
    proposals = {p.pk: (p.region_id, p.synthetic) for p in Proposal.objects.all()}
    alliances = Proposal.objects.values_list("pk", "alliance__region_id", "alliance__synthetic")
    assert proposals == {pk: (region, synthetic) for pk, region, synthetic in alliances}
    steps = Step.objects.filter(verb="suggest").values_list("thing_id", "to_state", "until", "at", "told_at")
    assert sorted(steps) == [(pk, "open", None, AFTER, AFTER) for pk in sorted(proposals)]


def test_what_happens_after_the_cut_off_day_changes_nothing(cast):
    first = reviews.rehearse(QUARTER_END, Alliance.objects.all())
    session(cast.alliance, date(2019, 7, 1))
    solved(cast.alliance, 5, day=date(2019, 7, 1))
    assert reviews.rehearse(QUARTER_END, Alliance.objects.all()) == first


def test_a_review_counts_the_quarter_of_its_day_and_no_other(cast):
    session(cast.alliance, date(2019, 3, 31))
    session(cast.alliance, date(2019, 4, 1))
    begun = reviews.run(QUARTER_END)
    assert begun.period_from == date(2019, 4, 1)
    assert begun.rows.get(alliance=cast.alliance).values["activities_held"] == 1


def test_today_is_not_over_and_cannot_be_reviewed(cast):
    with pytest.raises(ValidationError):
        reviews.run(QUARTER_END, at=at(QUARTER_END))
    assert not ReviewRun.objects.exists()


def test_a_review_run_twice_is_run_once(cast):
    first = reviews.run(QUARTER_END)
    steps = Step.objects.count()
    second = reviews.run(QUARTER_END)
    assert (second.pk, second.digest, second.completed_at) == (first.pk, first.digest, first.completed_at)
    assert ReviewRow.objects.count() == Alliance.objects.count()
    assert Step.objects.count() == steps


def test_the_size_of_the_batches_does_not_change_the_digest(cast):
    many_alliances(cast, 5)
    whole = reviews.run(QUARTER_END, batch=100).digest
    Proposal.objects.all().delete()
    ReviewRun.objects.all().delete()
    assert reviews.run(QUARTER_END, batch=2).digest == whole


def test_a_run_that_stopped_in_its_middle_goes_on_where_its_cursor_stands(cast):
    many_alliances(cast, 5)
    begun = reviews.begin(QUARTER_END, at=AFTER)
    assert reviews.next_batch(begun, AFTER, 2)
    done = list(ReviewRow.objects.values_list("pk", flat=True))
    ReviewRun.objects.update(lease_until=at(date(2019, 1, 1)))
    assert reviews.sweep(at=AFTER) == 1
    begun.refresh_from_db()
    assert begun.state == "complete"
    assert begun.rows.count() == Alliance.objects.count()
    assert set(done) <= set(ReviewRow.objects.values_list("pk", flat=True))


def test_rules_that_change_in_the_middle_wait_for_the_next_run(cast):
    many_alliances(cast, 3)
    begun = reviews.begin(QUARTER_END, at=AFTER)
    reviews.next_batch(begun, AFTER, 2)
    rule = ReviewRule.objects.create(kind="observe", word="人人关注")
    Condition.objects.create(rule=rule, metric="activities_held", comparison="gte", threshold=0)
    reviews.resume(begun, at=AFTER)
    assert not Proposal.objects.filter(kind="observe").exists()


def test_the_sweeper_leaves_a_run_alone_while_its_lease_holds(cast):
    begun = reviews.begin(QUARTER_END, at=AFTER)
    reviews.next_batch(begun, AFTER, 1)
    assert reviews.sweep(at=AFTER) == 0


def test_a_begun_run_that_nobody_took_up_is_found_by_the_sweeper(cast):
    reviews.begin(QUARTER_END, at=AFTER)
    assert reviews.sweep(at=AFTER) == 1


def test_a_rehearsal_writes_nothing(cast):
    found = reviews.rehearse(QUARTER_END, Alliance.objects.all())
    assert [finding.alliance for finding in found if "rectify" in finding.suggestions]
    assert not ReviewRun.objects.exists()
    assert not Proposal.objects.exists()


def test_a_rehearsal_finds_what_the_run_then_suggests(cast):
    solved(cast.alliance, 3)
    found = reviews.rehearse(QUARTER_END, Alliance.objects.all())
    reviews.run(QUARTER_END)
    assert {(f.alliance.pk, kind) for f in found for kind in f.suggestions} == set(
        Proposal.objects.values_list("alliance_id", "kind")
    )


def test_a_region_with_rules_of_its_own_does_not_follow_the_general_ones(cast):
    rule = ReviewRule.objects.create(region_id="1504", kind="observe", word="赤峰的规则")
    Condition.objects.create(rule=rule, metric="activities_held", comparison="eq", threshold=0)
    reviews.run(QUARTER_END)
    assert words_of(cast.alliance) == ["赤峰的规则"]
    assert words_of(cast.nanyang_alliance) == ["有名无实"]


@pytest.mark.parametrize("word", ["“看”\\n\"重\"点", "一\t二\n三\\"])
def test_the_word_of_a_rule_is_kept_as_it_is_written(cast, word):
    rule = ReviewRule.objects.create(kind="observe", word=word)
    Condition.objects.create(rule=rule, metric="activities_held", comparison="eq", threshold=0)
    reviews.run(QUARTER_END)
    assert words_of(cast.alliance) == [word]


def test_the_statements_of_a_batch_do_not_grow_with_its_alliances(cast):
    def statements():
        ReviewRow.objects.all().delete()
        Proposal.objects.all().delete()
        ReviewRun.objects.all().delete()
        begun = reviews.begin(QUARTER_END, at=AFTER)
        with CaptureQueriesContext(connection) as caught:
            reviews.next_batch(begun, AFTER, 100)
        return len(caught)

    few = statements()
    many_alliances(cast, 6)
    assert statements() == few


@pytest.mark.django_db(transaction=True)
def test_a_second_copy_of_a_review_is_refused_at_once():
    from threading import Thread

    begun = reviews.begin(QUARTER_END, at=AFTER)
    refused = []

    def second():
        try:
            reviews.resume(begun, at=AFTER)
        except Refused as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    with alone(reviews.LOCK_SPACE, begun.pk, Refused("review_running", "")):
        copy = Thread(target=second)
        copy.start()
        copy.join()
    assert refused == ["review_running"]


# What breaks on the way ---------------------------------------------------------------------------------------------


def test_what_happens_after_the_cut_off_during_a_review_changes_nothing_of_it(cast):
    for alliance in many_alliances(cast, 6):
        solved(alliance, 10)
        unsolved(alliance, 6)
    unbroken = reviews.run(QUARTER_END).digest
    Proposal.objects.all().delete()
    ReviewRun.objects.all().delete()
    begun = reviews.begin(QUARTER_END, at=AFTER)
    for place, alliance in enumerate(Alliance.objects.within("150422").order_by("-pk")[:4]):
        assert reviews.next_batch(begun, AFTER, 1)
        session(alliance, AFTER.date())
        solved(alliance, 3, day=AFTER.date())
        if place == 0:
            close_down(alliance, by=cast.chifeng, at=AFTER, reason="任务完成")
    assert reviews.resume(begun, at=AFTER).digest == unbroken


def test_a_run_that_breaks_each_time_is_set_aside_and_keeps_no_other_waiting(cast, monkeypatch):
    """Poison: the operator is told, and may run it again once the cause is gone."""
    user("sysop", duty="system")
    poisoned = reviews.begin(date(2019, 3, 31), at=AFTER)
    good, written = reviews.begin(QUARTER_END, at=AFTER), reviews.write

    def write(begun, *batch):
        if begun == poisoned:
            raise ValueError("poison")
        written(begun, *batch)

    monkeypatch.setattr(reviews, "write", write)
    assert reviews.sweep(at=AFTER) == 1
    good.refresh_from_db()
    assert good.state == "complete"
    for _sweep in range(reviews.ATTEMPTS):
        assert reviews.sweep(at=AFTER) == 0
    poisoned.refresh_from_db()
    assert poisoned.state == "stalled"
    assert not ReviewRun.objects.unfinished().exists()
    tell(WRITERS, at=AFTER)
    assert set(Notice.objects.filter(step__verb="set_aside").values_list("user__username", flat=True)) == {
        "sysop", "sysadmin",
    }  # fmt: skip
    monkeypatch.setattr(reviews, "write", written)
    assert reviews.run(date(2019, 3, 31), at=AFTER).state == "complete"
