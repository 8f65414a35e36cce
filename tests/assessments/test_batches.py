"""Several proposals in one step, decided on one sheet; what is merged, and what an alliance is written."""

from datetime import date
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.urls import reverse

from alliances.models import Rectification, Reward
from assessments import decisions, reviews
from assessments.batches import put_forward, settle
from assessments.letters import issue
from assessments.models import Batch, Letter, Proposal
from assessments.notices import WRITERS
from members.models import Approval, Notice, Step
from members.notices import tell
from members.states import Refused
from tests.assessments.facts import AFTER, QUARTER_END, many_alliances, session, solved
from tests.cast import NOW, again

pytestmark = pytest.mark.django_db


@pytest.fixture
def watched(cast):
    """Three alliances of the banner that are only to be watched; and what was found of them."""
    alliances = [cast.alliance, *many_alliances(cast, 2)]
    for alliance in alliances:
        session(alliance, date(2019, 5, 20))
        alliance.memberships.get_or_create(
            organization=cast.fulian_org,
            defaults={"state": "accepted", "invited_on": date(2019, 3, 1), "joined_on": date(2019, 3, 1)},
        )
    reviews.run(QUARTER_END)
    return list(Proposal.objects.within("1504").filter(kind="observe").order_by("pk"))


@pytest.fixture
def batch(cast, watched):
    return put_forward(watched, "proposals.confirm", by=cast.balinzuo, at=NOW, reason="连续两季").batch


@pytest.fixture
def as_(client):
    def log_in(user):
        client.force_login(user)
        return client

    return log_in


def chosen(proposals, **more):
    return {"proposal": [one.pk for one in proposals], "verb": "proposals.confirm", "reason": "连续两季"} | more


def test_each_of_a_batch_stays_an_approval_with_steps_of_its_own(cast, watched, as_):
    told = as_(cast.balinzuo).post(reverse("proposals:batch"), chosen(watched)).text
    assert "已提出 3 条" in told
    batch = Batch.objects.get()
    assert batch.approvals.count() == Approval.objects.pending().count() == 3
    assert set(Proposal.objects.within("1504").filter(kind="observe").values_list("state", flat=True)) == {"waiting"}
    assert Step.objects.filter(verb="confirm_asked").count() == 3


def test_page_and_rest_take_the_same_step(cast, watched, as_):
    body = {"proposals": [one.pk for one in watched], "verb": "confirm", "reason": "连续两季"}
    answer = as_(cast.balinzuo).post("/api/v1/batches/", body, content_type="application/json")
    assert answer.status_code == 202
    assert [one["state"] for one in answer.json()["approvals"]] == ["pending"] * 3
    pk = answer.json()["id"]
    ids = [one["id"] for one in answer.json()["approvals"]]
    words = {"agree": ids[:2], "decline": ids[2:], "answer": "再看一季"}
    answer = as_(cast.chifeng).post(f"/api/v1/batches/{pk}/settle/", words, content_type="application/json")
    assert [one["state"] for one in answer.json()["approvals"]] == ["approved", "approved", "refused"]


def test_what_somebody_else_has_decided_is_left_out_and_named(cast, watched):
    decisions.decide(watched[0], "proposals.overrule", by=cast.chifeng, at=NOW, reason="无碍")
    outcome = put_forward(watched, "proposals.confirm", by=cast.balinzuo, at=NOW, reason="连续两季")
    assert [one for one, _why in outcome.left] == [watched[0]]
    assert outcome.batch.approvals.count() == 2
    with pytest.raises(Refused) as twice:
        put_forward(watched, "proposals.confirm", by=cast.balinzuo, at=NOW, reason="连续两季")
    assert twice.value.code == "nothing_left"
    assert Batch.objects.count() == 1


def test_a_borrowed_id_makes_the_whole_batch_a_404_and_nothing_happens(cast, watched, as_):
    foreign = Proposal.objects.get(alliance=cast.nanyang_alliance)
    assert as_(cast.balinzuo).post(reverse("proposals:batch"), chosen([*watched, foreign])).status_code == 404
    body = {"proposals": [watched[0].pk, foreign.pk], "verb": "confirm", "reason": "。"}
    assert as_(cast.balinzuo).post("/api/v1/batches/", body, content_type="application/json").status_code == 404
    assert as_(cast.lindong).post(reverse("proposals:batch"), chosen(watched)).status_code == 403
    assert not Batch.objects.exists()
    assert not Approval.objects.exists()


