"""The closed loop when it does not run smoothly: wrong confirmations, quarrels, claims taken away, troubles again."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from alliances.measures import Period
from alliances.models import ServiceRecord
from assessments import approvals
from assessments.notices import WRITERS
from assessments.statistics import METRICS
from listings import transitions as verbs
from listings.metrics import states_at
from listings.models import Claim, Dispute, Item
from members.models import Approval, Notice, Step
from members.notices import tell
from members.states import MoveRefused, Refused
from members.transitions import propose
from tests.cast import NOW, again, alliance, client_of, join, person
from tests.listings.conftest import item_on

WHY = {"reason": "现场核实"}
JUNE = Period(date(2019, 6, 1), date(2019, 6, 30))
LATER = NOW + timedelta(days=14)


def fresh(thing):
    return type(thing).objects.get(pk=thing.pk)


def done(cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)
    return claim


def code(refused):
    return refused.value.code


def ask_second(verb, thing, proposer, seconder, at=NOW):
    """Four eyes: the one proposes, the other approves."""
    asked = propose(verb, thing, by=proposer, at=at, reason="弄错了", region_id=thing.region_id)
    return approvals.approve(asked, by=seconder, at=at)


# A wrong confirmation -----------------------------------------------------------------------------------------------


def test_a_corrected_confirmation_never_was_in_any_figure_of_any_day(cast, item, problem):
    verbs.link(problem, item, at=NOW)
    claim = done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW, satisfaction="dissatisfied")
    assert METRICS["problems_solved"].total(JUNE, "1504") == 1
    assert METRICS["satisfied_rate"].total(JUNE, "1504") == 0.0
    assert states_at(NOW.date(), Item.objects.all()) == {"confirmed": 2}
    ask_second("items.correct", fresh(item), cast.balinzuo, cast.chifeng, at=LATER)
    assert (fresh(item).state, fresh(problem).state, fresh(claim).state) == ("done", "linked", "finished")
    assert (fresh(item).confirmed_on, fresh(item).satisfaction) == (None, "")
    for key in ("problems_solved", "solve_rate_numerator", "satisfied_rate_denominator"):
        assert METRICS[key].total(JUNE, "1504") == 0, key
    assert METRICS["satisfied_rate"].total(JUNE, "1504") is None
    assert states_at(NOW.date(), Item.objects.all()) == {"done": 1, "linked": 1}
    trail = Step.objects.of(item).values_list("verb", flat=True)
    assert list(trail)[-2:] == ["confirm", "correct"]
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=LATER, satisfaction="satisfied")
    assert METRICS["problems_solved"].total(JUNE, "1504") == 1


def test_what_others_confirmed_for_themselves_stands_when_the_item_is_corrected(cast, item, problems):
    own = item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title="本社区的")
    theirs = item_on(problems, cast.dongshiqiao, cast.town_org, title="街道的")
    for each in (own, theirs):
        verbs.link(each, item, at=NOW)
    done(cast, item)
    verbs.confirm(fresh(theirs), by=cast.lindong, at=NOW)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW + timedelta(hours=1))
    verbs.correct(fresh(item), by=cast.chifeng, at=LATER, **WHY)
    assert [fresh(each).state for each in (own, theirs, item)] == ["linked", "confirmed", "done"]


def test_nobody_corrects_alone_nor_from_the_next_region(cast, item, browse):
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    page = reverse("items:correct", args=[item.pk])
    assert browse("nanyang").post(page, WHY).status_code == 404
    for who in ("dongshiqiao", "fulian", "lindong"):
        assert browse(who).post(page, WHY).status_code == 403
    assert browse("balinzuo").post(page, WHY).status_code == 302
    asked = Approval.objects.get()
    with pytest.raises(PermissionDenied):
        approvals.approve(asked, by=cast.balinzuo, at=NOW)
    assert fresh(item).state == "confirmed"
    assert browse("chifeng").post(reverse("approvals:approve", args=[asked.pk])).status_code == 302
    assert fresh(item).state == "done"


def test_after_a_confirmation_only_a_correction_leads_back(cast, item, problem):
    claim = done(cast, item)
    verbs.link(problem, item, at=NOW)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    for deed in (
        lambda: verbs.finish(fresh(claim), at=NOW),
        lambda: verbs.send_back(fresh(item), by=cast.chifeng, at=NOW, **WHY),
        lambda: verbs.link(fresh(problem), item, at=NOW), lambda: verbs.report(fresh(claim), "又做了", at=NOW),
    ):  # fmt: skip
        with pytest.raises(Refused):
            deed()
    assert (fresh(item).state, fresh(problem).state, fresh(claim).state) == ("confirmed",) * 3


# A claim taken away -------------------------------------------------------------------------------------------------


def test_the_lead_takes_away_what_has_not_begun_and_the_next_in_line_is_asked(cast, item, browse):
    held = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.claim(item, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW, wait=True)
    page = reverse("claims:force_release", args=[held.pk])
    assert browse("fulian").post(page, WHY).status_code == 403
    assert browse("dongshiqiao").post(page, WHY).status_code == 302
    assert fresh(held).state == "released"
    assert item.claims.get(organization=cast.dongshiqiao_org).state == "offered"
    tell(WRITERS, at=NOW)
    assert Notice.objects.filter(user=cast.fulian, text__contains="现场核实").exists()


def test_what_has_begun_is_taken_away_by_two_people_only(cast, item):
    held = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(held, "已到现场", by=cast.fulian, at=NOW)
    assert not Claim.objects.force_releasable_by(cast.dongshiqiao).exists()
    with pytest.raises(Refused) as refused:
        verbs.force_release(fresh(held), by=cast.dongshiqiao, at=NOW, before_start=True, **WHY)
    assert code(refused) == "begun"
    ask_second("claims.force_release", fresh(held), cast.lindong, cast.balinzuo)
    assert (fresh(held).state, fresh(item).state) == ("released", "open")
    assert not Claim.objects.watched_by(cast.nanyang).exists()


# A quarrel ----------------------------------------------------------------------------------------------------------


def sent_back_twice(cast, item):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    for _time in range(2):
        verbs.finish(fresh(claim), by=cast.fulian, at=NOW)
        verbs.send_back(fresh(item), by=cast.dongshiqiao, at=NOW, reason="还在返水")
    return claim


def test_a_dispute_needs_a_ground_and_a_party(cast, item):
    claim = done(cast, item)
    say = {"at": NOW, "reason": "已按约定疏通"}
    with pytest.raises(Refused) as refused:
        verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, **say)
    assert code(refused) == "no_ground"
    with pytest.raises(Refused) as refused:
        verbs.dispute(fresh(item), cast.lushan_org, by=cast.lushan, **say)
    assert code(refused) == "not_a_party"
    week = NOW + timedelta(days=8)  # five working days after Monday the 3rd, over the holiday of the 7th: the 11th
    made = verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=week + timedelta(days=1), reason="无人答复")
    assert (made.ground, fresh(claim).state) == ("unanswered", "finished")
    with pytest.raises(Refused) as refused:
        verbs.dispute(fresh(item), cast.dongshiqiao_org, by=cast.dongshiqiao, at=LATER, reason="没有办")
    assert code(refused) == "already_disputed"
    verbs.send_back(fresh(item), by=cast.dongshiqiao, at=LATER, reason="还在返水")
    assert fresh(made).state == "settled"


def test_ruled_to_be_done_it_is_solved_only_with_a_confirmation_of_somebody_else(cast, item):
    claim = sent_back_twice(cast, item)
    case = verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=NOW, reason="已按约定疏通")
    assert not Dispute.objects.decidable_by(cast.nanyang).exists()
    assert Dispute.objects.decidable_by(cast.lindong).exists()
    verbs.rule_done(case, by=cast.lindong, at=NOW, reason="现场看过，已通")
    assert (fresh(item).state, fresh(claim).state, fresh(item).confirmed_on) == ("done", "finished", None)
    assert METRICS["problems_solved"].total(JUNE, "1504") == 0
    with pytest.raises(Refused) as refused:
        verbs.send_back(fresh(item), by=cast.dongshiqiao, at=NOW, **WHY)
    assert code(refused) == "ruled"
    with pytest.raises(Refused) as refused:
        verbs.confirm_for(fresh(item), by=cast.lindong, at=NOW, **WHY)
    assert code(refused) == "not_yet"
    for other in (cast.fulian, cast.nanyang, cast.dongshiqiao, None):
        with pytest.raises((PermissionDenied, Refused)):
            verbs.confirm_for(fresh(item), by=other, at=LATER, **WHY)
    verbs.confirm_for(fresh(item), by=cast.lindong, at=LATER, reason="提出方逾期未答复")
    assert (fresh(item).state, fresh(item).on_behalf, fresh(item).satisfaction) == ("confirmed", True, "")
    assert (fresh(case).state, fresh(claim).state) == ("carried_out", "confirmed")
    tell(WRITERS, at=LATER)
    assert Notice.objects.filter(user=cast.dongshiqiao, text__contains="代提出方确认").exists()


def test_ruled_to_go_on_or_to_end(cast, needs):
    back, out = (item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title) for title in ("继续", "收回"))
    kept, lost = sent_back_twice(cast, back), sent_back_twice(cast, out)
    verbs.finish(fresh(kept), by=cast.fulian, at=NOW)
    cases = [verbs.dispute(fresh(i), cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW, **WHY) for i in (back, out)]
    verbs.rule_back(cases[0], by=cast.lindong, at=NOW, reason="确未办成")
    assert (fresh(back).state, fresh(kept).state, fresh(cases[0]).state) == ("in_hand", "in_hand", "ruled_back")
    with pytest.raises(Refused) as refused:  # a ruling is not asked for twice over the same two times
        verbs.dispute(fresh(back), cast.fulian_org, by=cast.fulian, at=NOW, **WHY)
    assert code(refused) == "no_ground"
    ask_second("disputes.rule_out", cases[1], cast.lindong, cast.balinzuo)
    assert (fresh(out).state, fresh(lost).state, fresh(cases[1]).state) == ("open", "released", "ruled_out")


def test_no_party_rules_on_its_own_quarrel(cast, needs):
    """The street asks itself: its committee is a party, and the banner's department rules."""
    join(cast.alliance, cast.town_org)
    item = item_on(needs, cast.dongshiqiao, cast.town_org)
    sent = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    for _time in range(2):
        verbs.finish(fresh(sent), by=cast.fulian, at=NOW)
        verbs.send_back(fresh(item), by=cast.lindong, at=NOW, **WHY)
    verbs.dispute(fresh(item), cast.fulian_org, by=cast.fulian, at=NOW, **WHY)
    assert not Dispute.objects.decidable_by(again(cast.lindong)).exists()
    assert Dispute.objects.decidable_by(cast.balinzuo).exists()


