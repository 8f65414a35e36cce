"""Where the closed loop's rules meet: rulings and other answers, corrections and silence, lists and their gaps."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances.models import RuleSet
from listings import transitions as verbs
from listings.models import Help, Item
from members.states import Refused
from tests.cast import NOW, alliance, client_of, person
from tests.listings import whistles
from tests.listings.conftest import item_on, list_of
from tests.listings.test_hard_cases import LATER, WHY, ask_second, done, fresh, sent_back_twice

pytestmark = pytest.mark.django_db

OCTOBER = datetime(2019, 10, 8, 10, tzinfo=NOW.tzinfo)


def test_after_a_quarterly_list_has_ended_a_problem_is_still_claimed(cast, problem):
    list_of(cast.alliance, cast.dongshiqiao, period_from=date(2019, 7, 1), period_to=date(2019, 9, 30))
    list_of(cast.alliance, cast.dongshiqiao, period_from=date(2019, 12, 1), period_to=date(2019, 12, 31))
    verbs.claim(problem, cast.fulian_org, by=cast.fulian, at=OCTOBER)
    drawn = fresh(problem).answered_by.listing
    assert (drawn.period_from, drawn.period_to) == (date(2019, 10, 1), date(2019, 11, 30))


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(1, 1, 1), date(1, 1, 1)), (date(9999, 1, 1), date(9999, 12, 31)), (date(2026, 1, 1), date(2999, 1, 1))],
)
def test_a_period_that_is_a_slip_of_the_pen_is_refused(cast, first, last):
    with pytest.raises(ValidationError) as odd:
        list_of(cast.alliance, cast.dongshiqiao, period_from=first, period_to=last)
    assert "period_to" in odd.value.error_dict


def test_a_ruling_does_not_outlive_the_work_that_it_was_about(cast, item, problems):
    """街道 was silent and it was ruled done; 东石桥 sends the same work back: 街道 may object to what comes next."""
    theirs = item_on(problems, cast.dongshiqiao, cast.town_org, title="街道的")
    verbs.link(theirs, item, at=NOW)
    claim = done(cast, item)
    case = verbs.dispute(fresh(theirs), cast.fulian_org, by=cast.fulian, at=LATER, reason="无人答复")
    verbs.rule_done(case, by=cast.balinzuo, at=LATER, **WHY)
    verbs.send_back(fresh(item), by=cast.dongshiqiao, at=LATER, **WHY)
    assert fresh(case).state == "settled"
    verbs.finish(fresh(claim), by=cast.fulian, at=LATER)
    with pytest.raises((Refused, PermissionDenied)):
        verbs.confirm_for(fresh(theirs), by=cast.balinzuo, at=LATER, **WHY)
    verbs.send_back(fresh(theirs), by=cast.lindong, at=LATER, **WHY)
    assert (fresh(theirs).state, fresh(theirs).disputes.count()) == ("open", 1)


def test_who_judges_anew_after_a_correction_has_a_term_for_it(cast, item):
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    ask_second("items.correct", fresh(item), cast.balinzuo, cast.chifeng, at=LATER)
    with pytest.raises(Refused) as refused:
        verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=LATER, reason="无人答复")
    assert refused.value.code == "no_ground"
    verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=LATER + timedelta(days=10), reason="无人答复")


def test_ruled_out_one_finished_part_does_not_make_the_item_done(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=2)
    kept = verbs.claim(item, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    other = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    for _time in range(2):
        verbs.finish(fresh(kept), by=cast.dongshiqiao, at=NOW)
        verbs.finish(fresh(other), by=cast.fulian, at=NOW)
        verbs.send_back(fresh(item), by=cast.dongshiqiao, at=NOW, reason="还在返水")
    verbs.finish(fresh(kept), by=cast.dongshiqiao, at=NOW)
    case = verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=NOW, **WHY)
    ask_second("disputes.rule_out", case, cast.lindong, cast.balinzuo)
    assert fresh(item).state == "open"
    assert set(item.claims.values_list("state", flat=True)) == {"released"}


def test_a_program_confirms_what_it_has_pushed_and_nothing_else(cast, problems):
    program = client_of("1504", "items:write", "items:confirm")
    pushed = item_on(problems, program, cast.dongshiqiao_org, title="热线转来的", external_id="12345-1")
    written = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="社区写的")
    claim = verbs.claim(pushed, cast.fulian_org, by=cast.fulian, at=NOW)
    service = fresh(pushed).answered_by
    verbs.link(fresh(written), service, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)
    verbs.confirm(fresh(service), by=program, at=NOW)
    assert (fresh(pushed).state, fresh(written).state) == ("confirmed", "linked")


def test_completed_and_handed_in_again_it_is_an_addendum_to_the_signed_list(cast, needs, item):
    verbs.sign(needs, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    verbs.return_(fresh(item), by=cast.dongshiqiao, at=NOW, reason="写清地点")
    again = verbs.resubmit(fresh(item), by=cast.dongshiqiao, at=NOW, title="疏通雨污管网（北门）")
    assert again.addendum


def test_what_is_passed_on_calls_its_whistle_off(cast, needs):
    beside = alliance("鹿山社区基层治理共同体", cast.lushan_org, cast.banner_org, [cast.dongshiqiao_org])
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org)
    whistle = whistles.sounded(cast, item)
    offer = verbs.forward(fresh(item), beside, by=cast.dongshiqiao, at=NOW, reason="小区在鹿山")
    verbs.take_over(offer, by=cast.lushan, at=NOW)
    assert (fresh(item).state, fresh(whistle).state) == ("forwarded", "called_off")


def test_what_was_confirmed_for_a_silent_asker_earns_no_point(cast, item):
    RuleSet.objects.create(region_id="150422", points=True)
    claim = sent_back_twice(cast, item)
    verbs.name_helpers(fresh(claim), [person("王五", cast.fulian_org)], by=cast.fulian, at=NOW)
    case = verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=NOW, **WHY)
    verbs.rule_done(case, by=cast.lindong, at=NOW, **WHY)
    verbs.confirm_for(fresh(item), by=cast.lindong, at=LATER, **WHY)
    assert (Item.objects.get(pk=item.pk).state, Help.objects.earning().count()) == ("confirmed", 0)
