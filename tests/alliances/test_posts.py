"""Posts and teams: a community offers, registered members take up, never one more than it wants."""

import json
from collections import Counter
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import PostHolding, ServicePost, Team
from alliances.notices import WRITERS
from members.models import Notice, Step, User
from members.notices import tell
from members.states import Refused
from tests.cast import NOW, again, person, user
from tests.listings.test_races import at_once

TODAY = NOW.date()


@pytest.fixture
def crew(cast):
    """Three people of 妇联 registered with 东石桥, the first with an account."""
    found = [person(f"组员{n}", cast.fulian_org) for n in range(3)]
    account = user("crew", "member", organization=cast.fulian_org)
    User.objects.filter(pk=account.pk).update(party_member=found[0])
    verbs.register(found, cast.dongshiqiao_org, by=cast.fulian, at=NOW)
    return found


@pytest.fixture
def post(cast):
    words = {"title": "环境巡查", "skill": "sanitation", "capacity": 2, "times": "每周三"}
    return verbs.offer(cast.dongshiqiao_org, **words, by=cast.dongshiqiao, at=NOW)


@pytest.fixture
def team(cast, crew):
    return verbs.form_team(cast.dongshiqiao_org, name="邻里队", captain=crew[0], by=cast.dongshiqiao, at=NOW)


@pytest.mark.parametrize(("words", "field"), [
    ({"title": ""}, "title"), ({"title": "长" * 41}, "title"),
    ({"capacity": 0}, "__all__"), ({"capacity": 101}, "__all__"),
    ({"skill": "magic"}, "skill"), ({"times": "长" * 61}, "times"),
])  # fmt: skip
def test_a_post_is_well_formed(cast, words, field):
    with pytest.raises(ValidationError) as wrong:
        verbs.offer(cast.dongshiqiao_org, **{"title": "巡逻", "capacity": 1} | words, by=cast.dongshiqiao, at=NOW)
    assert field in wrong.value.message_dict


@pytest.mark.parametrize("who", ["chifeng", "lindong", "fulian", "lushan", "nanyang"])
def test_only_the_community_itself_offers_thanks_and_closes(cast, crew, post, who):
    holding = verbs.take(post, crew[0], by=cast.fulian, at=NOW)
    by = {"by": getattr(cast, who), "at": NOW}
    for deed in (
        lambda: verbs.offer(cast.dongshiqiao_org, title="巡逻", capacity=1, **by), lambda: verbs.thank(holding, **by),
        lambda: verbs.close_post(post, **by),
        lambda: verbs.form_team(cast.dongshiqiao_org, name="队", captain=crew[0], **by),
    ):  # fmt: skip
        with pytest.raises(PermissionDenied):
            deed()


def test_an_organ_offers_no_posts(cast):
    with pytest.raises(ValidationError):
        verbs.offer(cast.fulian_org, title="巡逻", capacity=1, by=cast.fulian, at=NOW)


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("taken", "leave_post", "left"), ("taken", "thank", "thanked"), ("left", "leave_post", None),
    ("left", "thank", None), ("thanked", "thank", None), ("thanked", "leave_post", None),
])  # fmt: skip
def test_a_holding_moves_as_its_table_says(cast, crew, post, state, verb, after):
    holding = verbs.take(post, crew[0], by=cast.fulian, at=NOW)
    PostHolding.objects.filter(pk=holding.pk).update(state=state)
    by = cast.fulian if verb == "leave_post" else cast.dongshiqiao
    if after:
        getattr(verbs, verb)(holding, by=by, at=NOW)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(holding, by=by, at=NOW)
    holding.refresh_from_db()
    assert holding.state == (after or state)


def test_a_full_post_says_so_and_a_place_left_is_free_at_once(cast, crew, post):
    first, _second = (verbs.take(post, one, by=cast.fulian, at=NOW) for one in crew[:2])
    with pytest.raises(Refused) as refused:
        verbs.take(post, crew[2], by=cast.fulian, at=NOW)
    assert refused.value.code == "full"
    verbs.leave_post(first, by=again(crew[0].account), at=NOW)
    assert verbs.take(post, crew[2], by=cast.fulian, at=NOW).slot == first.slot


@pytest.mark.parametrize("code", ["not_open", "not_registered", "already_taken"])
def test_a_refusal_says_why(cast, crew, post, code):
    who = crew[0]
    if code == "not_open":
        verbs.close_post(post, by=cast.dongshiqiao, at=NOW)
    elif code == "not_registered":
        who = person("没报到", cast.fulian_org)
    else:
        verbs.take(post, who, by=cast.fulian, at=NOW)
    with pytest.raises(Refused) as refused:
        verbs.take(post, who, by=cast.fulian, at=NOW)
    assert refused.value.code == code


