"""Two at the same moment, or a double click, on what alliances do: one deed, and a plain word to the second."""

from datetime import timedelta

import pytest
from django.utils import timezone

from alliances import transitions as together
from alliances.models import ActivityTemplate, Alliance, Decision, Membership, Swap, Topic, Venue
from alliances.transitions import venue as venues
from listings import transitions as verbs
from members.models import Step
from tests.alliances.means import hall
from tests.cast import NOW
from tests.trust.test_races import at_once, crowd  # noqa: F401

pytestmark = pytest.mark.django_db(transaction=True)
DAY = timezone.localdate(NOW)


def meeting(cast):
    words = {"kind": "regular", "title": "例会", "host": cast.dongshiqiao_org, "by": cast.dongshiqiao, "at": NOW}
    return together.convene(cast.alliance, planned_on=DAY, topics=["甲", "乙", "丙"], **words)


def test_a_topic_is_struck_once_and_a_template_dropped_once(crowd):  # noqa: F811
    """Whoever comes second is told that it is gone; it used to be an error of ours."""
    lead = {"by": crowd.dongshiqiao, "at": NOW}
    topic = meeting(crowd).topics.get(title="乙")
    rows = [Topic.objects.get(pk=topic.pk) for _ in range(4)]
    struck = [lambda row=row: together.strike_topic(row, reason="不议", **lead) for row in rows[:3]]
    told = at_once(*struck, lambda: together.advance_topic(rows[3], **lead))
    assert told.count("gone") in {2, 3}
    assert set(told) <= {"done", "gone"}
    assert Step.objects.filter(verb="strike_topic").count() == 1
    assert list(topic.meeting.topics.values_list("position", flat=True)) == [1, 2]
    words = {"kind": "theme_day", "title": "主题党日", "every": "quarter"}
    template = together.add_template(crowd.alliance, **words, **lead)
    rows = [ActivityTemplate.objects.get(pk=template.pk) for _ in range(3)]
    told = at_once(*(lambda row=row: together.drop_template(row, **lead) for row in rows))
    assert told == ["done", "gone", "gone"]


def test_a_swap_is_accepted_or_taken_back_and_a_vote_ends_once(crowd):  # noqa: F811
    lead, member = {"by": crowd.dongshiqiao, "at": NOW}, {"by": crowd.fulian, "at": NOW}
    calendar = together.draw_up_rotation(crowd.alliance, starts_on=DAY + timedelta(days=9), **lead)
    together.set_rotation(calendar, **lead)
    first, second = calendar.turns.all()
    swap = together.ask_swap(first, other=second, reason="培训", **lead)
    rows = [Swap.objects.get(pk=swap.pk) for _ in range(4)]
    told = at_once(
        *(lambda row=row: together.accept_swap(row, **member) for row in rows[:3]),
        lambda: together.withdraw_swap(rows[3], **lead),
    )
    assert told == ["done", "move_refused", "move_refused", "move_refused"]
    turns = dict(calendar.turns.values_list("pk", "organization"))
    assert sorted(turns.values()) == sorted([crowd.dongshiqiao_org.pk, crowd.fulian_org.pk])
    held = meeting(crowd)
    together.hold_meeting(held, held_on=DAY, organizations=[crowd.dongshiqiao_org], **lead)
    voting = together.decide(held, title="停车划线", put_to_vote=True, **lead)
    told = at_once(*[
        lambda who=who: together.vote(
            Decision.objects.get(pk=voting.pk), getattr(crowd, f"{who}_org"), choice="for",
            by=getattr(crowd, who), at=NOW,
        )
        for who in ("dongshiqiao", "dongshiqiao", "fulian")
    ])  # fmt: skip
    assert set(told) <= {"done", "move_refused"}
    assert (Decision.objects.get(pk=voting.pk).state, voting.voices.count()) == ("adopted", 2)
    assert Step.objects.of(voting).filter(verb="adopt").count() == 1


def test_nobody_books_past_a_leaving_or_an_ending(crowd):  # noqa: F811
    place = hall(crowd)
    begins = NOW + timedelta(days=2)

    def book(hour):
        words = {"organization": crowd.fulian_org, "purpose": "会", "by": crowd.fulian, "at": NOW}
        starts = begins + timedelta(hours=hour)
        return lambda: venues.book(
            Venue.objects.get(pk=place.pk), starts_at=starts, ends_at=starts + timedelta(minutes=30), **words
        )

    there = Membership.objects.get(alliance=crowd.alliance, organization=crowd.fulian_org)
    told = at_once(*map(book, range(3)), lambda: verbs.leave(there, by=crowd.fulian, at=NOW, reason="撤并"))
    assert set(told) <= {"done", "not_member"}
    assert not place.bookings.standing().exists()
    gone = Alliance.objects.get(pk=crowd.alliance.pk)
    verbs.close_down(gone, by=crowd.balinzuo, at=NOW, reason="任务完成")
    assert at_once(book(5)) == ["not_running"]
