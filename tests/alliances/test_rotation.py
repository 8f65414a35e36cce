"""Rotation: exactly one host on any day, whatever joins, leaves, or is swapped."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances import transitions as verbs
from alliances.models import Charter, HostTurn, Rotation, RuleSet, Swap
from members.models import Step
from members.states import Refused
from tests.cast import NOW, again, at, join
from tests.listings.test_races import at_once

START = NOW.date()


@pytest.fixture
def three(cast):
    join(cast.alliance, cast.lushan_org, date(2019, 4, 1))
    return cast


@pytest.fixture
def rotation(three):
    cast = three
    made = verbs.draw_up_rotation(cast.alliance, starts_on=START, by=cast.dongshiqiao, at=NOW)
    return verbs.set_rotation(made, by=cast.dongshiqiao, at=NOW)


def hosts(rotation):
    turns = rotation.turns.standing().select_related("organization")
    return [(turn.organization.label[:3], turn.since.isoformat(), turn.state) for turn in turns]


def host_on(alliance, day):
    return HostTurn.objects.filter(alliance=alliance).on(day).get().organization


def turn_of(organization):
    return HostTurn.objects.to_come().get(organization=organization)


def test_the_members_host_in_their_order_the_lead_first(cast, rotation):
    assert hosts(rotation) == [
        ("东石桥", "2019-06-03", "present"), ("巴林左", "2019-07-03", "planned"), ("鹿山社", "2019-08-03", "planned"),
    ]  # fmt: skip
    assert host_on(cast.alliance, date(2019, 7, 2)) == cast.dongshiqiao_org
    assert host_on(cast.alliance, date(2019, 7, 3)) == cast.fulian_org


def test_the_order_is_arranged_before_it_is_set(three):
    cast = three
    made = verbs.draw_up_rotation(cast.alliance, starts_on=START, length=2, unit="week", by=cast.dongshiqiao, at=NOW)
    assert not made.turns.exists()
    verbs.arrange(made, order=[cast.lushan_org], by=cast.dongshiqiao, at=NOW)
    verbs.set_rotation(made, by=cast.dongshiqiao, at=NOW)
    assert [name for name, *_ in hosts(made)] == ["鹿山社", "东石桥", "巴林左"]
    assert host_on(cast.alliance, START + timedelta(days=13)) == cast.lushan_org
    with pytest.raises(Refused):
        verbs.arrange(made, order=[], by=cast.dongshiqiao, at=NOW)


@pytest.mark.parametrize("start", [date(2019, 6, 2), date(2020, 6, 5), date(9999, 12, 31)])
def test_a_rotation_begins_today_or_within_a_year(cast, start):
    with pytest.raises(ValidationError):
        verbs.draw_up_rotation(cast.alliance, starts_on=start, by=cast.dongshiqiao, at=NOW)


@pytest.mark.parametrize("unit", ["week", "month"])
@pytest.mark.parametrize("start", [date(2019, 8, 31), date(2020, 1, 30), date(2019, 12, 1)])
def test_on_every_day_of_three_years_exactly_one_hosts(three, start, unit):
    cast = three
    made = verbs.draw_up_rotation(cast.alliance, starts_on=start, unit=unit, by=cast.dongshiqiao, at=NOW)
    verbs.set_rotation(made, by=cast.dongshiqiao, at=NOW)
    for month in range(1, 30):
        verbs.hand_over_hosts(start + timedelta(days=31 * month))
    turns = list(made.turns.standing())
    assert turns[0].since == start
    assert all(one.until == following.since for one, following in pairwise(turns))
    assert sum(turn.state == "present" for turn in turns) == 1
    assert (turns[-1].until - start).days > 800


def test_the_clock_hands_over_once_however_late_it_runs(cast, rotation):
    assert verbs.hand_over_hosts(date(2019, 7, 2)) == 0
    assert verbs.hand_over_hosts(date(2019, 8, 20)) == 2
    assert verbs.hand_over_hosts(date(2019, 8, 20)) == 0
    assert [state for *_, state in hosts(rotation)[:3]] == ["over", "over", "present"]
    begun = Step.objects.of(rotation.turns.get(since=date(2019, 7, 3))).get(verb="begin")
    assert begun.at == at(date(2019, 7, 3), 0)


def test_a_next_round_follows_in_the_same_order(cast, rotation):
    verbs.hand_over_hosts(date(2019, 8, 3))
    assert [name for name, *_ in hosts(rotation)] == ["东石桥", "巴林左", "鹿山社"] * 2


def test_behind_who_leaves_the_others_move_up(cast, rotation):
    leaving = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.leave(leaving, by=cast.fulian, at=NOW, reason="精力不够")
    assert hosts(rotation) == [("东石桥", "2019-06-03", "present"), ("鹿山社", "2019-07-03", "planned")]


def test_for_who_leaves_in_its_turn_the_next_stands_in(cast, rotation):
    verbs.hand_over_hosts(date(2019, 7, 10))
    leaving = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.leave(leaving, by=cast.fulian, at=at(date(2019, 7, 10)), reason="精力不够")
    assert hosts(rotation)[:4] == [
        ("东石桥", "2019-06-03", "over"), ("巴林左", "2019-07-03", "over"), ("鹿山社", "2019-07-10", "present"),
        ("鹿山社", "2019-08-03", "planned"),
    ]  # fmt: skip
    assert host_on(cast.alliance, date(2019, 7, 9)) == cast.fulian_org


def test_who_is_new_hosts_last(cast, rotation):
    RuleSet.objects.create(admission_vote=False)
    invited = verbs.invite(cast.alliance, cast.dongguan_org, by=cast.dongshiqiao, at=NOW)
    verbs.accept(invited, by=cast.dongguan, at=NOW)
    assert hosts(rotation)[-1] == ("东关社", "2019-09-03", "planned")
    assert len(hosts(rotation)) == 4


def test_who_is_admitted_by_vote_hosts_last_too(cast, rotation):
    invited = verbs.invite(cast.alliance, cast.dongguan_org, by=cast.dongshiqiao, at=NOW)
    verbs.accept(invited, by=cast.dongguan, at=NOW)
    assert len(hosts(rotation)) == 3
    for who in ("dongshiqiao", "fulian", "lushan"):
        verbs.vote_on(invited, getattr(cast, f"{who}_org"), agrees=True, by=getattr(cast, who), at=NOW)
    assert hosts(rotation)[-1] == ("东关社", "2019-09-03", "planned")


def test_two_who_agree_swap_their_turns(cast, rotation):
    swap = verbs.ask_swap(
        turn_of(cast.fulian_org), other=turn_of(cast.lushan_org), reason="七月有培训", by=cast.fulian, at=NOW
    )
    assert Swap.objects.answerable_by(cast.lushan).get() == swap
    assert not Swap.objects.answerable_by(cast.fulian).exists()
    with pytest.raises(PermissionDenied):
        verbs.accept_swap(swap, by=cast.fulian, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.accept_swap(swap, by=cast.dongshiqiao, at=NOW)
    verbs.accept_swap(swap, by=cast.lushan, at=NOW)
    assert [name for name, *_ in hosts(rotation)] == ["东石桥", "鹿山社", "巴林左"]


def test_who_refuses_says_why_and_nothing_changes(cast, rotation):
    mine, other = turn_of(cast.fulian_org), turn_of(cast.lushan_org)
    swap = verbs.ask_swap(mine, other=other, reason="七月有培训", by=cast.fulian, at=NOW)
    with pytest.raises(Refused):
        verbs.ask_swap(mine, other=other, reason="再问", by=cast.fulian, at=NOW)
    with pytest.raises(ValidationError):
        verbs.refuse_swap(swap, reason=" ", by=cast.lushan, at=NOW)
    verbs.refuse_swap(swap, reason="我们也有培训", by=cast.lushan, at=NOW)
    assert (swap.state, swap.answer) == ("refused", "我们也有培训")
    assert [name for name, *_ in hosts(rotation)] == ["东石桥", "巴林左", "鹿山社"]
    with pytest.raises(Refused):
        verbs.accept_swap(swap, by=cast.lushan, at=NOW)


def test_a_swap_lapses_when_the_turn_begins_or_becomes_anothers(cast, rotation):
    swap = verbs.ask_swap(
        turn_of(cast.fulian_org), other=turn_of(cast.lushan_org), reason="培训", by=cast.fulian, at=NOW
    )
    verbs.hand_over_hosts(date(2019, 7, 3))
    swap.refresh_from_db()
    assert swap.state == "lapsed"
    with pytest.raises(Refused):
        verbs.accept_swap(swap, by=cast.lushan, at=NOW)


def test_nobody_swaps_for_another_or_with_another_alliance(cast, rotation):
    mine, other = turn_of(cast.fulian_org), turn_of(cast.lushan_org)
    with pytest.raises(PermissionDenied):
        verbs.ask_swap(mine, other=other, reason="替人说", by=cast.dongshiqiao, at=NOW)
    with pytest.raises(ValidationError):
        verbs.ask_swap(mine, other=mine, reason="跟自己", by=cast.fulian, at=NOW)
    present = HostTurn.objects.present().get()
    with pytest.raises(Refused):
        verbs.ask_swap(mine, other=present, reason="已开始", by=cast.fulian, at=NOW)
    foreign = verbs.draw_up_rotation(cast.nanyang_alliance, starts_on=date(2019, 9, 1), by=cast.dongguan, at=NOW)
    verbs.set_rotation(foreign, by=cast.dongguan, at=NOW)
    with pytest.raises(ValidationError):
        verbs.ask_swap(mine, other=foreign.turns.get(), reason="别处", by=cast.fulian, at=NOW)


def test_one_calendar_at_a_time_and_another_after_its_end(cast, rotation):
    with pytest.raises(Refused):
        verbs.draw_up_rotation(cast.alliance, starts_on=START, by=cast.dongshiqiao, at=NOW)
    verbs.end_rotation(rotation, reason="改为两个月一期", by=cast.dongshiqiao, at=at(date(2019, 6, 20)))
    assert hosts(rotation) == [("东石桥", "2019-06-03", "over")]
    assert not HostTurn.objects.filter(alliance=cast.alliance).on(date(2019, 6, 21)).exists()
    again_ = verbs.draw_up_rotation(
        cast.alliance, starts_on=date(2019, 6, 20), length=2, by=cast.dongshiqiao, at=at(date(2019, 6, 20))
    )
    verbs.set_rotation(again_, by=cast.dongshiqiao, at=at(date(2019, 6, 20)))
    assert host_on(cast.alliance, date(2019, 8, 19)) == cast.dongshiqiao_org


def test_with_the_alliance_ends_its_rotation(cast, rotation):
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    rotation.refresh_from_db()
    assert rotation.state == "ended"
    assert not HostTurn.objects.filter(state__in=("planned", "present"), alliance=cast.alliance).exists()
    assert verbs.hand_over_hosts(date(2020, 1, 1)) == 0


def test_the_calendar_is_seen_once_it_is_set_by_those_who_follow_the_alliance(three):
    cast = three
    made = verbs.draw_up_rotation(cast.alliance, starts_on=START, by=cast.dongshiqiao, at=NOW)
    names = ("dongshiqiao", "fulian", "chifeng", "lindong", "nanyang", "auditor")
    assert [n for n in names if Rotation.objects.visible_to(again(getattr(cast, n))).exists()] == ["dongshiqiao"]
    verbs.set_rotation(made, by=cast.dongshiqiao, at=NOW)
    seen = [n for n in names if HostTurn.objects.visible_to(again(getattr(cast, n))).exists()]
    assert seen == ["dongshiqiao", "fulian", "chifeng", "lindong"]


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once_begin_a_turn_once_and_a_swap_is_accepted_once(cast, rotation):
    swap = verbs.ask_swap(
        turn_of(cast.lushan_org), other=turn_of(cast.fulian_org), reason="培训", by=cast.lushan, at=NOW
    )
    answers = at_once(*[lambda: verbs.accept_swap(Swap.objects.get(pk=swap.pk), by=cast.fulian, at=NOW)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["MoveRefused", "Swap"]
    begun = at_once(*[lambda: verbs.hand_over_hosts(date(2019, 7, 3))] * 4)
    assert sorted(begun) == [0, 0, 0, 1]
    assert [state for *_, state in hosts(rotation)] == ["over", "present", "planned"]


@pytest.mark.django_db(transaction=True)
def test_the_last_assents_of_the_same_moment_bring_it_into_force_once(three):
    cast, lead = three, {"by": three.dongshiqiao, "at": NOW}
    charter = verbs.put_charter(verbs.draft_charter(cast.alliance, text="第一条", **lead), **lead)

    def assent(who):
        def speak():
            fresh = Charter.objects.get(pk=charter.pk)
            return verbs.assent(fresh, getattr(cast, f"{who}_org"), by=getattr(cast, who), at=NOW).state

        return speak

    assert set(at_once(assent("fulian"), assent("lushan"))) == {"consulting", "in_force"}
    assert Step.objects.of(charter).filter(to_state="in_force").count() == 1