def test_a_member_takes_a_post_for_itself_and_not_for_a_colleague(cast, crew, post):
    with pytest.raises(PermissionDenied):
        verbs.take(post, crew[1], by=again(crew[0].account), at=NOW)
    assert verbs.take(post, crew[0], by=again(crew[0].account), at=NOW).state == "taken"
    with pytest.raises(PermissionDenied):
        verbs.take(post, crew[1], by=cast.dongshiqiao, at=NOW)


def test_closing_thanks_everybody_who_holds_the_post(cast, crew, post):
    for one in crew[:2]:
        verbs.take(post, one, by=cast.fulian, at=NOW)
    verbs.close_post(post, by=cast.dongshiqiao, at=NOW, words="谢谢大家")
    assert set(post.holdings.values_list("state", flat=True)) == {"thanked"}
    assert (post.state, post.closed_on) == ("closed", TODAY)


def test_what_suits_a_member_stands_first(cast, crew, post):
    other = verbs.offer(cast.dongshiqiao_org, title="法律咨询", skill="law", capacity=1, by=cast.dongshiqiao, at=NOW)
    far = verbs.offer(cast.lushan_org, title="别处的", capacity=1, by=cast.lushan, at=NOW)
    verbs.keep_skills(crew[0], skills=["sanitation"], by=cast.fulian, at=NOW)
    found = ServicePost.objects.suggested_to(crew[0])
    assert [(one.title, one.fits) for one in found] == [("环境巡查", True), ("法律咨询", False)]
    assert far not in found
    verbs.take(other, crew[1], by=cast.fulian, at=NOW)
    verbs.take(post, crew[0], by=cast.fulian, at=NOW)
    assert list(ServicePost.objects.suggested_to(crew[0])) == [], "full, or one's own already"


def test_a_team_has_a_registered_captain_and_members_come_and_go(cast, crew, team):
    assert [part.person for part in team.members.current()] == [crew[0]]
    part = verbs.join_team(team, crew[1], by=cast.fulian, at=NOW)
    with pytest.raises(Refused):
        verbs.join_team(team, crew[1], by=cast.fulian, at=NOW)
    with pytest.raises(Refused):
        verbs.join_team(team, person("没报到", cast.fulian_org), by=cast.fulian, at=NOW)
    with pytest.raises(Refused):
        verbs.form_team(
            cast.dongshiqiao_org, name="队", captain=person("没报到", cast.fulian_org), by=cast.dongshiqiao, at=NOW
        )
    verbs.leave_team(part, by=cast.fulian, at=NOW)
    assert team.members.current().count() == 1
    verbs.end_team(team, by=cast.dongshiqiao, at=NOW)
    assert not team.members.current().exists()
    with pytest.raises(Refused):
        verbs.join_team(team, crew[2], by=cast.fulian, at=NOW)


def test_a_team_belongs_only_to_an_alliance_of_its_community(cast, crew):
    words = {"name": "共建队", "captain": crew[0], "by": cast.dongshiqiao, "at": NOW}
    assert verbs.form_team(cast.dongshiqiao_org, alliance=cast.alliance, **words).alliance == cast.alliance
    with pytest.raises(Refused):
        verbs.form_team(cast.dongshiqiao_org, alliance=cast.nanyang_alliance, **words)


def test_who_sees_posts_holdings_and_teams(cast, crew, post, team):
    verbs.take(post, crew[1], by=cast.fulian, at=NOW)
    for rows in (ServicePost.objects, Team.objects):
        for who in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian"):
            assert rows.visible_to(again(getattr(cast, who))).count() == 1, who
        assert rows.visible_to(again(crew[0].account)).count() == 1
        for who in ("nanyang", "lushan", "dongguan", "auditor"):
            assert not rows.visible_to(again(getattr(cast, who))).exists(), who
    assert not PostHolding.objects.visible_to(again(crew[0].account)).exists(), "a colleague's post is the colleague's"
    assert PostHolding.objects.visible_to(cast.dongshiqiao).count() == 1


def test_who_hears_of_it(cast, crew, post):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()
    verbs.keep_skills(crew[0], skills=["law"], by=cast.fulian, at=NOW)
    verbs.offer(cast.dongshiqiao_org, title="法律咨询", skill="law", capacity=1, by=cast.dongshiqiao, at=NOW)
    holding = verbs.take(post, crew[0], by=again(crew[0].account), at=NOW)
    verbs.thank(holding, by=cast.dongshiqiao, at=NOW, words="辛苦了")
    tell(WRITERS, NOW)
    heard = {(notice.user.username, notice.text) for notice in Notice.objects.select_related("user")}
    assert heard == {
        ("crew", "东石桥社区党总支的岗位“法律咨询”与您的专长相符，可自愿领岗。"),
        ("dongshiqiao", "组员0领了岗位“环境巡查”。"),
        ("crew", "东石桥社区党总支感谢您在“环境巡查”岗位上的服务。辛苦了"),
    }


