"""Claiming: exactly as many as are wanted, in the right role, refused in the order that is promised."""

import pytest

from listings import transitions as verbs
from listings.models import Claim, Item
from members.models import Step
from members.states import Refused
from tests.cast import NOW, join, organization
from tests.listings.conftest import item_on


def member(alliance, name="第二小学党支部"):
    org = organization(name, "150422404")
    join(alliance, org)
    return org


def refusal(verb, *args, **kwargs):
    with pytest.raises(Refused) as refused:
        verb(*args, at=NOW, **kwargs)
    return refused.value.code


def test_the_first_claim_leads_and_the_item_counts_as_claimed_from_that_day(cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    item.refresh_from_db()
    assert (claim.role, claim.slot, item.state) == ("lead", 1, "claimed")
    assert item.first_claimed_on == NOW.date()


def test_who_is_no_member_is_told_so_first(cast, item):
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    assert refusal(verbs.claim, item, cast.lushan_org) == "not_member"


def test_an_item_that_is_not_open_cannot_be_claimed(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, opened=False)
    assert refusal(verbs.claim, item, cast.fulian_org) == "not_open"


def test_claiming_twice_is_one_claim(cast, item):
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    assert refusal(verbs.claim, item, cast.fulian_org) == "already_claimed"
    assert Claim.objects.count() == 1


def test_the_one_after_the_last_place_is_told_that_it_is_full(cast, item):
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    assert refusal(verbs.claim, item, member(cast.alliance)) == "full"


def test_there_is_one_lead_and_the_others_assist(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)
    verbs.claim(item, cast.fulian_org, at=NOW, role="lead")
    school = member(cast.alliance)
    assert refusal(verbs.claim, item, school, role="lead") == "lead_taken"
    assert verbs.claim(item, school, at=NOW).role == "assist"


def test_the_last_free_place_is_kept_for_a_lead(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    verbs.claim(item, cast.fulian_org, at=NOW, role="assist")
    school = member(cast.alliance)
    assert refusal(verbs.claim, item, school, role="assist") == "full"
    assert verbs.claim(item, school, at=NOW).role == "lead"


def test_a_released_place_is_free_again_and_the_first_day_stays(cast, item):
    claim = verbs.claim(item, cast.fulian_org, at=NOW)
    verbs.release(claim, at=NOW, reason="人手不够")
    item.refresh_from_db()
    assert (item.state, item.first_claimed_on) == ("open", NOW.date())
    assert verbs.claim(item, member(cast.alliance), at=NOW).slot == 1


def test_claiming_a_problem_makes_one_service_item_that_answers_it(cast, problem):
    claim = verbs.claim(problem, cast.fulian_org, by=cast.fulian, at=NOW)
    problem.refresh_from_db()
    assert (problem.state, problem.answered_by) == ("linked", claim.item)
    assert (claim.item.kind, claim.item.state, claim.item.listing.kind) == ("supply_demand", "claimed", "supply_demand")


def test_those_who_claim_the_same_problem_share_its_item(cast, problems):
    problem = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    first = verbs.claim(problem, cast.fulian_org, at=NOW)
    second = verbs.claim(problem, member(cast.alliance), at=NOW)
    assert first.item == second.item
    assert Item.objects.services().count() == 1


def test_a_problem_claimed_after_the_signature_joins_the_signed_list_as_an_addendum(cast, item, problem):
    listing = item.listing
    verbs.sign(listing, cast.dongshiqiao_org, at=NOW)
    verbs.sign(listing, cast.fulian_org, at=NOW)
    claim = verbs.claim(problem, cast.fulian_org, at=NOW)
    assert (claim.item.listing, claim.item.addendum) == (listing, True)


def test_each_deed_leaves_one_step_on_the_item(cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(claim, "已到现场", by=cast.fulian, at=NOW)
    verbs.report(claim, "疏通过半", by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)
    assert list(Step.objects.of(item).values_list("verb", flat=True)) == [
        "collect", "open", "claim", "report", "report", "finish",
    ]  # fmt: skip
    assert list(claim.reports.values_list("text", flat=True)) == ["已到现场", "疏通过半"]


def test_an_item_is_done_when_every_claimant_has_finished(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)
    one = verbs.claim(item, cast.fulian_org, at=NOW)
    two = verbs.claim(item, member(cast.alliance), at=NOW)
    verbs.finish(one, at=NOW)
    item.refresh_from_db()
    assert item.state == "claimed"
    verbs.release(two, at=NOW, reason="另有任务")
    item.refresh_from_db()
    assert (item.state, item.done_on) == ("done", NOW.date())
