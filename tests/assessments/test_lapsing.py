"""What nobody decided on lapses when the next quarter is reviewed; what a person has spoken on waits for the second."""

from contextlib import suppress
from datetime import date, timedelta
from itertools import pairwise
from threading import Event
from time import sleep

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.models import Alliance, Rectification
from assessments import approvals, reviews
from assessments.batches import put_forward, settle
from assessments.decisions import decide
from assessments.models import Proposal, ReviewRun
from assessments.notices import WRITERS
from assessments.workbench import todos_of
from members.models import Approval, Notice, Step
from members.notices import tell
from members.states import Refused
from tests.assessments.facts import AFTER, QUARTER_END, many_alliances
from tests.cast import again, at, people
from tests.trust.test_races import at_once

pytestmark = pytest.mark.django_db
SUMMER, AUTUMN = QUARTER_END, date(2019, 9, 30)
LATER, NEXT_YEAR = at(date(2019, 10, 1)), at(date(2020, 1, 2))


def suggested(cast, run, kind="rectify"):
    return Proposal.objects.get(run=run, alliance=cast.alliance, kind=kind)


@pytest.fixture
def summer(cast):
    """五金小区 has done nothing: rectify."""
    return suggested(cast, reviews.run(SUMMER))


@pytest.fixture
def autumn(summer):
    return reviews.run(AUTUMN)


def states(run):
    return set(Proposal.objects.filter(run=run).values_list("state", flat=True))


def stages(proposal):
    return list(Step.objects.of(proposal).values_list("verb", "from_state", "to_state", "until"))


def test_what_nobody_decided_on_lapses_by_the_next_quarters_review_and_its_step_says_so(cast, summer, autumn):
    was = summer.updated_at
    summer.refresh_from_db()
    assert (summer.state, summer.lapsed_by, summer.open_moves) == ("lapsed", autumn, [])
    assert summer.updated_at > was
    step = Step.objects.of(summer).last()
    assert stages(summer) == [("suggest", "", "open", step.at), ("lapse", "open", "lapsed", None)]
    assert (step.detail, step.at, step.by) == ({"run": autumn.pk}, autumn.completed_at, None)
    assert "2019年第3季度" in step.reason
    assert (states(summer.run), states(autumn)) == ({"lapsed"}, {"open"})


def test_nobody_is_told_of_it_and_each_department_hears_only_of_the_newer_review(cast, summer, autumn):
    tell(WRITERS, at=LATER)
    told = list(Notice.objects.filter(user=cast.chifeng).values_list("text", flat=True))
    assert len(told) == 1
    assert "2019年第3季度" in told[0]


def test_what_one_person_has_spoken_on_waits_for_the_second_and_takes_effect(cast, summer):
    asked = decide(summer, "proposals.confirm", by=cast.chifeng, at=AFTER, reason="没有动静")
    reviews.run(AUTUMN)
    assert Proposal.objects.get(pk=summer.pk).state == "waiting"
    approvals.approve(asked, by=cast.chifeng2, at=LATER)
    assert Rectification.objects.get().alliance == cast.alliance


def test_a_second_persons_no_after_the_newer_review_leaves_it_lapsed_not_open(cast, summer):
    asked = decide(summer, "proposals.confirm", by=cast.chifeng, at=AFTER, reason="没有动静")
    autumn = reviews.run(AUTUMN)
    approvals.refuse(asked, by=cast.chifeng2, at=LATER, answer="已有新的分析")
    summer.refresh_from_db()
    assert (summer.state, summer.lapsed_by) == ("lapsed", autumn)
    assert [verb for verb, *_stage in stages(summer)] == ["suggest", "confirm_asked", "reopen", "lapse"]


def test_what_was_decided_stays_decided(cast, summer):
    asked = decide(summer, "proposals.overrule", by=cast.chifeng, at=AFTER, reason="季节性")
    approvals.approve(asked, by=cast.chifeng2, at=AFTER)
    reviews.run(AUTUMN)
    assert Proposal.objects.get(pk=summer.pk).state == "overruled"


def test_an_earlier_quarter_that_is_reviewed_later_lapses_nothing_and_is_lapsed_itself(cast, autumn):
    summer = ReviewRun.objects.get(as_of=SUMMER)
    spring = reviews.run(date(2019, 3, 31), at=LATER, batch=1)
    late = Proposal.objects.filter(run=spring)
    assert states(autumn) == {"open"}
    assert states(spring) <= {"lapsed"}
    assert set(Proposal.objects.filter(run=summer).values_list("lapsed_by", flat=True)) == {autumn.pk}
    assert set(late.values_list("lapsed_by", flat=True)) <= {autumn.pk}