@pytest.mark.parametrize("bad", ["-1", "9" * 30, "abc", "\0", ""])
def test_odd_ids_lead_back_to_the_list(cast, watched, as_, bad):
    answer = as_(cast.balinzuo).post(reverse("proposals:batch"), chosen([], proposal=[bad]))
    assert answer.status_code in {302, 404}
    assert not Batch.objects.exists()


def test_several_kinds_are_not_one_batch(cast, watched, as_):
    other = Proposal.objects.create(
        run=watched[0].run, alliance=cast.alliance, region_id=cast.alliance.region_id, kind="reward", evidence=[]
    )
    told = as_(cast.balinzuo).get(reverse("proposals:batch"), chosen([*watched, other])).text
    assert "一次只能成批提出同一类建议" in told


def test_the_second_person_agrees_to_some_and_not_to_others_and_the_first_to_none(cast, batch, as_):
    url = reverse("batches:detail", args=[batch.pk])
    one, two, three = batch.approvals.order_by("pk")
    assert as_(cast.balinzuo).post(url, {"all": "agree"}).status_code == 403
    words = {f"word_{one.pk}": "agree", f"word_{two.pk}": "decline"}
    assert as_(cast.chifeng).post(url, words).status_code == 422  # a refusal says why
    assert as_(cast.chifeng).post(url, words | {"answer": "再看一季"}).status_code == 302
    decided = [Approval.objects.get(pk=approval.pk) for approval in (one, two, three)]
    assert [approval.state for approval in decided] == ["approved", "refused", "pending"]
    assert [approval.thing.state for approval in decided] == ["confirmed", "open", "waiting"]


def test_one_that_was_decided_meanwhile_stops_no_other(cast, batch, as_):
    first = batch.approvals.order_by("pk").first()
    outcome = settle(batch, agreed=[first], declined=[], by=cast.chifeng, at=NOW)
    stale = list(batch.approvals.order_by("pk"))
    outcome = settle(batch, agreed=stale, declined=[], by=cast.chifeng2, at=NOW)
    assert [one for one, _why in outcome.left] == [first]
    assert {approval.state for approval in batch.approvals.all()} == {"approved"}


def test_a_batch_shows_each_evidence_and_nanyang_sees_no_batch(cast, batch, as_):
    url = reverse("batches:detail", args=[batch.pk])
    told = as_(cast.chifeng).get(url).text
    assert told.count("本季无认领、无解决") == 3
    assert "/items_claimed/" in told
    for who in (cast.nanyang, cast.fulian, cast.lindong):
        assert as_(again(who)).get(url).status_code == 404
        assert as_(again(who)).post(url, {"all": "agree"}).status_code == 404
    assert "连续两季" not in as_(cast.nanyang).get(reverse("batches:list")).text


def test_the_sheet_asks_as_often_for_three_as_for_one(cast, watched, as_, django_assert_max_num_queries):
    def asked(proposals):
        batch = put_forward(proposals, "proposals.confirm", by=cast.balinzuo, at=NOW, reason="。").batch
        browser = as_(again(cast.chifeng))
        with django_assert_max_num_queries(40) as caught:
            browser.get(reverse("batches:detail", args=[batch.pk]))
        return len(caught)

    assert asked(watched[:1]) == asked(watched[1:])


def test_of_a_batch_the_second_person_hears_once(cast, batch):
    tell(WRITERS, at=AFTER)
    heard = Notice.objects.filter(user=cast.chifeng, text__contains="成批提出3条")
    assert heard.count() == 1
    assert not Notice.objects.filter(user=cast.chifeng, text__contains="采纳处置建议").exists()
    assert not Notice.objects.filter(user__in=(cast.nanyang, cast.balinzuo), text__contains="成批").exists()


