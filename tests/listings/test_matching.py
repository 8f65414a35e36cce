"""Supply meets demand: found, offered, accepted by the owner alone; exact shares, the claim in the same step."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from alliances.models import MemberSkill
from listings import transitions as verbs
from listings.models import Claim, Item, Match
from listings.notices import WRITERS
from listings.supply import resources_for
from members.models import Notice, Step
from members.notices import tell
from members.states import MoveRefused, Refused
from tests.cast import NOW, again, join, organization, person
from tests.listings.conftest import item_on, list_of
from tests.listings.test_races import at_once

TODAY = NOW.date()
LONG = {"period_to": TODAY.replace(year=2199)}


@pytest.fixture
def stock(cast):
    """The resource list, long enough for callers of today."""
    return list_of(cast.alliance, cast.dongshiqiao, kind="resource", **LONG)


@pytest.fixture
def van(cast, stock):
    """Three runs of a van of the women's federation."""
    words = {"title": "清运车", "category": "sanitation", "capacity": 3}
    return item_on(stock, cast.dongshiqiao, cast.fulian_org, **words)


@pytest.fixture
def need(cast):
    """东石桥 wants two organisations against the rubbish."""
    listing = list_of(cast.alliance, cast.dongshiqiao, **LONG)
    words = {"title": "清运垃圾", "category": "sanitation", "capacity": 2}
    return item_on(listing, cast.dongshiqiao, cast.dongshiqiao_org, **words)


@pytest.fixture
def offer(cast, need, van):
    """The lead has asked for two runs of the van."""
    return verbs.match(need, cast.fulian_org, resource=van, share=2, by=cast.dongshiqiao, at=NOW)


def left_of(item):
    found = Item.objects.with_counts().get(pk=item.pk)
    return found.capacity - found.taken


def titles(item, user):
    fresh = Item.objects.with_counts().get(pk=item.pk)
    return [one.resource.title for one in resources_for(fresh, user, TODAY)]


def test_resources_of_members_are_found_also_in_another_alliance_that_one_sees(cast, need, van, stock):
    item_on(stock, cast.dongshiqiao, cast.dongshiqiao_org, title="自家的车", category="sanitation")  # of who asks
    item_on(stock, cast.dongshiqiao, cast.fulian_org, title="农技员", category="farming")
    item_on(stock, cast.dongshiqiao, cast.fulian_org, title="没开放的", category="sanitation", opened=False)
    theirs = list_of(cast.nanyang_alliance, cast.dongguan, kind="resource", **LONG)
    elsewhere = item_on(theirs, cast.dongguan, cast.dongguan_org, title="东关的车", category="sanitation")
    assert titles(need, cast.dongshiqiao) == ["清运车"]
    join(cast.alliance, cast.dongguan_org)
    assert titles(need, cast.dongshiqiao) == ["清运车"]  # the lead does not see 东关's own alliance
    assert titles(need, cast.dongguan) == ["清运车", elsewhere.title]  # 东关 sees both


def test_people_with_a_wanted_skill_stand_beside_resources(cast, need, van):
    Item.objects.filter(pk=need.pk).update(skills=["law", "care"])
    MemberSkill.objects.create(person=person("王芳", cast.fulian_org), skill="law")
    MemberSkill.objects.create(person=person("走了的", cast.fulian_org, until=TODAY), skill="care")
    MemberSkill.objects.create(person=person("别处的", cast.dongguan_org), skill="law")
    assert titles(need, cast.dongshiqiao) == ["清运车", "法律咨询"]
    asked = verbs.match(need, cast.fulian_org, by=cast.dongshiqiao, at=NOW)
    assert verbs.accept_match(asked, by=cast.fulian, at=NOW).claim.organization == cast.fulian_org


def test_an_offer_binds_nobody_and_the_owner_alone_accepts(cast, need, van, offer):
    assert (offer.state, left_of(van), need.claims.count()) == ("offered", 3, 0)
    verbs.accept_match(offer, by=cast.fulian, at=NOW)
    need.refresh_from_db()
    assert (offer.state, left_of(van), need.state) == ("accepted", 1, "claimed")
    made = offer.claim
    assert (made.organization, made.item, made.support) == (cast.fulian_org, need, "清运车（2 份）")
    assert left_of(need) == 1  # one of two: partial
    assert not titles(need, cast.dongshiqiao)


def test_for_a_problem_the_project_item_and_the_claim_are_made_in_one_step(cast, problem, van):
    asked = verbs.match(problem, cast.fulian_org, resource=van, by=cast.dongshiqiao, at=NOW)
    verbs.accept_match(asked, by=cast.fulian, at=NOW)
    problem.refresh_from_db()
    answer = problem.answered_by
    assert (problem.state, answer.kind, answer.state) == ("linked", "project", "claimed")
    assert asked.claim.item == answer
    assert list(Match.objects.of(answer)) == [asked]
    verbs.finish(asked.claim, by=cast.fulian, at=NOW)
    answer.refresh_from_db()
    with pytest.raises(Refused, match="自己"):
        verbs.confirm(answer, by=cast.fulian, at=NOW)
    verbs.confirm(answer, by=cast.dongshiqiao, at=NOW)
    problem.refresh_from_db()
    assert problem.state == "confirmed"