def test_a_late_review_finds_what_it_would_have_found_in_time(cast):
    """Its digest, too, is a function of the data as of its day; nothing of it was ever open to a decision."""
    in_time = reviews.run(SUMMER)
    Proposal.objects.all().delete()
    ReviewRun.objects.all().delete()
    autumn = reviews.run(AUTUMN)
    late = reviews.begin(SUMMER, at=LATER)
    assert reviews.next_batch(late, LATER, 1)  # not complete yet
    assert states(late) == {"lapsed"}
    assert reviews.resume(late, at=LATER).digest == in_time.digest
    assert (states(late), states(autumn)) == ({"lapsed"}, {"open"})


def test_the_same_review_again_and_two_cuts_within_a_quarter_lapse_nothing(cast, summer):
    reviews.run(SUMMER, at=LATER)
    cuts = [reviews.run(date(2019, 8, 31)), reviews.run(date(2019, 7, 31))]
    assert [states(run) for run in (summer.run, *cuts)] == [{"open"}] * 3


def test_a_day_of_a_quarter_has_seen_less_than_the_quarter_before_and_lapses_with_its_own(cast, summer):
    july = reviews.run(date(2019, 7, 1))
    assert (states(summer.run), states(july)) == ({"open"}, {"open"})
    autumn = reviews.run(AUTUMN)
    assert (states(summer.run), states(july), states(autumn)) == ({"lapsed"}, {"lapsed"}, {"open"})
    late = reviews.run(date(2019, 8, 31), at=LATER)
    assert (states(late), late.newer) == ({"lapsed"}, autumn)


def test_what_was_said_while_the_review_ran_comes_before_the_lapse(cast, summer):
    autumn = reviews.begin(AUTUMN, at=LATER)
    assert reviews.next_batch(autumn, LATER, 100)
    asked = decide(summer, "proposals.confirm", by=cast.chifeng, at=LATER + timedelta(seconds=20), reason="没有动静")
    approvals.refuse(asked, by=cast.chifeng2, at=LATER + timedelta(seconds=40), answer="再看")
    reviews.resume(autumn, at=LATER)  # the hour at which it was taken up
    told = list(Step.objects.of(summer))
    assert [step.verb for step in told] == ["suggest", "confirm_asked", "reopen", "lapse"]
    assert all(step.until == after.at for step, after in pairwise(told))


def test_a_trial_of_a_later_day_lapses_nothing(cast, summer):
    reviews.rehearse(AUTUMN, Alliance.objects.all())
    assert states(summer.run) == {"open"}


def test_before_its_end_a_review_lapses_nothing_and_killed_in_the_end_it_has_not_begun_it(cast, summer, monkeypatch):
    whole, ended = reviews.lapse_older, []

    def killed(newest, at):
        whole(newest, at)
        ended.append(states(summer.run))
        raise KeyboardInterrupt

    autumn = reviews.begin(AUTUMN, at=LATER)
    assert reviews.next_batch(autumn, LATER, 100)
    assert states(summer.run) == {"open"}
    monkeypatch.setattr(reviews, "lapse_older", killed)
    with suppress(KeyboardInterrupt):
        reviews.resume(autumn, at=LATER)
    assert ended == [{"lapsed"}]
    assert (ReviewRun.objects.get(pk=autumn.pk).state, states(summer.run)) == ("running", {"open"})
    monkeypatch.setattr(reviews, "lapse_older", whole)
    reviews.resume(autumn, at=LATER)
    reviews.resume(autumn, at=LATER)
    assert states(summer.run) == {"lapsed"}
    assert Step.objects.filter(verb="lapse").count() == summer.run.proposals.count()


def test_the_end_of_a_review_asks_as_often_for_many_that_lapse_as_for_one(cast):
    def statements(day):
        begun = reviews.begin(day, at=NEXT_YEAR)
        reviews.next_batch(begun, NEXT_YEAR, 100)
        waiting = Proposal.objects.exclude(run=begun).pending().count()
        with CaptureQueriesContext(connection) as caught:
            assert not reviews.next_batch(begun, NEXT_YEAR, 100)
        return waiting, len(caught)

    reviews.run(SUMMER)
    many_alliances(cast, 6)
    (few, asked), (many, asked_then) = statements(AUTUMN), statements(date(2019, 12, 31))
    assert (few, many) == (2, 8)
    assert asked_then == asked


# At every mouth -----------------------------------------------------------------------------------------------------


@pytest.fixture
def as_(client):
    def log_in(user):
        client.force_login(again(user))
        return client

    return log_in


