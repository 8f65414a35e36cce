"""The closed loop: what was asked is solved when whoever asked says so, and nobody confirms their own work."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from listings import transitions as verbs
from listings.models import Claim, Item, Listing
from listings.models.listing import Kind
from members.models import Step
from members.states import MoveRefused, Refused
from tests.cast import NOW, again, join
from tests.listings.conftest import item_on, list_of


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def done_item(cast, item):
    verbs.finish(verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW), by=cast.fulian, at=NOW)
    return fresh(item)


def test_from_collected_to_closed(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, opened=False)
    verbs.study(item, by=cast.dongshiqiao, at=NOW, reason="属实")
    verbs.open_(item, by=cast.dongshiqiao, at=NOW)
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(claim, "已联系疏通车", by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW, outcome="已疏通")
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    assert verbs.close_confirmed(NOW.date() + timedelta(days=9)) == 0
    assert verbs.close_confirmed(NOW.date() + timedelta(days=10)) == 1
    assert list(Step.objects.of(item).exclude(to_state="").values_list("to_state", flat=True)) == [
        "collected", "studied", "open", "claimed", "in_hand", "done", "confirmed", "closed",
    ]  # fmt: skip
    assert fresh(claim).state == "confirmed"


def test_an_item_without_a_term_is_due_after_working_days(cast, item):
    """Twenty working days from Monday 3 June 2019, over the Dragon Boat holiday of 7 June."""
    assert str(item.due_on) == "2019-07-02"


def test_the_claimant_cannot_confirm(cast, item):
    done_item(cast, item)
    with pytest.raises(Refused) as refused:
        verbs.confirm(fresh(item), by=cast.fulian, at=NOW)
    assert refused.value.code == "own_claim"


def test_who_asked_and_claimed_it_themselves_cannot_confirm_either(cast, item):
    verbs.finish(verbs.claim(item, cast.dongshiqiao_org, at=NOW), at=NOW)
    with pytest.raises(Refused) as refused:
        verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "own_claim"


def test_nobody_but_the_asker_confirms_whatever_their_office(cast, item):
    done_item(cast, item)
    for other in (cast.chifeng, cast.lindong, cast.lushan, cast.nanyang, None):
        with pytest.raises(PermissionDenied):
            verbs.confirm(fresh(item), by=other, at=NOW)


def test_what_is_not_done_cannot_be_confirmed(cast, item):
    verbs.claim(item, cast.fulian_org, at=NOW)
    with pytest.raises(MoveRefused):
        verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)


def test_confirming_an_item_solves_the_problems_of_the_same_asker_and_no_others(cast, item, problems):
    join(cast.alliance, cast.lushan_org)
    own = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="井盖破损")
    other = item_on(problems, cast.dongshiqiao, cast.lushan_org, title="路灯不亮")
    for one in (own, other):
        verbs.link(one, item, by=cast.dongshiqiao, at=NOW)
    done_item(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    assert (fresh(own).state, fresh(own).confirmed_on) == ("confirmed", NOW.date())
    assert fresh(other).state == "linked"
    assert verbs.close_confirmed(NOW.date() + timedelta(days=30)) == 1  # the solved problem; the item waits
    verbs.confirm(fresh(other), by=cast.lushan, at=NOW)
    assert fresh(other).state == "confirmed"
    assert verbs.close_confirmed(NOW.date() + timedelta(days=30)) == 2


def test_a_linked_problem_waits_until_its_item_is_done(cast, item, problem):
    verbs.link(problem, item, at=NOW)
    with pytest.raises(MoveRefused):
        verbs.confirm(fresh(problem), by=cast.dongshiqiao, at=NOW)


def test_the_claimant_of_the_item_cannot_confirm_the_problem_that_it_answers(cast, problems, item):
    theirs = item_on(problems, cast.dongshiqiao, cast.fulian_org, title="婚调室缺人")
    verbs.link(theirs, item, at=NOW)
    done_item(cast, item)
    with pytest.raises(Refused) as refused:
        verbs.confirm(fresh(theirs), by=cast.fulian, at=NOW)
    assert refused.value.code == "own_claim"


def test_who_is_not_content_sends_it_back_and_it_is_in_hand_again(cast, item):
    claim = verbs.claim(item, cast.fulian_org, at=NOW)
    verbs.finish(claim, at=NOW)
    verbs.send_back(fresh(item), by=cast.dongshiqiao, at=NOW, reason="还在返水")
    assert (fresh(item).state, fresh(item).done_on, fresh(claim).state) == ("in_hand", None, "in_hand")
    verbs.finish(fresh(claim), at=NOW)
    assert fresh(item).state == "done"


def test_a_problem_whose_answer_does_not_help_is_open_again(cast, item, problem):
    verbs.link(problem, item, at=NOW)
    verbs.send_back(fresh(problem), by=cast.dongshiqiao, at=NOW, reason="不是一回事")
    assert (fresh(problem).state, fresh(problem).answered_by) == ("open", None)


def test_problems_are_open_again_when_the_item_that_answers_them_is_refused(cast, item, problem):
    verbs.link(problem, item, at=NOW)
    verbs.refuse(fresh(item), by=cast.dongshiqiao, at=NOW, reason="管线不归联合体", goes_to="供水公司，12345")
    assert (fresh(problem).state, fresh(problem).answered_by) == ("open", None)


def test_what_was_returned_can_be_completed_and_handed_in_again(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.fulian_org, opened=False)
    verbs.return_(item, by=cast.dongshiqiao, at=NOW, reason="请写明地点")
    verbs.resubmit(fresh(item), by=cast.fulian, at=NOW, place="五金小区 3 号楼")
    assert (fresh(item).state, fresh(item).place) == ("collected", "五金小区 3 号楼")


def test_a_problem_is_answered_only_by_a_service_item_of_its_own_alliance(cast, problem):
    lists = list_of(cast.nanyang_alliance, cast.dongguan)
    strange = item_on(lists, cast.dongguan, cast.dongguan_org)
    with pytest.raises(Refused) as refused:
        verbs.link(problem, strange, at=NOW)
    assert refused.value.code == "not_linkable"


def test_closing_an_alliance_down_ends_what_is_open_and_leaves_what_is_done_to_its_asker(cast, needs, problems):
    texts = ("收集", "待认领", "认领", "办结")
    collected, open_, claimed, done = (
        item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=text, opened=text != "收集") for text in texts
    )
    linked = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="对接中")
    waiting = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="待确认的问题")
    claim = verbs.claim(claimed, cast.fulian_org, at=NOW)
    verbs.link(linked, claimed, at=NOW)
    verbs.link(waiting, done, at=NOW)
    done_item(cast, done)
    verbs.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="联而不合")
    assert [fresh(one).state for one in (collected, open_, claimed, linked)] == ["refused"] * 4
    assert (fresh(claim).state, fresh(done).state, fresh(waiting).state) == ("released", "done", "linked")
    assert fresh(cast.alliance).state == "dissolved"
    verbs.confirm(fresh(done), by=cast.dongshiqiao, at=NOW)
    assert fresh(waiting).state == "confirmed"


def legal(thing):
    """Every step of the thing is a move of its table, and its present state is where the last one led."""
    kind = ContentType.objects.get_for_model(thing)
    moves = [s for s in Step.objects.filter(thing_type=kind, thing_id=thing.pk).order_by("id") if s.to_state]
    for before, step in zip([None, *moves], moves, strict=False):
        if before is not None:
            assert step.from_state == before.to_state
            assert step.to_state in thing.MOVES[step.from_state]
    assert moves[-1].to_state == thing.state


DEEDS = (
    "study", "open_", "return_", "resubmit", "refuse", "claim_fulian", "claim_own", "report", "finish", "release",
    "confirm_asker", "confirm_claimant", "send_back", "link", "close",
)  # fmt: skip


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(deeds=st.lists(st.sampled_from(DEEDS), min_size=4, max_size=14))
def test_whatever_is_tried_nothing_is_solved_without_its_asker_nor_by_a_claimant(cast, deeds):
    alliance = cast.alliance
    listing, worries = (
        Listing.objects.filter(alliance=alliance, kind=kind).first() or list_of(alliance, None, kind=kind)
        for kind in (Kind.SUPPLY_DEMAND, Kind.PROBLEM)
    )
    item = item_on(listing, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2, opened=False)
    problem = item_on(worries, cast.dongshiqiao, cast.dongshiqiao_org)
    for deed in deeds:
        attempt(deed, cast, fresh(item), fresh(problem))
    for thing in (fresh(item), fresh(problem), *Claim.objects.filter(item=item)):
        legal(thing)
    for solved in Item.objects.filter(confirmed_on__isnull=False, pk__in=(item.pk, problem.pk)):
        said = Step.objects.of(solved).get(to_state="confirmed")
        worked = Claim.objects.filter(item=solved.answered_by or solved).exclude(state="released")
        assert said.by == cast.dongshiqiao
        assert cast.dongshiqiao_org.pk not in worked.values_list("organization", flat=True)


def attempt(deed, cast, item, problem):
    claim = Claim.objects.filter(item=item).order_by("-pk").first()
    words = {"at": NOW}
    try:
        match deed:
            case "claim_fulian":
                verbs.claim(item, cast.fulian_org, by=cast.fulian, **words)
            case "claim_own":
                verbs.claim(item, cast.dongshiqiao_org, by=cast.dongshiqiao, **words)
            case "report" if claim:
                verbs.report(claim, "进展", by=cast.fulian, **words)
            case "finish" | "release" if claim:
                reason = {"reason": "另有任务"} if deed == "release" else {}
                getattr(verbs, deed)(claim, by=cast.fulian, **reason, **words)
            case "confirm_asker":
                verbs.confirm(item, by=again(cast.dongshiqiao), **words)
            case "confirm_claimant":
                verbs.confirm(problem, by=again(cast.fulian), **words)
            case "link":
                verbs.link(problem, item, **words)
            case "close":
                verbs.close_confirmed(NOW.date() + timedelta(days=30))
            case "refuse":
                verbs.refuse(item, by=cast.dongshiqiao, reason="理由", goes_to="12345 热线", **words)
            case "return_" | "send_back":
                getattr(verbs, deed)(item, by=cast.dongshiqiao, reason="理由", **words)
            case "study" | "open_" | "resubmit":
                getattr(verbs, deed)(item, by=cast.dongshiqiao, **words)
    except (Refused, PermissionDenied):
        return
