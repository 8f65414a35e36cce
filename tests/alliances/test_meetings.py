"""Meetings are convened, have an agenda to which every member adds, are recorded by organisation, and decide."""

from datetime import date, time, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from alliances import transitions as verbs
from alliances.models import Decision, Meeting, RuleSet, Topic
from alliances.notices import WRITERS
from members.models import Notice, Step
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again, at, join

TODAY = NOW.date()
STRANGERS = ("nanyang", "dongguan", "lushan", "auditor")


def convened(cast, **words):
    given = {"kind": "regular", "title": "二季度工作例会", "host": cast.dongshiqiao_org, "planned_on": TODAY}
    return verbs.convene(cast.alliance, **given | {"by": cast.dongshiqiao, "at": NOW} | words)


def held(cast, meeting, day=TODAY, on=NOW, **words):
    given = {"organizations": [cast.dongshiqiao_org, cast.fulian_org], "by": cast.dongshiqiao}
    return verbs.hold_meeting(meeting, held_on=day, at=on, **given | words)


def decided(cast, meeting, **words):
    return verbs.decide(meeting, **{"title": "共同清运垃圾", "by": cast.dongshiqiao, "at": NOW} | words)


@pytest.fixture
def meeting(cast):
    return convened(cast, topics=["垃圾清运", "停车划线"], begins_at=time(9, 30), place="社区会议室")


@pytest.fixture
def lead(cast):
    return {"by": cast.dongshiqiao, "at": NOW}


SPOKEN = {
    "propose": lambda c, m, w: verbs.propose_topic(m, c.fulian_org, title="路灯", by=c.fulian, at=NOW),
    "hold": lambda c, m, w: held(c, m),
    "write_minutes": lambda c, m, w: verbs.write_minutes(m, minutes="议定三件事。", **w),
    "cancel": lambda c, m, w: verbs.cancel_meeting(m, reason="改期", **w),
    "decide": lambda c, m, w: decided(c, m),
}


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("planned", "propose", "planned"), ("planned", "hold", "held"), ("planned", "write_minutes", None),
    ("planned", "cancel", "cancelled"), ("planned", "decide", None),
    ("held", "propose", None), ("held", "hold", None), ("held", "write_minutes", "held"), ("held", "cancel", None),
    ("held", "decide", "held"),
    ("cancelled", "propose", None), ("cancelled", "hold", None), ("cancelled", "write_minutes", None),
    ("cancelled", "cancel", None), ("cancelled", "decide", None),
])  # fmt: skip
def test_a_meeting_moves_as_its_table_says(cast, meeting, lead, state, verb, after):
    day = TODAY if state == "held" else None
    Meeting.objects.filter(pk=meeting.pk).update(state=state, held_on=day)
    meeting.refresh_from_db()
    if after:
        SPOKEN[verb](cast, meeting, lead)
    else:
        with pytest.raises(Refused):
            SPOKEN[verb](cast, meeting, lead)
    meeting.refresh_from_db()
    assert meeting.state == (after or state)


def test_the_invitation_goes_to_every_member_but_the_convener_and_to_nobody_beside(cast):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()
    meeting = convened(cast)
    tell(WRITERS, NOW)
    assert [(n.user.username, n.url) for n in Notice.objects.all()] == [("fulian", meeting.get_absolute_url())]


def test_members_hear_of_the_minutes_and_of_a_vote_and_who_proposed_hears_why_it_was_struck(cast, meeting, lead):
    topic = verbs.propose_topic(meeting, cast.fulian_org, title="路灯", by=cast.fulian, at=NOW)
    verbs.strike_topic(topic, reason="已在办理", **lead)
    held(cast, meeting, minutes="议定三件事。")
    decided(cast, meeting, put_to_vote=True)
    tell(WRITERS, NOW)
    notices = Notice.objects.filter(step__thing_type__model__in=("meeting", "decision"))
    texts = {(notice.user.username, notice.text) for notice in notices}
    assert ("dongshiqiao", "“二季度工作例会”有新议题：路灯") in texts
    assert {text for who, text in texts if who == "fulian"} >= {
        "议题已撤下：路灯。已在办理", "会议纪要可以看了：二季度工作例会", "请表决：共同清运垃圾",
    }  # fmt: skip
    assert not {who for who, _text in texts} & set(STRANGERS)