@pytest.mark.parametrize("verb", ["confirm", "overrule"])
def test_a_lapsed_one_is_not_decided_and_the_conflict_names_the_newer_review(cast, summer, autumn, as_, verb):
    stale = Proposal.objects.get(pk=summer.pk)
    stale.state = "open"  # as a page had read it
    with pytest.raises(Refused, match="2019年第3季度") as refused:
        decide(stale, f"proposals.{verb}", by=cast.chifeng, at=LATER, reason="没有动静")
    assert refused.value.code == "move_refused"
    browser = as_(cast.chifeng)
    page = browser.post(reverse(f"proposals:{verb}", args=[summer.pk]), {"reason": "没有动静"})
    rest = browser.post(f"/api/v1/proposals/{summer.pk}/{verb}/", {"reason": "。"}, content_type="application/json")
    assert (page.status_code, rest.status_code, rest.json()["code"]) == (409, 409, "move_refused")
    assert "2019年第3季度" in page.text
    assert "2019年第3季度" in rest.json()["detail"]
    assert browser.get(reverse(f"proposals:{verb}", args=[summer.pk])).status_code == 302
    assert not Approval.objects.exists()


def test_only_an_open_one_is_decided_whatever_the_verb(cast, summer, autumn, as_):
    """Each state against both verbs of the first person."""
    answers = {}
    for state in Proposal.State.values:
        by = autumn if state == "lapsed" else None
        Proposal.objects.filter(pk=summer.pk).update(state=state, lapsed_by=by)
        for verb in ("confirm", "overrule"):
            url = f"/api/v1/proposals/{summer.pk}/{verb}/"
            answer = as_(cast.chifeng).post(url, {"reason": "。"}, content_type="application/json")
            answers[state, verb] = answer.status_code
            Proposal.objects.filter(pk=summer.pk).update(state=state, lapsed_by=by)
            Approval.objects.all().delete()
    assert {pair for pair, status in answers.items() if status == 202} == {("open", "confirm"), ("open", "overrule")}
    assert set(answers.values()) == {202, 409}


