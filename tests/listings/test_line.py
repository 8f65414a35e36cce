"""The waiting line: who comes too late may wait; a free place is offered to the first whom it suits."""

from datetime import date, timedelta

import pytest

from listings import transitions as verbs
from listings.models import Claim
from listings.notices import WRITERS
from members.models import Notice, Step
from members.notices import tell
from members.states import MoveRefused, Refused
from tests.cast import NOW, at, join, organization
from tests.listings.conftest import item_on

AFTER_TERM = at(date(2019, 6, 6), 0)
"""NOW is a Monday; two working days after it end with Wednesday."""


@pytest.fixture
def schools(cast):
    """Six more members of the alliance."""
    found = [organization(f"第{n}小学党支部", "150422404") for n in range(6)]
    for school in found:
        join(cast.alliance, school)
    return found


@pytest.fixture
def full(cast, item):
    """An item for one organisation, claimed by the women's federation."""
    return verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)


def wait(item, org, **words):
    return verbs.claim(item, org, wait=True, at=NOW, **words)


def places(*claims):
    found = Claim.objects.with_positions().in_bulk([claim.pk for claim in claims])
    return [found[claim.pk].waiting_position for claim in claims]


def states(*claims):
    return [Claim.objects.get(pk=claim.pk).state for claim in claims]


def test_nobody_waits_unless_they_ask_to(full, schools):
    with pytest.raises(Refused) as refused:
        verbs.claim(full.item, schools[0], at=NOW)
    assert refused.value.code == "full"


def test_who_may_have_a_place_does_not_wait(cast, item):
    assert wait(item, cast.fulian_org).state == "claimed"


def test_the_line_has_the_order_in_which_they_came(full, schools):
    line = [wait(full.item, school) for school in schools]
    assert places(*line) == [1, 2, 3, 4, 5, 6]


def test_one_waits_once_and_not_beside_ones_own_claim(cast, full, schools):
    wait(full.item, schools[0])
    for org in (schools[0], cast.fulian_org):
        with pytest.raises(Refused) as refused:
            wait(full.item, org)
        assert refused.value.code == "already_claimed"


def test_a_release_offers_the_place_to_the_first_in_line_only(full, schools):
    line = [wait(full.item, school) for school in schools[:3]]
    verbs.release(full, at=NOW, reason="另有任务")
    assert states(*line) == ["offered", "waiting", "waiting"]
    assert places(*line) == [None, 1, 2]


def test_an_offered_place_is_taken_for_everybody_else(full, schools):
    wait(full.item, schools[0])
    verbs.release(full, at=NOW, reason="另有任务")
    with pytest.raises(Refused) as refused:
        verbs.claim(full.item, schools[1], at=NOW)
    assert refused.value.code == "full"


def test_who_accepts_is_at_work_in_the_role_that_was_offered(full, schools):
    first = wait(full.item, schools[0])
    verbs.release(full, at=NOW, reason="另有任务")
    verbs.accept(first, at=NOW)
    first.refresh_from_db()
    first.item.refresh_from_db()
    assert (first.state, first.role, first.slot, first.item.state) == ("claimed", "lead", 1, "claimed")


def test_an_offer_ends_after_its_working_days_and_the_next_is_asked(full, schools):
    first, second = (wait(full.item, school) for school in schools[:2])
    verbs.release(full, at=NOW, reason="另有任务")
    assert verbs.lapse_offers(AFTER_TERM - timedelta(seconds=1)) == 0
    assert verbs.lapse_offers(AFTER_TERM) == 1
    assert verbs.lapse_offers(AFTER_TERM) == 0
    assert states(first, second) == ["lapsed", "offered"]


def test_nobody_accepts_an_offer_whose_term_is_over_even_before_the_clock_has_come(full, schools):
    first = wait(full.item, schools[0])
    verbs.release(full, at=NOW, reason="另有任务")
    with pytest.raises(Refused) as refused:
        verbs.accept(first, at=AFTER_TERM)
    assert refused.value.code == "offer_expired"


@pytest.mark.parametrize("verb", [verbs.accept, verbs.report, verbs.finish])
def test_who_only_waits_has_nothing_to_do_yet(full, schools, verb):
    first = wait(full.item, schools[0])
    words = {"text": "已到现场"} if verb is verbs.report else {}
    with pytest.raises(MoveRefused):
        verb(first, at=NOW, **words)


def test_who_declines_passes_the_place_on(full, schools):
    first, second = (wait(full.item, school) for school in schools[:2])
    verbs.release(full, at=NOW, reason="另有任务")
    verbs.decline(first, at=NOW)
    assert states(first, second) == ["declined", "offered"]


def test_who_wishes_to_assist_is_not_offered_the_lead(cast, needs, schools):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    lead = verbs.claim(item, schools[0], at=NOW, role="lead")
    verbs.claim(item, schools[1], at=NOW)
    helper, anybody = wait(item, schools[2], role="assist"), wait(item, schools[3])
    verbs.release(lead, at=NOW, reason="另有任务")
    assert states(helper, anybody) == ["waiting", "offered"]
    assert Claim.objects.get(pk=anybody.pk).role == "lead"


def test_the_item_is_not_done_while_somebody_still_answers_an_offer(cast, needs, schools):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    one, other = verbs.claim(item, schools[0], at=NOW), verbs.claim(item, schools[1], at=NOW)
    waiting = wait(item, schools[2])
    verbs.report(one, "已开工", at=NOW)
    verbs.finish(one, at=NOW)
    verbs.release(other, at=NOW, reason="另有任务")
    item.refresh_from_db()
    assert item.state == "in_hand"
    verbs.decline(waiting, at=NOW)
    item.refresh_from_db()
    assert (item.state, item.done_on) == ("done", NOW.date())


def test_the_line_ends_with_the_item(cast, full, schools):
    first = wait(full.item, schools[0])
    verbs.finish(full, by=cast.fulian, at=NOW)
    verbs.confirm(full.item, by=cast.dongshiqiao, at=NOW)
    assert states(first) == ["lapsed"]


def test_a_refused_item_lets_everybody_go(cast, full, schools):
    line = [wait(full.item, school) for school in schools[:2]]
    verbs.release(full, at=NOW, reason="另有任务")
    verbs.refuse(full.item, by=cast.dongshiqiao, at=NOW, reason="重复", goes_to="本清单的同一事项")
    assert states(*line) == ["lapsed", "lapsed"]


def test_who_leaves_the_alliance_waits_no_longer(cast, full, schools):
    first, second = (wait(full.item, school) for school in schools[:2])
    verbs.release(full, at=NOW, reason="另有任务")
    verbs.leave_lines(cast.alliance, schools[0], at=NOW, reason="退出联合体")
    assert states(first, second) == ["declined", "offered"]


def test_the_end_of_an_alliance_asks_nobody_to_take_over(cast, full, schools):
    first = wait(full.item, schools[0])
    verbs.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="名存实亡")
    assert states(first) == ["lapsed"]
    assert not Step.objects.filter(verb="offer").exists()


def test_whose_turn_it_is_hears_of_it(cast, needs, schools):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    held = verbs.claim(item, schools[0], at=NOW)
    wait(item, cast.fulian_org)
    verbs.release(held, at=NOW, reason="另有任务")
    tell(WRITERS, NOW)
    assert Notice.objects.filter(user=cast.fulian, text__contains="候补的名额轮到").count() == 1
