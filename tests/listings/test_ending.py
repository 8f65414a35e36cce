"""Leaving and ending, with what is open: it is said before, with numbers, and then happens exactly so."""

import pytest
from django.urls import reverse

from alliances import transitions as together
from alliances.models import AdmissionVote, Alliance, Membership
from assessments import approvals
from listings import fates, transitions
from listings.models import Claim, Item
from members.models import Approval, Organization, Step
from members.states import Refused
from tests.cast import NOW, again, alliance, community
from tests.listings.conftest import item_on


def states(alliance):
    return {item.title: item.state for item in Item.objects.filter(alliance=alliance)}


def said(found):
    return [fate.number for fate in found]


@pytest.fixture
def busy(cast, needs, problems):
    """五金小区 with an open item of each asker, one in hand, one done, a problem linked to the open one."""
    lead, member = cast.dongshiqiao_org, cast.fulian_org
    item_on(needs, cast.dongshiqiao, lead, title="牵头提出的")
    open_ = item_on(needs, cast.fulian, member, title="妇联提出的")
    problem = item_on(problems, cast.dongshiqiao, lead, title="井盖破损")
    transitions.link(problem, open_, by=cast.dongshiqiao, at=NOW)
    taken = item_on(needs, cast.dongshiqiao, lead, title="在办的")
    transitions.report(transitions.claim(taken, member, by=cast.fulian, at=NOW), "已到场", by=cast.fulian, at=NOW)
    done = item_on(needs, cast.dongshiqiao, lead, title="办完的")
    transitions.finish(transitions.claim(done, member, by=cast.fulian, at=NOW), by=cast.fulian, at=NOW)
    together.plan(
        cast.alliance, kind="theme_day", title="党日", host=lead, planned_on=NOW.date(), by=cast.dongshiqiao, at=NOW
    )
    return cast.alliance


@pytest.fixture
def other(cast):
    """临潢路共同体 beside it: the lead of 五金小区 is a member there, the federation is not."""
    led = community("临潢路社区党支部", "150422404001", cast.town_org)
    return alliance("临潢路共同体", led, cast.town_org, [cast.dongshiqiao_org])


def merge(cast, busy, other):
    asked = transitions.propose_merge(busy, other, by=cast.balinzuo, at=NOW, reason="联而不活")
    approvals.approve(asked, by=cast.chifeng, at=NOW)
    busy.refresh_from_db()
    return asked


def test_a_leaver_gives_up_what_it_has_not_finished_and_keeps_what_it_has(cast, busy):
    newcomer = together.apply(busy, cast.lushan_org, by=cast.lushan, at=NOW)
    together.vote_on(newcomer, cast.fulian_org, agrees=False, by=cast.fulian, at=NOW)
    member = Membership.objects.get(alliance=busy, organization=cast.fulian_org)
    assert said(fates.of_leaving(member)) == [1, 1, 1]
    transitions.leave(member, by=cast.fulian, at=NOW, reason="调整分工")
    assert sorted(Claim.objects.values_list("state", flat=True)) == ["finished", "released"]
    assert states(busy)["在办的"] == "open"
    released = Step.objects.filter(verb="release", thing_type__model="claim").get()
    assert released.reason == "退出联合体：调整分工"
    assert not AdmissionVote.objects.exists()
    assert not Alliance.objects.visible_to(again(cast.fulian)).filter(pk=busy.pk).exists()