@pytest.mark.parametrize("words", [{}, {"due_on": "2019-10-01"}])
def test_that_it_has_lapsed_goes_before_whatever_else_is_in_the_way(cast, summer, autumn, as_, words):
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="rectifying")
    body = {"proposals": [summer.pk], "verb": "confirm", "reason": "没有动静", **words}
    answer = as_(cast.chifeng).post("/api/v1/batches/", body, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (409, "nothing_left")
    assert "2019年第3季度" in answer.json()["detail"]


def test_in_a_batch_the_lapsed_is_left_out_and_named(cast, summer, autumn):
    fresh = suggested(cast, autumn)
    outcome = put_forward([summer, fresh], "proposals.overrule", by=cast.balinzuo, at=LATER, reason="季节性")
    assert [(left, "2019年第3季度" in why) for left, why in outcome.left] == [(summer, True)]
    assert [one.thing for one in outcome.done] == [fresh]


def test_the_list_shows_what_counts_each_with_its_quarter_and_the_lapsed_when_asked(cast, summer, autumn, as_):
    def rows(**asked):
        return [one.pk for one in as_(cast.chifeng).get(reverse("proposals:list"), asked).context["object_list"]]

    fresh = suggested(cast, autumn)
    assert rows() == [fresh.pk]
    assert rows(state="lapsed") == [summer.pk]
    assert "2019年第3季度" in as_(cast.chifeng).get(reverse("proposals:list")).text
    whole = as_(cast.chifeng).get(reverse("reviews:detail", args=[summer.run_id]))
    assert [one.pk for one in whole.context["object_list"]] == [summer.pk]
    assert autumn.get_absolute_url() in whole.text
    assert rows(alliance=cast.nanyang_alliance.pk, state="lapsed") == []


def test_the_page_says_that_it_has_lapsed_and_leads_to_what_counts(cast, summer, autumn, as_):
    told = as_(cast.chifeng).get(summer.get_absolute_url()).text
    for words in ("已失效", "没有研判，已失效", autumn.get_absolute_url(), suggested(cast, autumn).get_absolute_url()):
        assert words in told
    assert reverse("proposals:confirm", args=[summer.pk]) not in told
    assert as_(cast.nanyang).get(summer.get_absolute_url()).status_code == 404


def test_the_second_person_is_told_of_the_newer_review_before_the_word(cast, summer, as_):
    batch = put_forward([summer], "proposals.confirm", by=cast.balinzuo, at=AFTER, reason="没有动静").batch
    pages = [summer.get_absolute_url(), batch.get_absolute_url(), Approval.objects.get().get_absolute_url()]
    for page in pages:
        assert "2019年第3季度" not in as_(cast.chifeng).get(page).text
    autumn = reviews.run(AUTUMN)
    for page in pages:
        assert autumn.get_absolute_url() in as_(cast.chifeng).get(page).text


def test_rest_tells_the_state_and_by_which_review(cast, summer, autumn, as_):
    (row,) = as_(cast.chifeng).get("/api/v1/proposals/?state=lapsed").json()["results"]
    assert (row["id"], row["state"], row["lapsed_by"], row["open_moves"]) == (summer.pk, "lapsed", autumn.pk, [])
    assert len(as_(cast.chifeng).get("/api/v1/proposals/").json()["results"]) == 2
    assert as_(cast.nanyang).get(f"/api/v1/proposals/{summer.pk}/").status_code == 404


def test_the_work_bench_asks_once_for_each_alliance(cast, summer, autumn):
    _todos, counts = todos_of(again(cast.chifeng), LATER.date() + timedelta(days=1))
    assert counts["proposals"] == 1


# At the same moment -------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("spoken", [False, True])
def test_who_decides_at_the_moment_of_the_lapse_comes_before_it_or_is_refused(spoken):
    """Either the decision stands or the lapse: the first person's word, and the second's no on it."""
    cast = people()
    run = reviews.run(SUMMER)
    proposals = [suggested(cast, run), *Proposal.objects.filter(run=run).exclude(alliance=cast.alliance)]
    asked = {
        one: decide(one, "proposals.overrule", by=cast.chifeng, at=AFTER, reason="。") for one in proposals if spoken
    }
    autumn = reviews.begin(AUTUMN, at=LATER)
    reviews.next_batch(autumn, LATER, 100)

    def word(one):
        if spoken:
            return approvals.refuse(asked[one], by=cast.chifeng2, at=LATER, answer="再看")
        return decide(one, "proposals.overrule", by=cast.chifeng, at=LATER, reason="季节性")

    told = at_once(lambda: reviews.resume(autumn, at=LATER), *[lambda one=one: word(one) for one in proposals])
    decided = told.count("done") - 1
    states = list(Proposal.objects.filter(run=run).values_list("state", flat=True))
    assert sorted(states) == (["lapsed"] * 2 if spoken else ["lapsed"] * (2 - decided) + ["waiting"] * decided)
    assert Approval.objects.pending().count() == (0 if spoken else decided)
    assert Step.objects.filter(verb="lapse").count() == states.count("lapsed")


@pytest.mark.django_db(transaction=True)
def test_a_batch_of_an_older_quarter_under_way_as_the_newer_ends_leaves_nothing_open(monkeypatch):
    """Its worker dies after that batch: nobody comes later and mends it."""
    people()
    summer, autumn = (reviews.begin(day, at=LATER) for day in (SUMMER, AUTUMN))
    assert reviews.next_batch(autumn, LATER, 100)
    own, looked = reviews.lapse_own, Event()

    def slow(run, at):
        own(run, at)
        if run == summer:
            looked.set()
            until_somebody_waits()

    def end():
        assert looked.wait(10)
        reviews.resume(autumn, at=LATER)

    monkeypatch.setattr(reviews, "lapse_own", slow)
    assert at_once(lambda: reviews.next_batch(summer, LATER, 100), end) == ["done", "done"]
    assert [states(run) for run in (summer, autumn)] == [{"lapsed"}, {"open"}]


def until_somebody_waits():
    """For a lock of this database; at most three seconds."""
    with connection.cursor() as cursor:
        for _look in range(300):
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
            sleep(0.01)


def test_a_batch_is_settled_in_the_order_in_which_a_review_locks(cast, monkeypatch):
    many_alliances(cast, 3)
    found = reviews.run(SUMMER).proposals.within("1504")
    most = max(found, key=lambda one: [other.kind for other in found].count(one.kind)).kind
    done = put_forward(found.filter(kind=most), "proposals.overrule", by=cast.chifeng, at=AFTER, reason="没有动静")
    first, *others = sorted(done.done, key=lambda one: one.thing_id)
    spoken = []
    for verb in ("approve", "refuse"):
        monkeypatch.setattr(approvals, verb, lambda one, **words: spoken.append(one.thing_id))
    settle(done.batch, agreed=others, declined=[first], by=cast.chifeng2, at=AFTER, answer="再看")
    assert len(spoken) > 2
    assert spoken == sorted(spoken)


@pytest.mark.django_db(transaction=True)
def test_two_quarters_that_end_at_once_leave_nothing_open_of_the_older():
    people()
    runs = [reviews.begin(day, at=LATER) for day in (SUMMER, AUTUMN)]
    assert at_once(*[lambda run=run: reviews.resume(run, at=LATER) for run in runs]) == ["done", "done"]
    assert [states(run) for run in runs] == [{"lapsed"}, {"open"}]
