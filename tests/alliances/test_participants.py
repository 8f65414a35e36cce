"""Joint branches: offered by the own branch or the member, taken in by the lead, counted from the list."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Membership, Participant
from members.models import Role, Step
from members.states import Refused
from tests.cast import NOW, SINCE, again, alliance, person, user


@pytest.fixture
def joint(cast):
    return alliance(
        "外贸局家属院联合党支部", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org, cast.lushan_org],
        form="joint_branch",
    )  # fmt: skip


@pytest.fixture
def wang(cast):
    return person("王五", cast.fulian_org)


def offered(cast, joint, wang, **words):
    return verbs.put_forward(joint, wang, **({"by": again(cast.fulian), "at": NOW, "duty": "卫生监督岗"} | words))


def test_the_branch_offers_and_the_lead_takes_in_and_the_own_branch_stays(cast, joint, wang):
    part = offered(cast, joint, wang)
    assert (part.state, part.joined_on) == ("proposed", None)
    verbs.take_in(part, by=cast.dongshiqiao, at=NOW)
    wang.refresh_from_db()
    assert (part.state, part.joined_on, wang.organization) == ("taking_part", NOW.date(), cast.fulian_org)
    assert list(Participant.objects.as_of(NOW.date())) == [part]
    verbs.step_out(part, by=cast.fulian, at=NOW, reason="工作调动")
    assert not Participant.objects.as_of(NOW.date()).exists()


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("proposed", "take_in", "taking_part"), ("proposed", "turn_down", "turned_down"), ("proposed", "step_out", "left"),
    ("taking_part", "take_in", None), ("taking_part", "turn_down", None), ("taking_part", "step_out", "left"),
    ("turned_down", "take_in", None), ("left", "step_out", None), ("left", "take_in", None),
])  # fmt: skip
def test_a_part_moves_as_its_table_says(cast, joint, wang, state, verb, after):
    part = offered(cast, joint, wang)
    Participant.objects.filter(pk=part.pk).update(state=state, joined_on=NOW.date())
    part.refresh_from_db()
    words = {"by": cast.fulian if verb == "step_out" else cast.dongshiqiao, "at": NOW}
    words |= {} if verb == "take_in" else {"reason": "工作调动"}
    if after:
        getattr(verbs, verb)(part, **words)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(part, **words)
    part.refresh_from_db()
    assert part.state == (after or state)


def test_the_leads_own_people_are_in_at_once_and_counts_are_computed(cast, joint, wang):
    own = person("张三", cast.dongshiqiao_org)
    assert verbs.put_forward(joint, own, by=cast.dongshiqiao, at=NOW).state == "taking_part"
    verbs.take_in(offered(cast, joint, wang), by=cast.dongshiqiao, at=NOW)
    current = joint.participants.current()
    assert (current.count(), current.own().count()) == (2, 1)


@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "dongshiqiao", "lushan", "nanyang"])
def test_nobody_else_puts_anothers_people_forward(cast, joint, wang, who):
    with pytest.raises(PermissionDenied):
        offered(cast, joint, wang, by=again(getattr(cast, who)))
    assert not Participant.objects.exists()


def test_the_member_may_offer_and_step_out_in_person(cast, joint, wang):
    account = user("wangwu", "member", organization=cast.fulian_org)
    account.party_member = wang
    account.save()
    part = offered(cast, joint, wang, by=again(account))
    assert list(Participant.objects.visible_to(again(account))) == [part]
    verbs.step_out(part, by=again(account), at=NOW, reason="不便参加")
    with pytest.raises(PermissionDenied):
        verbs.put_forward(joint, person("李四", cast.fulian_org), by=again(account), at=NOW)
    Role.objects.filter(user=account).update(until=SINCE)
    with pytest.raises(PermissionDenied):
        offered(cast, joint, wang, by=again(account))


@pytest.mark.parametrize(("case", "code"), [
    ("another form", "no_joint_branch"), ("twice", "already_there"), ("ended", "not_running"), ("left", "not_member"),
])  # fmt: skip
def test_what_does_not_fit_is_refused_by_its_code(cast, joint, wang, case, code):
    where = cast.alliance if case == "another form" else joint
    if case == "twice":
        offered(cast, joint, wang)
    if case == "ended":
        verbs.dissolve(joint, by=cast.chifeng, at=NOW, reason="任务完成")
        joint.refresh_from_db()
    if case == "left":
        Membership.objects.filter(alliance=joint, organization=cast.fulian_org).update(state="left")
    with pytest.raises(Refused) as refused:
        offered(cast, where, wang)
    assert refused.value.code == code


def test_who_leaves_takes_its_people_along_and_the_end_ends_all(cast, joint, wang):
    part = offered(cast, joint, wang)
    verbs.leave(joint.memberships.get(organization=cast.fulian_org), by=cast.fulian, at=NOW, reason="忙")
    part.refresh_from_db()
    assert (part.state, Step.objects.of(part).last().verb) == ("left", "end")


@pytest.mark.parametrize(("who", "sees"), [
    ("chifeng", True), ("balinzuo", True), ("lindong", True), ("dongshiqiao", True), ("fulian", True),
    ("lushan", False), ("nanyang", False), ("dongguan", False), ("secadmin", False),
])  # fmt: skip
def test_names_are_for_the_lead_those_above_and_the_own_branch(cast, joint, wang, browse, who, sees):
    verbs.take_in(offered(cast, joint, wang), by=cast.dongshiqiao, at=NOW)
    assert Participant.objects.visible_to(again(getattr(cast, who))).exists() is sees
    assert ("王五" in browse(who).get(reverse("participants:list")).content.decode()) is sees
    page = browse(who).get(reverse("alliances:leadership", args=[joint.pk]))
    if page.status_code == 200:
        assert ("王五" in page.content.decode()) is sees
        assert page.context["people_count"] == 1


def test_page_and_rest_take_the_same_step(cast, joint, browse):
    people = [person(name, cast.fulian_org) for name in "甲乙"]
    member, lead = browse("fulian"), browse("dongshiqiao")
    url = reverse("alliances:put_forward", args=[joint.pk])
    assert "甲" in member.get(url).content.decode()
    assert member.post(url, {"person": people[0].pk, "duty": "岗"}).status_code == 302
    body = {"person": people[1].pk, "duty": "岗"}
    rest = f"/api/v1/alliances/{joint.pk}/put-forward/"
    assert member.post(rest, body, content_type="application/json").status_code == 201
    assert member.post(rest, body, content_type="application/json").json()["code"] == "already_there"
    one, two = Participant.objects.order_by("pk")
    assert lead.post(reverse("participants:take_in", args=[one.pk])).status_code == 302
    assert lead.post(f"/api/v1/participants/{two.pk}/take-in/", content_type="application/json").status_code == 200
    step = [(s.verb, s.from_state, s.to_state, s.by, s.organization) for s in (
        Step.objects.of(one).last(), Step.objects.of(two).last())]  # fmt: skip
    assert step[0] == step[1] == ("take_in", "proposed", "taking_part", cast.dongshiqiao, cast.dongshiqiao_org)
    stranger = person("丙", cast.dongguan_org)
    assert member.post(rest, {"person": stranger.pk}, content_type="application/json").status_code == 404
    assert member.post(url, {"person": stranger.pk}).status_code == 422
    assert browse("chifeng").post(url, {"person": people[0].pk}).status_code == 403