def test_a_problem_whose_asker_is_silent_is_confirmed_for_it_after_a_ruling(cast, item, problems):
    theirs = item_on(problems, cast.dongshiqiao, cast.town_org, title="街道的")
    verbs.link(theirs, item, at=NOW)
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    case = verbs.dispute(fresh(theirs), cast.fulian_org, by=cast.fulian, at=LATER, reason="无人答复")
    verbs.rule_done(case, by=cast.balinzuo, at=LATER, **WHY)
    verbs.confirm_for(fresh(theirs), by=cast.balinzuo, at=LATER, **WHY)
    assert (fresh(theirs).state, fresh(case).state) == ("confirmed", "carried_out")


# The trouble is back, and what belongs together -----------------------------------------------------------------------


def test_who_asked_reopens_once_at_a_time_and_the_old_item_keeps_its_figures(cast, problem, item):
    verbs.link(problem, item, at=NOW)
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.reopen(fresh(problem), by=cast.fulian, at=LATER, **WHY)
    new = verbs.reopen(fresh(problem), by=cast.dongshiqiao, at=LATER, reason="又塌了")
    assert (new.reopens, new.state, new.kind, new.detail) == (problem, "collected", "problem", "又塌了")
    assert METRICS["problems_solved"].total(JUNE, "1504") == 1
    with pytest.raises(Refused) as refused:
        verbs.reopen(fresh(problem), by=cast.dongshiqiao, at=LATER, **WHY)
    assert code(refused) == "already_reopened"