def test_ones_own_resource_is_accepted_in_the_same_step(cast, need, van):
    made = verbs.match(need, cast.fulian_org, resource=van, by=cast.fulian, at=NOW)
    assert (made.state, made.claim.organization) == ("accepted", cast.fulian_org)


REFUSED = [
    ({"share": 4}, "not_available"),
    ({"organization": "dongshiqiao_org"}, "own_need"),
    ({"organization": "lushan_org", "resource": None}, "not_member"),
    ({"resource": "need"}, "not_available"),
]


@pytest.mark.parametrize(("words", "code"), REFUSED)
def test_what_does_not_fit_is_refused_by_name(cast, need, van, words, code):
    known = {"organization": cast.fulian_org, "resource": van, "share": 1}
    given = {name: getattr(cast, value) if name == "organization" else value for name, value in words.items()}
    if given.get("resource") == "need":
        given["resource"] = need
    said = known | given
    with pytest.raises(Refused) as refused:
        verbs.match(need, said.pop("organization"), by=cast.dongshiqiao, at=NOW, **said)
    assert refused.value.code == code


def test_nobody_is_asked_twice_and_a_resource_is_no_need(cast, need, van, offer):
    for target in (need, van):
        with pytest.raises(Refused) as refused:
            verbs.match(target, cast.fulian_org, resource=van, by=cast.dongshiqiao, at=NOW)
        assert refused.value.code == ("already_matched" if target == need else "not_open")


STATES = {
    "offered": ({"accept", "decline", "withdraw"}),
    "accepted": set(),
    "declined": set(),
    "withdrawn": set(),
}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("verb", ["accept", "decline", "withdraw"])
def test_every_state_and_every_verb(cast, offer, state, verb):
    deeds = {
        "accept": lambda: verbs.accept_match(offer, by=cast.fulian, at=NOW),
        "decline": lambda: verbs.decline_match(offer, by=cast.fulian, at=NOW, reason="已有安排"),
        "withdraw": lambda: verbs.withdraw_match(offer, by=cast.dongshiqiao, at=NOW),
    }
    before = {"accepted": "accept", "declined": "decline", "withdrawn": "withdraw"}.get(state)
    if before:
        deeds[before]()
    if verb in STATES[state]:
        deeds[verb]()
    else:
        with pytest.raises(MoveRefused):
            deeds[verb]()


def test_what_is_released_is_free_again(cast, need, van, offer):
    verbs.accept_match(offer, by=cast.fulian, at=NOW)
    verbs.release(offer.claim, by=cast.fulian, at=NOW, reason="车坏了")
    offer.refresh_from_db()
    assert (offer.state, left_of(van)) == ("withdrawn", 3)
    assert verbs.match(need, cast.fulian_org, resource=van, by=cast.dongshiqiao, at=NOW).state == "offered"


def test_a_claim_on_the_resource_itself_counts_the_shares(cast, need, van):
    offer = verbs.match(need, cast.fulian_org, resource=van, share=3, by=cast.dongshiqiao, at=NOW)
    verbs.accept_match(offer, by=cast.fulian, at=NOW)
    assert not Item.objects.claimable_by(cast.dongshiqiao).filter(pk=van.pk)
    with pytest.raises(Refused, match="满"):
        verbs.claim(van, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)


def test_an_offer_ends_with_its_need_with_its_resource_and_with_who_leaves(cast, need, van, offer):
    verbs.refuse(need, by=cast.dongshiqiao, at=NOW, reason="已由物业解决", goes_to="物业公司")
    offer.refresh_from_db()
    assert offer.state == "withdrawn"
    other = item_on(need.listing, cast.dongshiqiao, cast.dongshiqiao_org, title="另一处")
    second = verbs.match(other, cast.fulian_org, resource=van, by=cast.dongshiqiao, at=NOW)
    membership = cast.alliance.memberships.get(organization=cast.fulian_org)
    verbs.leave(membership, by=cast.fulian, at=NOW, reason="机构改革")
    second.refresh_from_db()
    assert second.state == "withdrawn"


def test_those_concerned_hear_of_it(cast, offer):
    tell(WRITERS, at=NOW)
    verbs.decline_match(offer, by=cast.fulian, at=NOW, reason="车在检修")
    tell(WRITERS, at=NOW)
    told = {(n.user.username, n.text.split("：")[0]) for n in Notice.objects.filter(text__contains="对接")}
    assert ("fulian", "供需对接") in told
    assert any(name == "dongshiqiao" for name, _text in told)
    assert "nanyang" not in {name for name, _text in told}