def test_an_alliance_goes_into_another_once_two_people_of_both_places_agree(cast, as_):
    lone, other = many_alliances(cast, 2)
    session(lone, date(2019, 5, 20))
    reviews.run(QUARTER_END)
    proposal = Proposal.objects.get(alliance=lone, kind="merge")
    assert proposal.words == ["只有一家成员"]
    url = reverse("proposals:confirm", args=[proposal.pk])
    assert other.name in as_(cast.balinzuo).get(url).text
    assert as_(cast.balinzuo).get(f"{url}?into={cast.nanyang_alliance.pk}").status_code == 404
    assert as_(cast.balinzuo).post(url, {"into": other.pk, "reason": "力量太单薄"}).status_code == 302
    approval = Approval.objects.get()
    assert (approval.region_id, approval.arguments) == ("150422404001", {"into": other.pk})
    assert other.name in as_(cast.chifeng).get(approval.get_absolute_url()).text
    as_(cast.chifeng).post(reverse("approvals:approve", args=[approval.pk]))
    lone.refresh_from_db()
    assert (lone.state, lone.merged_into) == ("merged", other)
    assert not Letter.objects.exists()


@pytest.fixture
def idle(cast):
    reviews.run(QUARTER_END)
    return Proposal.objects.get(alliance=cast.alliance, kind="rectify")


def test_the_alliance_is_written_what_was_found_and_what_is_ordered(cast, idle, as_):
    words = {"reason": "一季没有动静", "measures": "补开例会", "due_on": "2099-08-01", "recheck_on": "2099-08-05"}
    as_(cast.chifeng).post(reverse("proposals:confirm", args=[idle.pk]), words)
    as_(cast.balinzuo).post(reverse("approvals:approve", args=[Approval.objects.get().pk]))
    letter, order = Letter.objects.get(), Rectification.objects.get()
    assert (letter.issuer_id, letter.serial, letter.content["due_on"]) == ("150422", 1, "2099-08-01")
    assert str(order.recheck_on) == letter.content["recheck_on"] == "2099-08-05"
    for who in (cast.fulian, cast.dongshiqiao, cast.lindong):
        told = as_(again(who)).get(letter.get_absolute_url()).text
        for words in ("规范整顿通知书", letter.number, "联而不活", "补开例会", "2099-08-05", "申诉"):
            assert words in told
    for who in (cast.nanyang, cast.lushan, cast.auditor):
        assert as_(again(who)).get(letter.get_absolute_url()).status_code == 404
        assert letter.number not in as_(again(who)).get(reverse("letters:list")).text


def test_a_reward_of_money_names_its_source_before_a_second_person_is_asked(cast, as_):
    solved(cast.alliance, 10)
    session(cast.alliance, date(2019, 5, 20))
    reviews.run(QUARTER_END)
    proposal = Proposal.objects.get(kind="reward")
    url = reverse("proposals:confirm", args=[proposal.pk])
    words = {"reason": "成效突出", "kind": "funds", "what": "以奖代补", "amount": "20000"}
    assert as_(cast.chifeng).post(url, words).status_code == 422
    as_(cast.chifeng).post(url, words | {"source": "dues"})
    as_(cast.chifeng2).post(reverse("approvals:approve", args=[Approval.objects.get().pk]))
    granted = Reward.objects.get()
    assert (str(granted.amount), granted.source) == ("20000.00", "dues")
    assert "党费补" in as_(cast.fulian).get(Letter.objects.get().get_absolute_url()).text


@pytest.mark.parametrize(
    "words",
    [
        {"due_on": "2019-01-01"},
        {"due_on": "2099-08-01", "recheck_on": "2099-07-01"},
        {"due_on": "0001-01-01"},
        {"measures": "长" * 10_000},
        {"reason": "\0"},
    ],
)
def test_words_that_make_no_sense_move_nothing(cast, idle, as_, words):
    answer = as_(cast.chifeng).post(reverse("proposals:confirm", args=[idle.pk]), {"reason": "。"} | words)
    assert answer.status_code == 422
    assert not Approval.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_letters_are_numbered_without_a_gap_by_two_at_once(cast):
    run = reviews.run(QUARTER_END)
    others = many_alliances(cast, 4)
    proposals = [
        Proposal.objects.create(run=run, alliance=a, region_id=a.region_id, kind="observe", evidence=[]) for a in others
    ]
    start = Barrier(4)

    def write(proposal):
        start.wait()
        issue(proposal, by=cast.balinzuo, at=NOW, reason="。", ordered={})
        connection.close()

    writers = [Thread(target=write, args=[one]) for one in proposals]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert sorted(Letter.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