def test_both_ends_of_a_tie_show_each_other(cast, item, needs, browse):
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW)
    new = verbs.reopen(fresh(item), by=cast.dongshiqiao, at=NOW, reason="又堵了")
    part = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="先清淤", opened=False)
    verbs.attach(part, new, by=cast.dongshiqiao, at=NOW)
    texts = [browse("fulian").get(thing.get_absolute_url()).content.decode() for thing in (item, new, part)]
    assert new.number in texts[0]
    assert item.number in texts[1] and part.number in texts[1]
    assert new.number in texts[2]


def test_no_item_is_a_part_of_its_own_part(cast, needs):
    first, second, third = (item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=t) for t in "甲乙丙")
    verbs.attach(second, first, at=NOW)
    verbs.attach(third, second, at=NOW)
    for parent in (first, second, third):
        with pytest.raises(Refused) as refused:
            verbs.attach(fresh(first), fresh(parent), at=NOW)
        assert code(refused) == "not_attachable"
    verbs.detach(fresh(second), at=NOW)
    assert fresh(second).parent is None


# Whose is it? ---------------------------------------------------------------------------------------------------------


def test_a_refusal_says_whose_it_is(cast, item):
    for nothing in ("", "  "):
        with pytest.raises(ValidationError):
            verbs.refuse(fresh(item), by=cast.dongshiqiao, at=NOW, reason="管线不归联合体", goes_to=nothing)
    verbs.refuse(fresh(item), by=cast.dongshiqiao, at=NOW, reason="管线不归联合体", goes_to="旗供水公司")
    assert fresh(item).goes_to == "旗供水公司"


