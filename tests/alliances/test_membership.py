"""Joining is voluntary: an organisation is invited by others and enrolled by nobody but itself."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Alliance, Membership
from members.lifecycle import note
from members.models import Step
from members.states import Refused
from tests.cast import NOW, admit, again, organization


@pytest.fixture
def invitation(cast):
    return verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)


@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "nanyang", "sysadmin"])
def test_nobody_else_accepts_for_an_organisation(cast, invitation, who):
    with pytest.raises(PermissionDenied):
        verbs.accept(invitation, by=getattr(cast, who), at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.accept(invitation, by=None, at=NOW)
    assert Membership.objects.get(pk=invitation.pk).state == "invited"


@pytest.mark.parametrize(("state", "verb", "after"), [
    ("invited", "accept", "asking"), ("invited", "decline", "declined"), ("invited", "leave", None),
    ("invited", "revoke", None), ("asking", "revoke", "declined"), ("asking", "accept", None),
    ("asking", "decline", None), ("asking", "leave", None), ("accepted", "revoke", None),
    ("not_admitted", "accept", None), ("not_admitted", "decline", None), ("not_admitted", "leave", None),
    ("not_admitted", "revoke", None), ("declined", "revoke", None), ("left", "revoke", None),
    ("accepted", "accept", None), ("accepted", "decline", None), ("accepted", "leave", "left"),
    ("declined", "accept", None), ("declined", "decline", None), ("declined", "leave", None),
    ("left", "accept", None), ("left", "decline", None), ("left", "leave", None),
])  # fmt: skip
def test_a_membership_moves_as_its_table_says(cast, invitation, state, verb, after):
    day = NOW.date() if state in {"accepted", "left"} else None
    Membership.objects.filter(pk=invitation.pk).update(
        state=state, joined_on=day, applied_on=NOW.date(), vote_until=NOW.date()
    )
    invitation.refresh_from_db()
    words = {"reason": "精力不够"} if verb == "leave" else {}
    if after:
        getattr(verbs, verb)(invitation, by=cast.lushan, at=NOW, **words)
    else:
        with pytest.raises(Refused):
            getattr(verbs, verb)(invitation, by=cast.lushan, at=NOW, **words)
    assert Membership.objects.get(pk=invitation.pk).state == (after or state)


def test_who_declined_or_left_may_be_invited_again(cast, invitation):
    verbs.decline(invitation, by=cast.lushan, at=NOW)
    second = verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    verbs.accept(second, by=cast.lushan, at=NOW)
    admit(second, cast)
    with pytest.raises(Refused) as refused:
        verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "already_member"


def test_an_open_invitation_is_not_sent_twice(cast, invitation):
    with pytest.raises(Refused) as refused:
        verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "already_invited"


def test_nobody_joins_what_has_ended(cast, invitation):
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="dissolved", ended_on=NOW.date())
    with pytest.raises(Refused):
        verbs.accept(Membership.objects.get(pk=invitation.pk), by=cast.lushan, at=NOW)
    with pytest.raises(Refused):
        verbs.invite_by_code(cast.alliance, cast.fulian_org.code, by=cast.dongshiqiao, at=NOW)


def test_a_known_code_and_an_unknown_one_answer_alike(cast, browse):
    url = reverse("alliances:invite", args=[cast.alliance.pk])
    lead = browse("dongshiqiao")
    answers = []
    for code in (cast.dongguan_org.code, "ORG-NONE", cast.dongguan_org.code):  # of another city, unknown, once more
        page = lead.post(url, {"code": code}, follow=True)
        words = page.content.decode().replace(code, "").split("toast")
        answers.append((page.status_code, page.redirect_chain, [str(m) for m in page.context["messages"]], len(words)))
    assert answers[0] == answers[1] == answers[2]
    assert "如代码有误则不会送达" in answers[0][2][0]


def test_the_name_shows_only_after_acceptance(cast, browse):
    verbs.invite_by_code(cast.alliance, cast.dongguan_org.code, by=cast.dongshiqiao, at=NOW)
    members = reverse("alliances:members", args=[cast.alliance.pk])
    timeline = reverse("alliances:timeline", args=[cast.alliance.pk])
    for who in ("dongshiqiao", "fulian", "chifeng"):
        for url in (members, timeline, reverse("alliances:detail", args=[cast.alliance.pk])):
            assert cast.dongguan_org.name not in browse(who).get(url).content.decode()
    verbs.accept(Membership.objects.get(organization=cast.dongguan_org, state="invited"), by=cast.dongguan, at=NOW)
    assert cast.dongguan_org.name in browse("dongshiqiao").get(members).content.decode()


def test_the_invited_sees_what_invites_it_and_what_it_declined_no_longer(cast, invitation):
    assert Alliance.objects.visible_to(again(cast.lushan)).filter(pk=cast.alliance.pk).exists()
    verbs.decline(invitation, by=cast.lushan, at=NOW)
    assert not Alliance.objects.visible_to(again(cast.lushan)).filter(pk=cast.alliance.pk).exists()


def test_staff_above_a_member_read_the_alliance_but_do_not_steer_it(cast):
    verbs.invite_by_code(cast.alliance, cast.dongguan_org.code, by=cast.dongshiqiao, at=NOW)
    newcomer = Membership.objects.get(organization=cast.dongguan_org, state="invited")
    verbs.accept(newcomer, by=cast.dongguan, at=NOW)
    assert not Alliance.objects.visible_to(again(cast.nanyang)).filter(pk=cast.alliance.pk).exists()
    admit(newcomer, cast)
    seen = Alliance.objects.filter(pk=cast.alliance.pk)
    assert seen.visible_to(again(cast.nanyang)).exists()
    for able in ("editable_by", "rectifiable_by", "dissolvable_by", "rewardable_by", "approvable_by", "plannable_by"):
        assert not getattr(seen, able)(again(cast.nanyang)).exists(), able


def test_crossings_are_computed_from_the_current_members(cast):
    def crossed():
        return Alliance.objects.with_counts().get(pk=cast.alliance.pk).crossing_keys

    assert crossed() == ["sector", "industry", "level"]
    firm = organization("四海物业党支部", "150402", sector="private_enterprise", ownership="private")
    join = Membership.objects.create(
        alliance=cast.alliance, organization=firm, state="accepted", joined_on=NOW.date(), invited_on=NOW.date()
    )
    assert crossed() == ["sector", "industry", "level", "region", "ownership"]
    Membership.objects.filter(pk=join.pk).update(state="left", left_on=NOW.date())
    assert crossed() == ["sector", "industry", "level"]


def test_two_towns_of_one_banner_do_not_cross_regions(cast):
    Membership.objects.create(
        alliance=cast.alliance, organization=cast.lushan_org, state="accepted", joined_on=NOW.date()
    )
    assert "region" not in Alliance.objects.with_counts().get(pk=cast.alliance.pk).crossing_keys


def test_an_acceptance_leaves_a_step_of_the_organisation(cast, invitation):
    verbs.accept(invitation, by=cast.lushan, at=NOW)
    step = Step.objects.of(invitation).last()
    assert (step.verb, step.to_state, step.organization, step.by) == (
        "apply", "asking", cast.lushan_org, cast.lushan)  # fmt: skip


def test_the_timeline_names_the_code_of_an_invitation_and_the_numbers_of_a_vote(cast, browse):
    verbs.invite_by_code(cast.alliance, "ORG-999999", by=cast.dongshiqiao, at=NOW)
    numbers = {"agreed": 2, "refused": 1, "electors": 3}
    note(cast.alliance, "not_admit", at=NOW, by=cast.dongshiqiao, detail=numbers)
    told = browse("dongshiqiao").get(reverse("alliances:timeline", args=[cast.alliance.pk])).content.decode()
    assert "（组织代码 ORG-999999）" in told
    assert "2 票同意，1 票不同意，共 3 个成员" in told
