"""What a meeting decides becomes items of the lists, in one step, and both know of each other."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from alliances import transitions as together
from alliances.models import Alliance, Decision
from listings import transitions as verbs
from listings.models import Item
from listings.notices import WRITERS
from members.models import Notice
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again

DAY = NOW.date()


@pytest.fixture
def meeting(cast):
    made = together.convene(
        cast.alliance, kind="regular", title="工作例会", host=cast.dongshiqiao_org, planned_on=DAY,
        topics=["垃圾清运"], by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    together.propose_topic(made, cast.fulian_org, title="停车划线", by=cast.fulian, at=NOW)
    return together.hold_meeting(
        made, held_on=DAY, organizations=[cast.dongshiqiao_org, cast.fulian_org], by=cast.dongshiqiao, at=NOW
    )


@pytest.fixture
def decision(cast, meeting):
    return together.decide(
        meeting, title="共同清运五金小区垃圾", text="物业出车，妇联组织志愿者，六月底前完成。",
        topic=meeting.topics.get(title="停车划线"), by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def enacted(cast, decision, **words):
    return verbs.enact(decision, **{"kind": "supply_demand", "by": cast.dongshiqiao, "at": NOW} | words)


def test_a_decision_becomes_an_item_in_its_own_words_on_the_current_list(cast, decision):
    item = enacted(cast, decision)
    assert (item.title, item.detail, item.state) == (decision.title, decision.text, "collected")
    assert (item.listing.kind, item.listing.alliance) == ("supply_demand", cast.alliance)
    assert item.asked_by == cast.fulian_org  # who proposed the topic confirms in the end
    another = enacted(cast, decision, kind="project", title="划线工程", capacity=2)
    assert list(decision.items.order_by("pk")) == [item, another]


def test_who_has_left_asks_no_more_so_the_lead_does(cast, decision):
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    together.leave(membership, by=cast.fulian, at=NOW, reason="撤并")
    assert enacted(cast, decision).asked_by == cast.dongshiqiao_org


def test_on_a_signed_list_the_item_joins_as_an_addendum(cast, decision):
    first = enacted(cast, decision)
    for organization, user in ((cast.dongshiqiao_org, cast.dongshiqiao), (cast.fulian_org, cast.fulian)):
        verbs.sign(first.listing, organization, by=user, at=NOW)
    assert enacted(cast, decision).addendum


@pytest.mark.parametrize("kind", ["resource", "", "nothing"])
def test_only_problems_needs_and_projects_come_from_decisions(cast, decision, kind):
    with pytest.raises(ValidationError):
        enacted(cast, decision, kind=kind)


def test_what_is_not_adopted_or_has_ended_makes_no_item(cast, meeting, decision):
    voting = together.decide(meeting, title="停车收费", put_to_vote=True, by=cast.dongshiqiao, at=NOW)
    with pytest.raises(Refused) as refused:
        enacted(cast, voting)
    assert refused.value.code == "not_adopted"
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="dissolved", ended_on=DAY)
    with pytest.raises(Refused):
        enacted(cast, Decision.objects.get(pk=decision.pk))
    assert not Item.objects.exists()


def test_every_member_hears_what_became_of_the_decision(cast, decision):
    item = enacted(cast, decision)
    tell(WRITERS, NOW)
    told = Notice.objects.get(user=cast.fulian, step__verb="enact")
    assert told.url == item.get_absolute_url()
    assert not Notice.objects.filter(user=cast.nanyang).exists()


def test_page_and_rest_take_the_same_step(cast, decision, browse):
    words = {"kind": "project", "title": "划线工程", "capacity": 1, "category": "traffic"}
    page = browse("dongshiqiao").post(reverse("meetings:enact", args=[decision.pk]), words)
    assert page.status_code == 302
    made = browse("dongshiqiao").post(f"/api/v1/decisions/{decision.pk}/enact/", words, "application/json")
    assert made.status_code == 201, made.content
    one, other = Item.objects.order_by("pk")
    same = ("kind", "title", "state", "asked_by_id", "decision_id", "listing_id", "category")
    assert [getattr(one, name) for name in same] == [getattr(other, name) for name in same]
    told = browse("fulian").get(f"/api/v1/decisions/{decision.pk}/").json()
    assert told["items"] == [one.pk, other.pk]


def test_the_meeting_shows_its_items_and_the_item_its_decision(cast, decision, browse):
    item = enacted(cast, decision)
    for who in ("fulian", "chifeng"):
        meeting = browse(who).get(decision.meeting.get_absolute_url()).content.decode()
        assert item.get_absolute_url() in meeting
        assert "待研判" in meeting or "已收集" in meeting
        shown = browse(who).get(item.get_absolute_url()).content.decode()
        assert decision.number in shown
    assert browse("nanyang").get(decision.meeting.get_absolute_url()).status_code == 404


def test_the_meetings_page_asks_as_often_for_three_decisions_as_for_one(cast, meeting, decision, browse):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def asked():
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(meeting.get_absolute_url()).status_code == 200
        return len(queries)

    browser = browse("fulian")
    enacted(cast, decision)
    asked()
    one = asked()
    for n in range(2):
        more = together.decide(meeting, title=f"决议{n}", by=cast.dongshiqiao, at=NOW)
        enacted(cast, more)
        vote = together.decide(meeting, title=f"表决{n}", put_to_vote=True, by=cast.dongshiqiao, at=NOW)
        together.vote(vote, cast.fulian_org, choice="abstain", by=cast.fulian, at=NOW)
    assert asked() == one


def test_only_the_lead_puts_decisions_on_lists(cast, decision):
    assert Decision.objects.enactable_by(again(cast.dongshiqiao)).exists()
    for other in ("fulian", "lindong", "chifeng", "lushan", "nanyang"):
        assert not Decision.objects.enactable_by(again(getattr(cast, other))).exists()


def test_a_whole_meeting_by_page(cast, browse):
    lead, member = browse("dongshiqiao"), browse("fulian")
    url = reverse("alliances:convene", args=[cast.alliance.pk])
    words = {"title": "二季度例会", "kind": "regular", "host": cast.dongshiqiao_org.pk, "planned_on": DAY.isoformat()}
    assert lead.post(url, words | {"topics": "x" * 90}).status_code == 422
    made = lead.post(url, words | {"topics": "清运\n\n停车", "begins_at": "09:30"})
    assert made.status_code == 302
    meeting = cast.alliance.meetings.get()
    assert (
        member.post(
            reverse("meetings:propose", args=[meeting.pk]), {"organization": cast.fulian_org.pk, "title": "路灯"}
        ).status_code
        == 302
    )
    topic = meeting.topics.get(title="路灯")
    assert member.post(reverse("meetings:advance", args=[topic.pk])).status_code == 403
    assert lead.post(reverse("meetings:advance", args=[topic.pk])).status_code == 302
    assert (
        lead.post(
            reverse("meetings:hold", args=[meeting.pk]),
            {"held_on": DAY.isoformat(), "organizations": [cast.fulian_org.pk], "minutes": "议定三件事"},
        ).status_code
        == 302
    )
    assert member.post(reverse("meetings:strike", args=[topic.pk]), {"reason": "晚了"}).status_code == 409
    assert (
        lead.post(
            reverse("meetings:decide", args=[meeting.pk]), {"title": "共同清运", "topic": topic.pk, "put_to_vote": "on"}
        ).status_code
        == 302
    )
    decision = meeting.decisions.get()
    for browser, organization in ((member, cast.fulian_org), (lead, cast.dongshiqiao_org)):
        vote = {"organization": organization.pk, "choice": "for"}
        assert browser.post(reverse("meetings:vote", args=[decision.pk]), vote).status_code == 302
    decision.refresh_from_db()
    assert decision.state == "adopted"
    assert browse("lindong").post(reverse("meetings:confirm", args=[meeting.pk])).status_code == 302
    page = member.get(meeting.get_absolute_url()).content.decode()
    assert "共同清运" in page
    assert "补录，已复核" in page
    assert meeting.title in member.get(reverse("meetings:list")).content.decode()
    assert meeting.title in member.get(reverse("alliances:meetings", args=[cast.alliance.pk])).content.decode()
    assert meeting.title not in browse("nanyang").get(reverse("meetings:list")).content.decode()
