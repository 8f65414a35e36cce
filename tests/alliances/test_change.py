"""Alliances change shape: another superior, a part split off, one nested in another."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Alliance
from alliances.nesting import tree_of
from members.models import Step
from members.states import Refused
from tests.cast import NOW, admit, again, alliance


def test_who_governs_over_both_places_an_alliance_under_another_committee(cast):
    verbs.place_under(cast.alliance, cast.banner_org, by=cast.balinzuo, at=NOW, reason="理顺关系")
    step = Step.objects.of(cast.alliance).last()
    assert (step.verb, step.reason, step.detail) == (
        "place_under", "理顺关系", {"from": cast.town_org.pk, "to": cast.banner_org.pk})  # fmt: skip
    able = {w for w in ("chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "nanyang")
            if Alliance.objects.placeable_by(again(getattr(cast, w))).filter(pk=cast.alliance.pk).exists()}  # fmt: skip
    assert able == {"chifeng", "balinzuo"}  # the street no longer


@pytest.mark.parametrize("where", ["town_org", "nanyang_org", "fulian_org", "dongshiqiao_org"])
def test_only_another_committee_above_lead_and_place_supervises(cast, where):
    with pytest.raises(ValidationError):
        verbs.place_under(cast.alliance, getattr(cast, where), by=cast.chifeng, at=NOW, reason="理顺")


@pytest.mark.parametrize("state", ["submitted", "merged", "dissolved"])
def test_not_while_an_application_lies_there_nor_after_the_end(cast, state):
    ended = NOW.date() if state in {"merged", "dissolved"} else None
    Alliance.objects.filter(pk=cast.alliance.pk).update(state=state, ended_on=ended)
    with pytest.raises(Refused):
        verbs.place_under(cast.alliance, cast.banner_org, by=cast.chifeng, at=NOW, reason="理顺")
    assert not Alliance.objects.placeable_by(cast.chifeng).filter(pk=cast.alliance.pk).exists()


def test_page_and_rest_place_it_with_the_same_step(cast, browse):
    words = {"supervising": cast.banner_org.pk, "reason": "理顺关系"}
    page = reverse("alliances:place_under", args=[cast.alliance.pk])
    assert browse("lindong").post(page, words).status_code == 422  # not the street's to choose
    assert browse("balinzuo").post(page, words).status_code == 302
    by_page = Step.objects.of(cast.alliance).last()
    verbs.place_under(Alliance.objects.get(pk=cast.alliance.pk), cast.town_org, by=cast.chifeng, at=NOW, reason="复原")
    rest = f"/api/v1/alliances/{cast.alliance.pk}/place-under/"
    assert browse("balinzuo").post(rest, words, content_type="application/json").status_code == 200
    by_rest = Step.objects.of(cast.alliance).last()
    assert (by_rest.verb, by_rest.reason, by_rest.detail) == (by_page.verb, by_page.reason, by_page.detail)


def part(cast, **changes):
    return {
        "name": "五金小区养老联盟", "form": "league", "formation": "convened", "lead": cast.dongshiqiao_org,
        "supervising": cast.town_org, "organizations": [cast.fulian_org], "purpose": "一家办不成",
    } | changes  # fmt: skip


def test_a_part_is_split_off_by_invitation(cast):
    made = verbs.split(cast.alliance, **part(cast), by=cast.dongshiqiao, at=NOW)
    assert (made.state, made.split_from, made.parent) == ("draft", cast.alliance, None)
    assert {m.organization: m.state for m in made.memberships.all()} == {
        cast.dongshiqiao_org: "accepted", cast.fulian_org: "invited"}  # fmt: skip
    assert cast.alliance.memberships.current().count() == 2  # nobody has left
    assert Step.objects.of(cast.alliance).last().detail == {"alliance": made.pk, "name": made.name}


@pytest.mark.parametrize("odd", [{"organizations": []}, {"organizations": ["lushan_org"]}, {"lead": "lushan_org"}])
def test_only_members_are_split_off(cast, odd):
    words = {name: [getattr(cast, v) for v in value] if isinstance(value, list) else getattr(cast, value)
             for name, value in odd.items()}  # fmt: skip
    with pytest.raises(ValidationError):
        verbs.split(cast.alliance, **part(cast, **words), by=cast.dongshiqiao, at=NOW)
    assert not Alliance.objects.filter(split_from=cast.alliance).exists()


def test_a_member_may_found_a_part_itself_and_nobody_from_outside(cast, browse):
    page = reverse("alliances:split", args=[cast.alliance.pk])
    words = {
        "name": "妇联志愿联盟", "form": "league", "formation": "convened", "purpose": "一家办不成",
        "lead": cast.fulian_org.pk, "supervising": cast.banner_org.pk, "organizations": [cast.dongshiqiao_org.pk],
    }  # fmt: skip
    assert browse("nanyang").post(page, words).status_code == 404
    assert browse("lushan").post(page, words).status_code == 404
    assert browse("fulian").post(page, words | {"lead": cast.dongshiqiao_org.pk}).status_code == 422
    assert browse("fulian").post(page, words).status_code == 302
    made = Alliance.objects.get(split_from=cast.alliance)
    assert made.lead == cast.fulian_org


def nested(cast, name, form, parent):
    return alliance(name, cast.dongshiqiao_org, cast.town_org, [cast.fulian_org], form=form, parent=parent)


def test_the_tree_shows_what_stands_above_and_beneath(cast):
    general = nested(cast, "联合党总支", "joint_general_branch", cast.alliance)
    branch = nested(cast, "联合党支部", "joint_branch", general)
    places = [(place.alliance.name, place.depth, place.here) for place in tree_of(general, again(cast.fulian))]
    assert places == [("五金小区基层治理共同体", 0, False), ("联合党总支", 1, True), ("联合党支部", 2, False)]
    assert [place.alliance for place in tree_of(branch, again(cast.nanyang))] == [branch]  # hidden ones are not named


@pytest.mark.parametrize(("outer", "inner", "fits"), [
    ("joint_committee", "joint_general_branch", True), ("joint_general_branch", "joint_branch", True),
    ("joint_working_committee", "joint_committee", True), ("joint_committee", "joint_committee", True),
    ("joint_branch", "joint_general_branch", False), ("joint_general_branch", "joint_committee", False),
    ("league", "joint_committee", True), ("joint_branch", "league", True),
])  # fmt: skip
def test_a_form_never_stands_beneath_a_lower_one(cast, outer, inner, fits):
    Alliance.objects.filter(pk=cast.alliance.pk).update(form=outer)
    inside = nested(cast, "里面的", inner, None)
    move = {"parent": Alliance.objects.get(pk=cast.alliance.pk), "by": cast.chifeng, "at": NOW}
    if fits:
        assert verbs.edit(inside, **move).parent_id == cast.alliance.pk
        return
    with pytest.raises(ValidationError):
        verbs.edit(inside, **move)


def test_four_levels_at_most(cast):
    level = cast.alliance
    Alliance.objects.filter(pk=level.pk).update(form="league")
    for number in range(3):
        level = nested(cast, f"第{number}级", "league", level)
    fifth = nested(cast, "第五级", "league", None)
    with pytest.raises(ValidationError):
        verbs.edit(fifth, parent=level, by=cast.chifeng, at=NOW)


def test_a_nested_alliance_is_founded_from_the_page_of_its_parent(cast, browse):
    page = browse("dongshiqiao").get(reverse("alliances:nest", args=[cast.alliance.pk]), follow=True)
    assert page.context["form"]["parent"].initial or page.context["form"].initial["parent"] == str(cast.alliance.pk)
    form = {
        "name": "五金联合党支部", "form": "joint_branch", "formation": "convened", "purpose": "一家办不成",
        "supervising": cast.town_org.pk, "region": "150422404002", "parent": cast.alliance.pk,
    }  # fmt: skip
    made = browse("dongshiqiao").post(reverse("alliances:found", args=[cast.dongshiqiao_org.pk]), form)
    assert made.status_code == 302
    assert Alliance.objects.get(name="五金联合党支部").parent == cast.alliance
    assert "上下级联合体" in browse("dongshiqiao").get(cast.alliance.get_absolute_url()).content.decode()


def test_an_application_says_why_one_alone_cannot_do_it(cast):
    draft = verbs.found(
        name="无名", region=cast.dongshiqiao_org.region, form="league", formation="non_established",
        lead=cast.dongshiqiao_org, supervising=cast.town_org, purpose="  ", by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    with pytest.raises(Refused) as refused:
        verbs.submit(draft, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "needs_purpose"


def test_votes_belong_to_members_of_the_day(cast):
    newcomer = verbs.apply(cast.alliance, cast.lushan_org, by=cast.lushan, at=NOW)
    admit(newcomer, cast)
    with pytest.raises(PermissionDenied):
        verbs.vote_on(newcomer, cast.fulian_org, agrees=True, by=cast.lushan, at=NOW)