@pytest.fixture
def beside(cast):
    """鹿山's own alliance, in which 东石桥 takes part, so that it knows it."""
    return alliance("鹿山社区基层治理共同体", cast.lushan_org, cast.banner_org, [cast.dongshiqiao_org])


def test_what_is_passed_on_goes_on_there_and_counts_once(cast, problems, beside):
    program = client_of("1504", "items:write")
    item = item_on(problems, program, cast.fulian_org, title="物业费收缴纠纷", opened=False, external_id="12345-7")
    offer = verbs.forward(fresh(item), beside, by=cast.dongshiqiao, at=NOW, reason="小区在鹿山")
    with pytest.raises(Refused) as refused:
        verbs.forward(fresh(item), beside, by=cast.dongshiqiao, at=NOW, reason="小区在鹿山")
    assert (code(refused), fresh(item).state) == ("already_forwarded", "collected")
    verbs.take_over(offer, by=cast.lushan, at=LATER)
    new = fresh(item).went_to
    assert (fresh(item).state, new.alliance, new.state) == ("forwarded", beside, "collected")
    assert (new.collected_on, new.external_id, new.asked_by) == (NOW.date(), "12345-7", cast.fulian_org)
    assert new.number in fresh(item).goes_to
    assert METRICS["solve_rate_denominator"].total(JUNE, "1504") == 1
    assert Item.objects.visible_to(again(cast.fulian)).filter(pk=new.pk).exists()  # who asked still confirms it
    assert not Item.objects.visible_to(cast.nanyang).filter(pk=new.pk).exists()


def test_the_other_lead_may_send_it_back_and_says_why(cast, item, beside, browse):
    offer = verbs.forward(item, beside, by=cast.dongshiqiao, at=NOW, reason="小区在鹿山")
    page = reverse("forwardings:detail", args=[offer.pk])
    assert item.title in browse("lushan").get(page).content.decode()
    assert browse("nanyang").get(page).status_code == 404
    assert browse("dongshiqiao").post(reverse("forwardings:take_over", args=[offer.pk])).status_code == 403
    assert browse("lushan").post(reverse("forwardings:pass_back", args=[offer.pk]), {"reason": ""}).status_code == 422
    answer = browse("lushan").post(reverse("forwardings:pass_back", args=[offer.pk]), {"reason": "在东石桥一侧"})
    assert (answer.status_code, fresh(offer).state, fresh(item).state) == (302, "declined", "open")