def test_the_agenda_keeps_its_order_and_says_who_put_what_there(cast, meeting, lead):
    proposed = verbs.propose_topic(meeting, cast.fulian_org, title="路灯", by=cast.fulian, at=NOW)
    verbs.advance_topic(proposed, **lead)
    verbs.advance_topic(proposed, **lead)
    assert list(meeting.topics.values_list("title", "position")) == [("路灯", 1), ("垃圾清运", 2), ("停车划线", 3)]
    with pytest.raises(Refused):
        verbs.advance_topic(proposed, **lead)
    verbs.strike_topic(meeting.topics.get(title="垃圾清运"), reason="已在办理", **lead)
    assert list(meeting.topics.values_list("title", "position")) == [("路灯", 1), ("停车划线", 2)]
    told = Step.objects.of(meeting).get(verb="strike_topic")
    assert (told.reason, told.detail["topic"]) == ("已在办理", "垃圾清运")


def test_where_the_rules_say_so_the_first_item_stands_first_and_stays(cast, lead):
    RuleSet.objects.create(region_id="150422", first_agenda_item=True)
    meeting = convened(cast, topics=["垃圾清运"])
    first, second = meeting.topics.all()
    assert (first.title, first.first, second.title) == ("第一议题", True, "垃圾清运")
    for refused in (lambda: verbs.advance_topic(second, **lead), lambda: verbs.strike_topic(first, reason="", **lead)):
        with pytest.raises(Refused):
            refused()
    assert not convened(cast, kind="other").topics.exists()
    assert not Topic.objects.advanceable_by(again(cast.dongshiqiao)).exists()


def test_only_current_members_host_and_propose(cast, meeting):
    with pytest.raises(Refused):
        convened(cast, host=cast.lushan_org)
    with pytest.raises(Refused):
        verbs.propose_topic(meeting, cast.lushan_org, title="路灯", by=cast.lushan, at=NOW)


@pytest.mark.parametrize("day", [date(1, 1, 1), date(9999, 12, 31), date(2018, 12, 31)])
def test_a_meeting_lies_between_the_founding_and_a_year_ahead(cast, day):
    with pytest.raises(ValidationError):
        convened(cast, planned_on=day)


@pytest.mark.parametrize("words", [{"title": "字" * 10_000}, {"place": "字" * 10_000}, {"topics": ["字" * 10_000]},
                                   {"topics": [""]}, {"kind": "party"}, {"topics": ["议题"] * 31}])  # fmt: skip
def test_words_that_do_not_fit_leave_nothing_behind(cast, words):
    with pytest.raises(ValidationError):
        convened(cast, **words)
    assert not Meeting.objects.exists()


def test_who_came_is_told_by_organisation_and_only_members_of_that_day(cast, meeting):
    for there in ([], [cast.lushan_org]):
        with pytest.raises(ValidationError):
            held(cast, meeting, organizations=there)
    with pytest.raises(ValidationError):
        held(cast, meeting, day=TODAY + timedelta(days=1))
    held(cast, meeting, organizations=[cast.fulian_org])
    assert [a.organization for a in meeting.attendances.all()] == [cast.fulian_org]