def test_who_may_not_leave_releases_nothing(cast, busy, item):
    transitions.claim(item, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    lead = Membership.objects.get(alliance=busy, organization=cast.dongshiqiao_org)
    with pytest.raises(Refused) as refused:
        transitions.leave(lead, by=cast.dongshiqiao, at=NOW, reason="调整")
    assert refused.value.code == "lead_stays"
    assert Claim.objects.get(item=item).state == "claimed"


def test_what_is_said_of_a_merger_happens(cast, busy, other):
    inner = alliance("五金联合党支部", cast.dongshiqiao_org, cast.town_org, [], form="joint_branch", parent=busy)
    # invited, there already, at work, claims, awaiting, passed on (own item + its problem), refused, activity, nested
    assert said(fates.of_merging(busy, other)) == [1, 1, 1, 1, 1, 2, 1, 1, 1]
    merge(cast, busy, other)
    inner.refresh_from_db()
    assert (busy.state, busy.merged_into, busy.ended_on) == ("merged", other, NOW.date())
    assert states(busy) == {
        "牵头提出的": "refused", "妇联提出的": "refused", "井盖破损": "refused", "在办的": "in_hand", "办完的": "done",
    }  # fmt: skip
    assert states(other) == {"牵头提出的": "collected", "井盖破损": "collected"}
    assert inner.parent == other
    assert set(busy.memberships.values_list("state", flat=True)) == {"left"}
    assert set(busy.activities.values_list("state", flat=True)) == {"cancelled"}


def test_the_members_of_a_merged_alliance_are_invited_and_nobody_is_enrolled(cast, busy, other):
    merge(cast, busy, other)
    invited = Membership.objects.get(alliance=other, organization=cast.fulian_org)
    assert invited.state == "invited"
    together.accept(invited, by=cast.fulian, at=NOW)
    assert invited.state == "asking"  # and its new fellows decide


def test_claims_in_hand_go_on_to_their_end_in_a_merged_alliance(cast, busy, other):
    merge(cast, busy, other)
    held = Claim.objects.get(item__title="在办的")
    assert Item.objects.visible_to(again(cast.fulian)).filter(pk=held.item_id).exists()
    transitions.finish(held, by=cast.fulian, at=NOW)
    asker = again(cast.dongshiqiao)
    for title in ("在办的", "办完的"):
        item = Item.objects.visible_to(asker).confirmable_by(asker).get(title=title)
        transitions.confirm(item, by=asker, at=NOW)
    assert states(busy)["在办的"] == states(busy)["办完的"] == "confirmed"


def test_a_merger_needs_a_second_person_who_stands_over_both(cast, busy, other):
    asked = transitions.propose_merge(busy, other, by=cast.lindong, at=NOW, reason="重复")
    assert (asked.region_id, asked.arguments) == ("150422404", {"into": other.pk})
    able = {w for w in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "nanyang")
            if Approval.objects.approvable_by(again(getattr(cast, w))).filter(pk=asked.pk).exists()}  # fmt: skip
    assert able == {"chifeng", "balinzuo"}
    with pytest.raises(Refused) as refused:
        transitions.propose_merge(busy, cast.nanyang_alliance, by=cast.chifeng, at=NOW, reason="重复")
    assert refused.value.code == "too_far"


def test_two_towns_are_merged_by_the_banner_and_two_banners_by_the_city(cast, busy):
    near = alliance("鹿山共同体", cast.lushan_org, cast.banner_org, [cast.fulian_org])
    assert transitions.propose_merge(busy, near, by=cast.balinzuo, at=NOW, reason="重复").region_id == "150422"
    far = alliance("红山共同体", cast.fulian_org, cast.city_org, [cast.lushan_org], region="150402")
    assert transitions.propose_merge(near, far, by=cast.chifeng, at=NOW, reason="重复").region_id == "1504"


@pytest.mark.parametrize("how", ["itself", "nested", "ended"])
def test_an_alliance_goes_into_another_running_one_only(cast, busy, other, how):
    if how == "nested":
        Alliance.objects.filter(pk=other.pk).update(parent=busy)
    if how == "ended":
        Alliance.objects.filter(pk=other.pk).update(state="dissolved", ended_on=NOW.date())
    into = busy if how == "itself" else Alliance.objects.get(pk=other.pk)
    assert not Alliance.objects.absorbing(busy, cast.chifeng).filter(pk=into.pk).exists()
    with pytest.raises(Refused):
        transitions.fold_into(busy, into=into.pk, by=cast.chifeng, at=NOW, reason="重复")
    busy.refresh_from_db()
    assert busy.state == "active"
    assert states(busy)["牵头提出的"] == "open"


def test_what_is_said_of_the_end_happens(cast, busy):
    inner = alliance("五金联合党支部", cast.dongshiqiao_org, cast.town_org, [], form="joint_branch", parent=busy)
    # unclaimed (two and the problem), at work, claims, awaiting, activity, nested, members
    assert said(fates.of_dissolving(busy)) == [3, 1, 1, 1, 1, 1, 2]
    transitions.close_down(busy, by=cast.chifeng, at=NOW, reason="任务完成")
    inner.refresh_from_db()
    assert inner.parent is None
    assert states(busy) == {
        "牵头提出的": "refused", "妇联提出的": "refused", "井盖破损": "refused", "在办的": "refused", "办完的": "done",
    }  # fmt: skip
    assert not Item.objects.visible_to(again(cast.fulian)).filter(title="妇联提出的").exists()