def test_claimed_meanwhile_it_is_no_longer_passed_on(cast, item, beside):
    offer = verbs.forward(item, beside, by=cast.dongshiqiao, at=NOW, reason="小区在鹿山")
    verbs.claim(fresh(item), cast.fulian_org, by=cast.fulian, at=NOW)
    with pytest.raises(MoveRefused):
        verbs.take_over(offer, by=cast.lushan, at=NOW)
    assert (fresh(offer).state, beside.items.count()) == ("proposed", 0)


# Who lent a hand ----------------------------------------------------------------------------------------------------


def test_helpers_are_ones_own_people_once_an_item_and_day(cast, item):
    own, other = person("王芳", cast.fulian_org), person("李强", cast.dongshiqiao_org)
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(claim, "开工", helpers=[own], by=cast.fulian, at=NOW)
    verbs.finish(fresh(claim), helpers=[own], by=cast.fulian, at=NOW)
    assert verbs.name_helpers(fresh(claim), [own], served_on=NOW.date(), at=NOW + timedelta(days=1)) == 0
    assert verbs.name_helpers(fresh(claim), [own], at=NOW + timedelta(days=1)) == 1
    assert METRICS["service_person_times"].total(JUNE, "1504") == ServiceRecord.objects.count() == 2
    before, to_come = NOW.date() - timedelta(days=1), NOW.date() + timedelta(days=30)
    wrong = (([other], None, NOW), ([own], before, NOW), ([own], to_come, NOW), ([own], NOW.date(), LATER))
    for people, day, when in wrong:
        with pytest.raises(ValidationError):
            verbs.name_helpers(fresh(claim), people, served_on=day, at=when)


def test_helpers_names_are_their_branchs_own(cast, item, browse):
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.name_helpers(claim, [person("王芳", cast.fulian_org)], by=cast.fulian, at=NOW)
    page = reverse("claims:detail", args=[claim.pk])
    assert "王芳" in browse("fulian").get(page).content.decode()
    for who in ("dongshiqiao", "chifeng", "lindong"):
        text = browse(who).get(page).content.decode()
        assert "1 人次" in text and "王芳" not in text


def test_who_is_not_content_is_heard_by_those_above(cast, item):
    done(cast, item)
    verbs.confirm(fresh(item), by=cast.dongshiqiao, at=NOW, satisfaction="dissatisfied", reason="拖了两个月")
    tell(WRITERS, at=NOW)
    assert Notice.objects.filter(user=cast.lindong, text__contains="拖了两个月").exists()
    assert METRICS["satisfied_rate_denominator"].total(JUNE, "1504") == 1
    with pytest.raises(ValidationError):
        verbs.confirm(fresh(done_again(cast)), by=cast.dongshiqiao, at=NOW, satisfaction="绝好")


def done_again(cast):
    listing = Item.objects.first().listing
    item = item_on(listing, cast.dongshiqiao, cast.dongshiqiao_org, title="又一件")
    done(cast, item)
    return item


def test_page_and_rest_take_the_same_step(cast, needs, browse):
    by_page, by_rest = (item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=t) for t in ("一", "二"))
    for each in (by_page, by_rest):
        done(cast, each)
    lead = browse("dongshiqiao")
    words = {"satisfaction": "mostly", "reason": "晚了两天"}
    assert lead.post(reverse("items:confirm", args=[by_page.pk]), words).status_code == 302
    assert lead.post(f"/api/v1/items/{by_rest.pk}/confirm/", words, content_type="application/json").status_code == 200
    assert lead.post(reverse("items:reopen", args=[by_page.pk]), WHY).status_code == 302
    made = lead.post(f"/api/v1/items/{by_rest.pk}/reopen/", WHY, content_type="application/json")
    assert (made.status_code, made.json()["reopens"]) == (201, by_rest.pk)
    steps = [list(Step.objects.of(i).values_list("verb", "to_state", "by", "reason")) for i in (by_page, by_rest)]
    assert steps[0] == steps[1]