def test_a_late_record_counts_once_somebody_else_has_vouched_for_it(cast, meeting):
    held(cast, meeting, on=at(date(2019, 7, 1)))
    assert meeting.late
    assert not Meeting.objects.counted().exists()
    with pytest.raises(PermissionDenied):
        verbs.confirm_meeting(meeting, by=cast.dongshiqiao, at=NOW)
    for stranger in ("dongshiqiao", "fulian", *STRANGERS):
        assert not Meeting.objects.confirmable_by(again(getattr(cast, stranger))).exists()
    assert Meeting.objects.confirmable_by(again(cast.lindong)).exists()
    verbs.confirm_meeting(meeting, by=cast.lindong, at=NOW)
    assert Meeting.objects.counted().get() == meeting
    with pytest.raises(Refused):
        verbs.confirm_meeting(meeting, by=cast.chifeng, at=NOW)


def test_decisions_are_numbered_by_alliance_and_year_without_gaps(cast, meeting):
    held(cast, meeting)
    assert [decided(cast, meeting).number for _ in range(2)] == ["JY-2019-01", "JY-2019-02"]
    other = convened(cast, title="又一次")
    held(cast, other)
    assert decided(cast, other).number == "JY-2019-03"
    with pytest.raises(ValidationError):
        decided(cast, other, topic=meeting.topics.first())
    with pytest.raises(ValidationError):
        decided(cast, other, title="字" * 81)


@pytest.mark.parametrize(("voices", "state"), [
    ({"dongshiqiao": "for"}, "voting"),
    ({"dongshiqiao": "for", "fulian": "for"}, "adopted"),
    ({"dongshiqiao": "for", "fulian": "against"}, "voting"),
    ({"dongshiqiao": "against", "fulian": "abstain"}, "rejected"),
])  # fmt: skip
def test_more_than_half_of_the_members_adopt(cast, meeting, voices, state):
    join(cast.alliance, cast.lushan_org)
    held(cast, meeting)
    decision = decided(cast, meeting, put_to_vote=True)
    for who, choice in voices.items():
        verbs.vote(decision, getattr(cast, f"{who}_org"), choice=choice, by=getattr(cast, who), at=NOW)
    assert decision.state == state


def test_a_voice_may_change_while_the_vote_is_open_and_counts_once(cast, meeting, lead):
    join(cast.alliance, cast.lushan_org)
    held(cast, meeting)
    decision = decided(cast, meeting, put_to_vote=True)
    for choice in ("abstain", "for"):
        verbs.vote(decision, cast.fulian_org, choice=choice, by=cast.fulian, at=NOW)
    assert [voice.choice for voice in decision.voices.all()] == ["for"]
    with pytest.raises(Refused):
        verbs.vote(decision, cast.dongguan_org, choice="for", by=cast.dongguan, at=NOW)
    with pytest.raises(ValidationError):
        verbs.vote(decision, cast.fulian_org, choice="maybe", by=cast.fulian, at=NOW)
    verbs.close_vote(decision, **lead)
    assert decision.state == "rejected"
    with pytest.raises(Refused):
        verbs.vote(decision, cast.fulian_org, choice="for", by=cast.fulian, at=NOW)


def test_what_the_city_beside_and_outsiders_may_not_see_they_cannot_fetch(cast, meeting):
    verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)  # invited is not yet a member
    held(cast, meeting)
    decided(cast, meeting, put_to_vote=True)
    for stranger in STRANGERS:
        user = again(getattr(cast, stranger))
        assert not Meeting.objects.visible_to(user).exists()
        assert not Topic.objects.visible_to(user).exists()
        assert not Decision.objects.visible_to(user).exists()
        assert not Decision.objects.votable_by(user).exists()
    for one in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian"):
        assert Meeting.objects.visible_to(again(getattr(cast, one))).exists()


def test_who_has_left_proposes_and_votes_no_more(cast, meeting):
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.leave(membership, by=cast.fulian, at=NOW, reason="撤并")
    fulian = again(cast.fulian)
    assert not Meeting.objects.visible_to(fulian).exists()
    assert not Meeting.objects.proposable_by(fulian).exists()


def test_what_was_only_planned_ends_with_the_alliance(cast, meeting):
    verbs.dissolve(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    meeting.refresh_from_db()
    assert meeting.state == "cancelled"
    with pytest.raises(Refused):
        convened(cast)