def test_a_community_hears_once_of_a_whole_branch(cast, crew):
    tell(WRITERS, NOW)
    heard = Notice.objects.filter(user=cast.dongshiqiao, text__contains="报到")
    texts = list(heard.values_list("text", flat=True))
    assert texts == ["巴林左旗妇联党支部有 3 名党员到社区报到。"]
    assert Notice.objects.filter(user__username="crew").count() == 1


def browser(account):
    found = Client(raise_request_exception=False)
    found.force_login(account)
    return found


@pytest.mark.django_db(transaction=True)
def test_twenty_four_at_once_on_three_places_by_page_and_rest_are_three(cast):
    post = verbs.offer(cast.dongshiqiao_org, title="楼栋长", capacity=3, by=cast.dongshiqiao, at=NOW)
    crowd = [person(f"党员{n}", cast.fulian_org) for n in range(24)]
    verbs.register(crowd, cast.dongshiqiao_org, by=cast.fulian, at=NOW)

    def by_rest(one):
        found, body = browser(cast.fulian), json.dumps({"person": one.pk})
        url = f"/api/v1/service-posts/{post.pk}/take/"
        return lambda: found.post(url, body, content_type="application/json").status_code

    def by_page(one):
        found = browser(cast.fulian)
        return lambda: found.post(reverse("registrations:take", args=[post.pk]), {"person": one.pk}).status_code

    answers = Counter(at_once(*((by_rest if n % 2 else by_page)(one) for n, one in enumerate(crowd))))
    assert answers[200] + answers[302] == 3, answers
    assert answers[409] == 21, answers
    assert sorted(post.holdings.taken().values_list("slot", flat=True)) == [1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_sixteen_registrations_of_one_person_at_once_are_one(cast):
    one = person("党员", cast.fulian_org)

    def deed():
        return len(verbs.register([one], cast.dongshiqiao_org, by=cast.fulian, at=NOW))

    assert Counter(at_once(*[deed] * 16)) == {0: 15, 1: 1}
    assert one.registrations.current().count() == 1


def test_page_and_rest_take_the_same_steps(cast, crew, post):
    """Take, leave, thank, close: the same verb, actor and state, by page and through REST."""
    branch, community = browser(cast.fulian), browser(cast.dongshiqiao)

    def last(thing):
        step = Step.objects.of(thing).last()
        return step.verb, step.to_state, step.by, step.reason

    def rest(who, verb, **body):
        url = f"/api/v1/service-posts/{post.pk}/{verb}/"
        assert who.post(url, json.dumps(body), content_type="application/json").status_code == 200

    seen = []
    for way in ("page", "rest"):
        if way == "page":
            branch.post(reverse("registrations:take", args=[post.pk]), {"person": crew[1].pk})
            holding = post.holdings.latest("pk")
            branch.post(reverse("registrations:leave_post", args=[holding.pk]), {"reason": "出差"})
        else:
            rest(branch, "take", person=crew[1].pk)
            holding = post.holdings.latest("pk")
            rest(branch, "leave", person=crew[1].pk, reason="出差")
        seen.append(last(holding))
        verbs.take(post, crew[2], by=cast.fulian, at=NOW)
        holding = post.holdings.latest("pk")
        if way == "page":
            community.post(reverse("registrations:thank", args=[holding.pk]), {"words": "谢谢"})
        else:
            rest(community, "thank", person=crew[2].pk, words="谢谢")
        seen.append(last(holding))
    assert seen[:2] == seen[2:] == [
        ("leave_post", "left", cast.fulian, "出差"), ("thank", "thanked", cast.dongshiqiao, "谢谢"),
    ]  # fmt: skip
    rest(community, "close", words="结束")
    assert last(post) == ("close_post", "closed", cast.dongshiqiao, "结束")


def test_days_after_the_end_of_a_registration_the_post_is_gone(cast, crew, post):
    holding = verbs.take(post, crew[0], by=cast.fulian, at=NOW)
    registration = crew[0].registrations.get()
    verbs.end_registration(registration, by=cast.fulian, at=NOW + timedelta(days=9), reason="调动")
    holding.refresh_from_db()
    assert holding.state == "left"
    assert post.holdings.taken().count() == 0