def test_who_may_match_by_rest(cast, need, van, client):
    body = {"organization": cast.fulian_org.pk, "resource": van.pk}
    other = organization("林东供电党支部", "150422404")
    join(cast.alliance, other)
    path = f"/api/v1/items/{need.pk}/match/"
    for name, words, status in (
        ("nanyang", body, 404), ("chifeng", body, 403), ("fulian", body | {"organization": other.pk}, 403),
        ("dongshiqiao", body | {"share": 10**9}, 422), ("dongshiqiao", body | {"organization": 10**12}, 404),
        ("dongshiqiao", body | {"resource": need.pk}, 409), ("dongshiqiao", body, 201), ("dongshiqiao", body, 409),
    ):  # fmt: skip
        client.force_login(again(getattr(cast, name)))
        answer = client.post(path, words, content_type="application/json")
        assert answer.status_code == status, (name, words, answer.content)
    made = Match.objects.get()
    for name, verb, status in (
        ("nanyang", "accept", 404), ("chifeng", "accept", 403), ("dongshiqiao", "accept", 403),
        ("fulian", "withdraw", 403), ("fulian", "accept", 200), ("fulian", "accept", 409),
    ):  # fmt: skip
        client.force_login(getattr(cast, name))
        answer = client.post(f"/api/v1/matches/{made.pk}/{verb}/", {}, content_type="application/json")
        assert answer.status_code == status, (name, verb, answer.content)


def test_page_and_rest_take_the_same_steps(cast, need, van, client):
    other = item_on(need.listing, cast.dongshiqiao, cast.dongshiqiao_org, title="另一处", category="sanitation")
    client.force_login(cast.dongshiqiao)
    said = {"pick": f"item-{van.pk}", "share": 1}
    assert client.post(reverse("items:match", args=[need.pk]), said).status_code == 302
    body = {"organization": cast.fulian_org.pk, "resource": van.pk}
    client.post(f"/api/v1/items/{other.pk}/match/", body, content_type="application/json")
    one, two = Match.objects.order_by("pk")
    client.force_login(cast.fulian)
    client.post(reverse("matches:accept", args=[one.pk]))
    client.post(f"/api/v1/matches/{two.pk}/accept/", {}, content_type="application/json")
    steps = [list(Step.objects.of(m).values_list("verb", "to_state", "by", "organization")) for m in (one, two)]
    assert steps[0] == steps[1]
    assert [step[0] for step in steps[0]] == ["match", "accept"]


def test_a_pick_that_is_not_offered_is_told(cast, need, van, client):
    client.force_login(cast.dongshiqiao)
    for said in ({"pick": "item-999999", "share": 1}, {"pick": f"item-{van.pk}", "share": 9}, {"pick": "\x00"}, {}):
        assert client.post(reverse("items:match", args=[need.pk]), said).status_code == 422, said
    assert not Match.objects.exists()


@pytest.mark.parametrize("tab", ["answer", "sought", "needs"])
def test_pages_cost_the_same_with_one_and_with_three(cast, need, stock, client, tab):
    counts = {"list": [], "item": [], "match": [], "rest": []}
    user = cast.fulian if tab == "answer" else cast.dongshiqiao
    for number in range(3):
        more = organization(f"第{number}党支部", "150422404")
        join(cast.alliance, more)
        item_on(stock, cast.dongshiqiao, more, title=f"清运车{number}", category="sanitation")
        words = {"title": f"处{number}", "category": "sanitation"}
        wanted = item_on(need.listing, cast.dongshiqiao, cast.dongshiqiao_org, **words)
        verbs.match(wanted, cast.fulian_org, by=cast.dongshiqiao, at=NOW)
        client.force_login(user)
        for name, path in (
            ("list", reverse("matches:list") + f"?tab={tab}"), ("item", reverse("items:detail", args=[need.pk])),
            ("match", reverse("items:match", args=[need.pk])), ("rest", f"/api/v1/items/{need.pk}/matches/"),
        ):  # fmt: skip
            with CaptureQueriesContext(connection) as queries:
                assert client.get(path).status_code == 200
            counts[name].append(len(queries))
    assert all(found[0] == found[2] for found in counts.values()), counts
    assert counts["rest"][0] <= 12


@pytest.mark.django_db(transaction=True)
def test_two_needs_that_take_the_last_part_at_once_and_one_gets_it(cast, need, van):
    others = [item_on(need.listing, cast.dongshiqiao, cast.dongshiqiao_org, title=f"处{n}") for n in range(16)]
    words = {"resource": van, "by": cast.dongshiqiao, "at": NOW}
    asked = [verbs.match(other, cast.fulian_org, **words) for other in others]
    outcomes = at_once(
        *(lambda m=m: verbs.accept_match(Match.objects.get(pk=m.pk), by=cast.fulian, at=NOW).state for m in asked)
    )
    told = Counter(one if isinstance(one, str) else getattr(one, "code", repr(one)) for one in outcomes)
    assert told == {"accepted": 3, "not_available": 13}
    assert left_of(van) == 0
    assert Claim.objects.active().count() == 3


@pytest.mark.django_db(transaction=True)
def test_sixteen_copies_of_an_answer_are_one_claim(cast, offer):
    outcomes = at_once(*[
        lambda: verbs.accept_match(Match.objects.get(pk=offer.pk), by=cast.fulian, at=NOW + timedelta(seconds=1)).state
        for _copy in range(16)
    ])  # fmt: skip
    assert Counter(isinstance(one, MoveRefused) for one in outcomes) == {False: 1, True: 15}, outcomes
    assert Claim.objects.count() == 1
