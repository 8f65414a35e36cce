"""Each adjective of alliances, for each of the cast: who may do what, and 南阳 never."""

import pytest

from alliances import transitions as verbs
from alliances.models import Activity, Alliance, Membership
from tests.cast import NOW, again

ALL = [
    "chifeng",
    "balinzuo",
    "lindong",
    "dongshiqiao",
    "fulian",
    "lushan",
    "nanyang",
    "dongguan",
    "sysadmin",
    "secadmin",
    "auditor",
]
ABOVE = {"chifeng", "balinzuo", "lindong"}
DEPARTMENTS = {"chifeng", "balinzuo"}
LEAD = {"dongshiqiao"}
MEMBER = {"fulian"}
ADJECTIVES = {  # in the state in which it means something
    "visible_to": ("active", ABOVE | LEAD | MEMBER),
    "steered_by": ("active", ABOVE | LEAD),
    "editable_by": ("active", ABOVE | LEAD),
    "submittable_by": ("draft", ABOVE | LEAD),
    "withdrawable_by": ("draft", ABOVE | LEAD),
    "supervised_by": ("submitted", ABOVE),
    "approvable_by": ("submitted", ABOVE),
    "rectifiable_by": ("active", DEPARTMENTS),
    "rewardable_by": ("active", DEPARTMENTS),
    "reinstatable_by": ("rectifying", DEPARTMENTS),
    "dissolvable_by": ("active", ABOVE | LEAD),
    "plannable_by": ("active", {"lindong"} | LEAD | MEMBER),
    "joined_by": ("active", LEAD | MEMBER),
    "led_by": ("active", LEAD),
}


@pytest.mark.parametrize("adjective", ADJECTIVES)
def test_an_adjective_holds_the_alliance_for_those_and_nobody_else(cast, adjective):
    state, expected = ADJECTIVES[adjective]
    Alliance.objects.filter(pk=cast.alliance.pk).update(state=state)
    found = {
        who for who in ALL
        if getattr(Alliance.objects, adjective)(again(getattr(cast, who))).filter(pk=cast.alliance.pk).exists()
    }  # fmt: skip
    assert found == expected


def test_what_one_may_do_is_among_what_one_may_see(cast):
    for who in ALL:
        user = again(getattr(cast, who))
        seen = set(Alliance.objects.visible_to(user).values_list("pk", flat=True))
        for adjective in ADJECTIVES:
            assert set(getattr(Alliance.objects, adjective)(user).values_list("pk", flat=True)) <= seen, (
                who,
                adjective,
            )


def test_an_agreement_starts_by_whom_it_concerns(cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="draft", formation="agreement")
    found = {who for who in ALL if Alliance.objects.activatable_by(again(getattr(cast, who))).exists()}
    assert found == ABOVE | LEAD


def test_an_ended_alliance_is_edited_by_nobody(cast):
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="dissolved", ended_on=NOW.date())
    assert not any(
        getattr(Alliance.objects, able)(again(getattr(cast, who))).filter(pk=cast.alliance.pk).exists()
        for who in ALL for able in ("editable_by", "dissolvable_by", "plannable_by", "rectifiable_by")
    )  # fmt: skip


def test_memberships_are_seen_with_their_alliance_and_answered_by_their_organisation(cast):
    invitation = verbs.invite(cast.alliance, cast.lushan_org, by=cast.balinzuo, at=NOW)
    seen = {w for w in ALL if Membership.objects.visible_to(again(getattr(cast, w))).filter(pk=invitation.pk).exists()}
    able = {w for w in ALL if Membership.objects.acceptable_by(again(getattr(cast, w))).exists()}
    leave = {w for w in ALL if Membership.objects.leavable_by(again(getattr(cast, w))).exists()}
    assert seen == DEPARTMENTS | {"lushan"}  # the street and the lead cannot see 鹿山 until it has accepted
    assert able == {"lushan"}
    assert leave == MEMBER


def test_activities_are_seen_with_their_alliance_and_conducted_by_its_own(cast):
    verbs.plan(
        cast.alliance, kind="other", title="座谈", host=cast.fulian_org, planned_on=NOW.date(), by=cast.fulian, at=NOW
    )
    seen = {w for w in ALL if Activity.objects.visible_to(again(getattr(cast, w))).exists()}
    able = {w for w in ALL if Activity.objects.holdable_by(again(getattr(cast, w))).exists()}
    assert seen == ABOVE | LEAD | MEMBER
    assert able == {"lindong"} | LEAD | MEMBER


def test_rights_follow_the_organisation_on_the_next_request(cast):
    membership = Membership.objects.get(alliance=cast.alliance, organization=cast.fulian_org)
    verbs.leave(membership, by=cast.fulian, at=NOW, reason="忙")
    assert not Alliance.objects.visible_to(again(cast.fulian)).exists()
    cast.dongshiqiao_org.region_id = "4113"
    assert not Alliance.objects.visible_to(again(cast.nanyang)).filter(pk=cast.alliance.pk).exists()
