"""共建准入, on the published story of 铁南社区大党委: the members decide who comes in; nobody is enrolled by others."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command

from alliances import tasks
from alliances import transitions as verbs
from alliances.models import AdmissionVote, Alliance, Membership, RuleSet
from members.models import Organization, Region, Step
from members.states import Refused
from tests.cast import NOW, again, alliance, at, community, join, organization, user


class Tienan:
    """铁南社区大党委 with its lead, two branches that have heads, and a bank at the door."""

    def __init__(self, cast):
        Region.objects.bulk_create(
            [Region(code="150402007", name="铁南街道"), Region(code="150402007001", name="铁南社区")]
        )
        district = organization("中共红山区委员会", "150402", kind="committee", level="county")
        self.lead_org = community("铁南社区党组织", "150402007001", district, kind="committee")
        self.school_org = organization("铁南小学党支部", "150402007001", sector="school")
        self.clinic_org = organization("铁南卫生服务中心党支部", "150402007001", sector="institution")
        self.bank_org = organization("红山区农商银行党支部", "150402", sector="state_enterprise")
        self.members = [self.school_org, self.clinic_org]
        self.alliance = alliance("铁南社区大党委", self.lead_org, district, self.members)
        for name in ("lead", "school", "clinic", "bank"):
            setattr(self, name, user(f"tienan-{name}", "branch", organization=getattr(self, f"{name}_org")))

    def vote(self, newcomer, *agreeing, refusing=(), when=NOW):
        for name in (*agreeing, *refusing):
            verbs.vote_on(
                newcomer, getattr(self, f"{name}_org"), agrees=name in agreeing, by=getattr(self, name), at=when
            )

    def more_members(self, count):
        for number in range(count):
            join(self.alliance, organization(f"铁南第{number}党支部", "150402007001"))


@pytest.fixture
def tienan(cast):
    return Tienan(cast)


@pytest.fixture
def newcomer(tienan):
    return verbs.apply(tienan.alliance, tienan.bank_org, by=tienan.bank, at=NOW, statement="可以上门办社保卡")


def state_of(membership):
    return Membership.objects.get(pk=membership.pk).state


def test_the_bank_asks_the_members_agree_and_only_then_it_is_one_of_them(tienan, newcomer):
    assert (newcomer.state, newcomer.vote_until) == ("asking", NOW.date() + timedelta(days=7))
    assert not tienan.alliance.memberships.current().filter(organization=tienan.bank_org).exists()
    tienan.vote(newcomer, "school")
    tienan.vote(newcomer, "lead", refusing=["clinic"])  # everybody has spoken: decided at once
    newcomer.refresh_from_db()
    assert (newcomer.state, newcomer.joined_on) == ("accepted", NOW.date())
    step = Step.objects.of(newcomer).last()
    assert (step.verb, step.by, step.detail) == ("admit", None, {"agreed": 2, "refused": 1, "electors": 3})
    assert Organization.objects.get(pk=tienan.bank_org.pk).parent_id == tienan.bank_org.parent_id


def test_who_was_invited_and_accepts_waits_for_the_vote_as_well(tienan):
    invitation = verbs.invite(tienan.alliance, tienan.bank_org, by=tienan.lead, at=NOW)
    verbs.accept(invitation, by=tienan.bank, at=NOW)
    assert state_of(invitation) == "asking"
    tienan.vote(invitation, "lead", "school", "clinic")
    assert state_of(invitation) == "accepted"


def test_of_a_draft_nobody_votes(tienan):
    Alliance.objects.filter(pk=tienan.alliance.pk).update(state="submitted")
    invitation = verbs.invite(Alliance.objects.get(pk=tienan.alliance.pk), tienan.bank_org, by=tienan.lead, at=NOW)
    verbs.accept(invitation, by=tienan.bank, at=NOW)
    assert state_of(invitation) == "accepted"
    with pytest.raises(Refused):
        verbs.apply(Alliance.objects.get(pk=tienan.alliance.pk), tienan.school_org, by=tienan.school, at=NOW)


def test_where_the_region_asks_for_no_vote_acceptance_suffices_and_the_lead_decides_on_who_asks(tienan):
    RuleSet.objects.create(region_id="150402", admission_vote=False)
    invitation = verbs.invite(tienan.alliance, tienan.bank_org, by=tienan.lead, at=NOW)
    verbs.accept(invitation, by=tienan.bank, at=NOW)
    assert state_of(invitation) == "accepted"
    shop = organization("铁南商会党支部", "150402")
    asking = verbs.apply(tienan.alliance, shop, by=user("shop", "branch", organization=shop), at=NOW)
    with pytest.raises(Refused) as refused:
        tienan.vote(asking, "school")
    assert refused.value.code == "no_voice"
    assert not Membership.objects.votable_by(tienan.school).exists()
    tienan.vote(asking, "lead")
    assert state_of(asking) == "accepted"


@pytest.mark.parametrize(("agreeing", "refusing", "after"), [
    ((), (), "not_admitted"),  # nobody spoke
    (("school",), (), "accepted"),
    ((), ("school",), "not_admitted"),
    (("school",), ("lead",), "not_admitted"),  # even: the lead's voice decides
    (("lead",), ("school",), "accepted"),
    (("school",), ("clinic",), "not_admitted"),  # even, and the lead said nothing
])  # fmt: skip
def test_at_the_end_of_the_term_more_than_half_of_the_voices_decide(tienan, newcomer, agreeing, refusing, after):
    tienan.vote(newcomer, *agreeing, refusing=refusing)
    assert verbs.close_admissions(at(newcomer.vote_until)) == 0  # its last day still counts
    assert verbs.close_admissions(at(newcomer.vote_until + timedelta(days=1), 0)) == 1
    assert verbs.close_admissions(at(newcomer.vote_until + timedelta(days=1), 0)) == 0
    assert state_of(newcomer) == after


@pytest.mark.parametrize(("voices", "after"), [(1, "not_admitted"), (2, "accepted"), (3, "accepted")])
def test_where_the_rules_want_half_of_all_members_silence_is_no_consent(tienan, newcomer, voices, after):
    RuleSet.objects.create(region_id="1504", admission_majority="members")
    tienan.more_members(1)  # four in all: two are half, and the lead is one of them
    tienan.vote(newcomer, *("lead", "school", "clinic")[:voices])
    verbs.close_admissions(at(newcomer.vote_until + timedelta(days=1)))
    assert state_of(newcomer) == after


def test_a_member_has_one_voice_and_may_change_it_until_the_end(tienan, newcomer):
    tienan.vote(newcomer, "school")
    tienan.vote(newcomer, refusing=["school"])
    assert [voice.agrees for voice in AdmissionVote.objects.filter(membership=newcomer)] == [False]
    with pytest.raises(Refused) as refused:
        tienan.vote(newcomer, "school", when=at(newcomer.vote_until + timedelta(days=1)))
    assert refused.value.code == "voting_over"


def test_the_term_is_the_regions(tienan):
    RuleSet.objects.create(region_id="150402", admission_days=15)
    asking = verbs.apply(tienan.alliance, tienan.bank_org, by=tienan.bank, at=NOW)
    assert asking.vote_until == NOW.date() + timedelta(days=15)


@pytest.mark.parametrize("who", ["chifeng", "balinzuo", "lindong", "nanyang", "fulian", "sysadmin"])
def test_nobody_else_asks_or_speaks_for_an_organisation(cast, tienan, newcomer, who):
    stranger = getattr(cast, who)
    with pytest.raises(PermissionDenied):
        verbs.apply(tienan.alliance, organization("铁南商会党支部", "150402"), by=stranger, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.vote_on(newcomer, tienan.school_org, agrees=True, by=stranger, at=NOW)
    with pytest.raises(PermissionDenied):
        verbs.revoke(newcomer, by=stranger, at=NOW)
    assert not Membership.objects.votable_by(stranger).exists()


def test_the_newcomer_has_no_voice_on_itself(tienan, newcomer):
    with pytest.raises(Refused) as refused:
        verbs.vote_on(newcomer, tienan.bank_org, agrees=True, by=tienan.bank, at=NOW)
    assert refused.value.code == "no_voice"


@pytest.mark.parametrize(("state", "code"), [
    ("invited", "already_invited"), ("asking", "already_applied"), ("accepted", "already_member"),
    ("declined", None), ("left", None), ("not_admitted", None),
])  # fmt: skip
def test_one_asks_once_and_may_ask_again_later(tienan, newcomer, state, code):
    day = NOW.date() if state in {"accepted", "left"} else None
    Membership.objects.filter(pk=newcomer.pk).update(state=state, joined_on=day, left_on=day)
    if code is None:
        assert verbs.apply(tienan.alliance, tienan.bank_org, by=tienan.bank, at=NOW).pk != newcomer.pk
        return
    with pytest.raises(Refused) as refused:
        verbs.apply(tienan.alliance, tienan.bank_org, by=tienan.bank, at=NOW)
    assert refused.value.code == code


@pytest.mark.parametrize("state", ["accepted", "declined", "not_admitted", "left", "invited"])
@pytest.mark.parametrize("verb", ["vote", "revoke"])
def test_only_on_who_waits_one_votes_and_only_who_waits_takes_back(tienan, newcomer, state, verb):
    Membership.objects.filter(pk=newcomer.pk).update(state=state, joined_on=NOW.date())
    newcomer.refresh_from_db()
    with pytest.raises(Refused) as refused:
        if verb == "vote":
            tienan.vote(newcomer, "lead")
        else:
            verbs.revoke(newcomer, by=tienan.bank, at=NOW)
    assert refused.value.code == "not_applied"


def test_the_applicant_takes_back_what_is_not_decided(tienan, newcomer):
    verbs.revoke(newcomer, by=tienan.bank, at=NOW, reason="人手不够")
    assert state_of(newcomer) == "declined"
    with pytest.raises(Refused):
        verbs.accept(newcomer, by=tienan.bank, at=NOW)


def test_the_voice_of_a_leaver_ends_and_what_waited_only_for_it_is_decided(tienan, newcomer):
    tienan.vote(newcomer, "lead")
    tienan.vote(newcomer, refusing=["school"])
    leaver = Membership.objects.get(alliance=tienan.alliance, organization=tienan.school_org)
    verbs.leave(leaver, by=tienan.school, at=NOW, reason="调整")
    assert AdmissionVote.objects.filter(membership=newcomer).count() == 1
    assert state_of(newcomer) == "asking"
    leaver = Membership.objects.get(alliance=tienan.alliance, organization=tienan.clinic_org)
    verbs.leave(leaver, by=tienan.clinic, at=NOW, reason="调整")
    assert state_of(newcomer) == "accepted"  # only the lead is left, and it has agreed


def test_with_the_alliance_the_application_ends(tienan, newcomer):
    verbs.dissolve(tienan.alliance, by=None, at=NOW, reason="有名无实")
    assert state_of(newcomer) == "declined"
    with pytest.raises(Refused):
        tienan.vote(newcomer, "lead")
    assert verbs.close_admissions(at(newcomer.vote_until + timedelta(days=30))) == 0


def test_the_calendar_and_its_twin_close_what_is_due(tienan, newcomer, capsys):
    tienan.vote(newcomer, "school")
    assert tasks.close_admissions() == 1  # today is long after
    assert state_of(newcomer) == "accepted"
    call_command("close_admissions", as_of=NOW.date())
    assert "0 votes closed" in capsys.readouterr().out


def test_who_asks_is_known_to_the_members_and_sees_its_application_but_not_the_alliance(cast, tienan, newcomer):
    seen = Membership.objects.filter(pk=newcomer.pk)
    for who in (tienan.lead, tienan.school, tienan.bank, cast.chifeng):
        assert seen.visible_to(again(who)).exists()
    for who in (cast.nanyang, cast.fulian, cast.balinzuo, cast.dongguan):
        assert not seen.visible_to(again(who)).exists()
    assert not Alliance.objects.visible_to(again(tienan.bank)).filter(pk=tienan.alliance.pk).exists()


def test_one_may_ask_where_one_stands_and_not_in_another_county(cast, tienan):
    def joinable(who):
        return {a.name for a in Alliance.objects.joinable_by(again(who))}

    assert joinable(tienan.bank) == {"铁南社区大党委"}
    assert joinable(tienan.school) == set()  # a member already
    assert joinable(cast.lushan) == {"五金小区基层治理共同体"}
    assert joinable(cast.chifeng) == joinable(cast.sysadmin) == set()  # staff speak for no organisation
    verbs.apply(tienan.alliance, tienan.bank_org, by=tienan.bank, at=NOW)
    assert joinable(tienan.bank) == set()
    Alliance.objects.filter(pk=cast.alliance.pk).update(state="submitted")
    assert joinable(cast.lushan) == set()