def test_whoever_asked_still_confirms_after_the_end(cast, needs):
    asked = item_on(needs, cast.fulian, cast.fulian_org, title="妇联请社区做的")
    claim = transitions.claim(asked, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    transitions.finish(claim, by=cast.dongshiqiao, at=NOW)
    transitions.close_down(cast.alliance, by=cast.chifeng, at=NOW, reason="任务完成")
    asker = again(cast.fulian)
    item = Item.objects.visible_to(asker).confirmable_by(asker).get()
    transitions.confirm(item, by=asker, at=NOW)
    assert not Item.objects.visible_to(again(cast.lushan)).exists()


@pytest.mark.parametrize("by_page", [True, False], ids=["page", "rest"])
def test_whoever_asked_still_confirms_after_it_has_left(cast, needs, client, by_page):
    asked = item_on(needs, cast.fulian, cast.fulian_org, title="妇联请社区做的")
    waiting = item_on(needs, cast.fulian, cast.fulian_org, title="还没人认领的")
    others = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="别人的")
    claim = transitions.claim(asked, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    transitions.finish(claim, by=cast.dongshiqiao, at=NOW)
    there = Membership.objects.get(alliance=cast.alliance, organization=cast.fulian_org)
    transitions.leave(there, by=cast.fulian, at=NOW, reason="撤并")
    client.force_login(again(cast.fulian))
    assert client.get(asked.get_absolute_url()).status_code == 200
    for hidden in (waiting, others, needs):
        assert client.get(hidden.get_absolute_url()).status_code == 404
    address = reverse("items:confirm", args=[asked.pk]) if by_page else f"/api/v1/items/{asked.pk}/confirm/"
    how = {} if by_page else {"content_type": "application/json"}
    assert client.post(address, **how).status_code == (302 if by_page else 200)
    asked.refresh_from_db()
    assert asked.state == "confirmed"
    client.force_login(cast.lushan)
    assert client.get(asked.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["dissolve", "merge"])
def test_the_page_says_the_numbers_and_the_second_person_sees_them(cast, busy, other, client, name):
    client.force_login(cast.lindong)
    url = reverse(f"endings:{name}", args=[busy.pk])
    query = f"?into={other.pk}" if name == "merge" else ""
    page = client.get(url + query).content.decode()
    assert "未了的事怎么办" in page
    assert "项未办结的认领" in page
    if name == "merge":
        assert other.name in client.get(url).content.decode()
        assert cast.nanyang_alliance.name not in client.get(url).content.decode()
    made = client.post(url, {"reason": "联而不活", "into": other.pk})
    asked = Approval.objects.get()
    assert made.headers["Location"] == asked.get_absolute_url()
    client.force_login(cast.balinzuo)
    paper = client.get(asked.get_absolute_url()).content.decode()
    assert "项未办结的认领" in paper
    assert client.post(reverse("approvals:approve", args=[asked.pk])).status_code == 302
    busy.refresh_from_db()
    assert busy.state == ("merged" if name == "merge" else "dissolved")


def test_leaving_takes_the_same_step_on_the_page_and_by_rest(cast, busy, client):
    client.force_login(cast.fulian)
    member = Membership.objects.get(alliance=busy, organization=cast.fulian_org)
    page = client.get(reverse("endings:leave", args=[member.pk])).content.decode()
    assert "项未办结的认领退出" in page
    answer = client.post(
        f"/api/v1/alliances/{busy.pk}/leave/", {"organization": cast.fulian_org.pk, "reason": "调整"},
        content_type="application/json",
    )  # fmt: skip
    assert answer.status_code == 200
    assert Claim.objects.get(item__title="在办的").state == "released"


def test_affiliations_stay_through_admission_merger_and_split(cast, busy, other):
    before = list(Organization.objects.order_by("pk").values_list("pk", "parent_id"))
    newcomer = together.apply(busy, cast.lushan_org, by=cast.lushan, at=NOW)
    for who in ("dongshiqiao", "fulian"):
        together.vote_on(newcomer, getattr(cast, f"{who}_org"), agrees=True, by=getattr(cast, who), at=NOW)
    together.split(
        busy, name="分出的", form="league", formation="convened", lead=cast.fulian_org, supervising=cast.banner_org,
        organizations=[cast.lushan_org], purpose="一家办不成", by=cast.fulian, at=NOW,
    )  # fmt: skip
    together.place_under(busy, cast.banner_org, by=cast.balinzuo, at=NOW, reason="理顺")
    merge(cast, busy, other)
    transitions.close_down(other, by=cast.chifeng, at=NOW, reason="任务完成")
    assert list(Organization.objects.order_by("pk").values_list("pk", "parent_id")) == before
