"""Agreements: signed by every party, for a time, renewed as new versions; some alliances begin with one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from alliances import transitions as verbs
from alliances.models import Agreement, Alliance
from members.models import Step
from members.states import Refused
from tests.cast import NOW, alliance, join

TEXT = "一、双方共用活动阵地。二、每季度联合开展一次主题党日。"
TERM = {"valid_from": date(2019, 6, 1), "valid_to": date(2020, 5, 31)}


def drafted(cast, of=None, **words):
    given = {"title": "共驻共建协议", "text": TEXT, "by": cast.dongshiqiao, "at": NOW} | TERM | words
    return verbs.draft_agreement(of or cast.alliance, **given)


@pytest.fixture
def signing(cast):
    return verbs.put_agreement(drafted(cast), by=cast.dongshiqiao, at=NOW)


@pytest.fixture
def signed(cast, signing):
    return verbs.sign_agreement(signing, cast.fulian_org, by=cast.fulian, at=NOW)


def test_it_is_signed_when_every_party_has_signed(cast, signing):
    assert signing.state == "signing"
    assert not verbs.tend_agreements(date(2019, 12, 1)), "silence signs no agreement"
    verbs.sign_agreement(signing, cast.fulian_org, by=cast.fulian, at=NOW)
    assert (signing.state, signing.agreed_on) == ("signed", NOW.date())
    assert {party.by.username for party in signing.parties.all()} == {"dongshiqiao", "fulian"}


def test_two_named_members_may_agree_without_the_others(cast):
    join(cast.alliance, cast.lushan_org)
    made = drafted(cast, parties=[cast.fulian_org, cast.lushan_org])
    verbs.put_agreement(made, by=cast.dongshiqiao, at=NOW)
    assert Agreement.objects.signable_by(cast.dongshiqiao).count() == 0
    with pytest.raises(Refused) as refused:
        verbs.sign_agreement(made, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    assert refused.value.code == "not_party"
    for who in ("fulian", "lushan"):
        verbs.sign_agreement(made, getattr(cast, f"{who}_org"), by=getattr(cast, who), at=NOW)
    assert made.state == "signed"


def test_no_stranger_is_made_a_party_and_nobody_agrees_alone(cast):
    with pytest.raises(ValidationError):
        drafted(cast, parties=[cast.fulian_org, cast.dongguan_org])
    with pytest.raises(ValidationError):
        drafted(cast, parties=[cast.fulian_org])
    with pytest.raises(ValidationError):
        drafted(cast, valid_to=date(2019, 5, 31))
    with pytest.raises(ValidationError):
        drafted(cast, valid_to=date(9999, 12, 31))
    with pytest.raises(ValidationError):
        drafted(cast, title="长" * 81)


def test_a_party_that_has_left_is_not_waited_for(cast):
    join(cast.alliance, cast.lushan_org)
    made = verbs.put_agreement(drafted(cast), by=cast.dongshiqiao, at=NOW)
    verbs.sign_agreement(made, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.leave(cast.alliance.memberships.get(organization=cast.lushan_org), by=cast.lushan, at=NOW, reason="搬迁")
    with pytest.raises(Refused):
        verbs.sign_agreement(made, cast.lushan_org, by=cast.lushan, at=NOW)
    assert verbs.tend_agreements(NOW.date()) == 1
    made.refresh_from_db()
    assert made.state == "signed"


def test_its_end_is_told_once_a_month_before(cast, signed):
    day = TERM["valid_to"] - timedelta(days=30)
    assert verbs.tend_agreements(day - timedelta(days=1)) == 0
    assert verbs.tend_agreements(day) == 1
    assert verbs.tend_agreements(day + timedelta(days=1)) == 0
    assert Step.objects.of(signed).filter(verb="remind").count() == 1
    assert list(Agreement.objects.expiring(day)) == [signed]
    assert not Agreement.objects.expiring(day - timedelta(days=1))


def test_it_holds_on_its_last_day_and_no_longer(cast, signed):
    verbs.tend_agreements(TERM["valid_to"])
    signed.refresh_from_db()
    assert signed.state == "signed"
    verbs.tend_agreements(TERM["valid_to"] + timedelta(days=40))
    signed.refresh_from_db()
    assert signed.state == "expired"
    assert Step.objects.of(signed).last().at.isoformat() == "2020-05-31T16:00:00+00:00"


def test_a_renewal_is_a_new_version_that_takes_the_place_of_the_old_when_it_is_signed(cast, signed):
    after = {"valid_from": date(2020, 6, 1), "valid_to": date(2021, 5, 31)}
    second = verbs.renew(signed, by=cast.dongshiqiao, at=NOW, **after)
    assert (second.version, second.text, second.previous) == (2, TEXT, signed)
    with pytest.raises(Refused):
        verbs.renew(signed, by=cast.dongshiqiao, at=NOW, **after)
    verbs.put_agreement(second, by=cast.dongshiqiao, at=NOW)
    signed.refresh_from_db()
    assert signed.state == "signed"
    verbs.sign_agreement(second, cast.fulian_org, by=cast.fulian, at=NOW)
    signed.refresh_from_db()
    assert (signed.state, second.state) == ("superseded", "signed")


def test_a_renewal_taken_back_leaves_the_way_open(cast, signed):
    after = {"valid_from": date(2020, 6, 1), "valid_to": date(2021, 5, 31)}
    second = verbs.renew(signed, by=cast.dongshiqiao, at=NOW, **after)
    verbs.withdraw_agreement(second, reason="再商量", by=cast.dongshiqiao, at=NOW)
    assert verbs.renew(signed, by=cast.dongshiqiao, at=NOW, **after).version == 2


MOVES = {
    "draft": {"amend": "draft", "put": "signing", "withdraw": "withdrawn"},
    "signing": {"sign": "signed", "withdraw": "withdrawn"},
    "signed": {"renew": "signed"},
    "superseded": {},
    "expired": {"renew": "expired"},
    "withdrawn": {},
}
WORDS = {
    "amend": lambda cast: {"title": "协议", "text": TEXT} | TERM,
    "put": lambda cast: {},
    "sign": lambda cast: {"organization": cast.fulian_org},
    "withdraw": lambda cast: {"reason": "再商量"},
    "renew": lambda cast: TERM,
}
VERBS = {
    "amend": verbs.amend_agreement, "put": verbs.put_agreement, "sign": verbs.sign_agreement,
    "withdraw": verbs.withdraw_agreement, "renew": verbs.renew,
}  # fmt: skip


@pytest.mark.parametrize("state", MOVES)
@pytest.mark.parametrize("verb", VERBS)
def test_an_agreement_moves_as_its_table_says(cast, signing, state, verb):
    Agreement.objects.filter(pk=signing.pk).update(state=state, agreed_on=NOW.date())
    signing.refresh_from_db()
    if verb in MOVES[state]:
        VERBS[verb](signing, by=cast.dongshiqiao, at=NOW, **WORDS[verb](cast))
    else:
        with pytest.raises(Refused):
            VERBS[verb](signing, by=cast.dongshiqiao, at=NOW, **WORDS[verb](cast))
    signing.refresh_from_db()
    assert signing.state == MOVES[state].get(verb, state)


def test_an_alliance_by_agreement_begins_with_its_agreement(cast):
    made = alliance("协议联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org], formation="agreement")
    Alliance.objects.filter(pk=made.pk).update(state="draft", activated_on=None)
    made.refresh_from_db()
    for step in ("nothing", "draft", "put"):
        if step == "draft":
            agreement = drafted(cast, of=made)
        if step == "put":
            verbs.put_agreement(agreement, by=cast.dongshiqiao, at=NOW)
        with pytest.raises(Refused) as refused:
            verbs.activate(made, by=cast.dongshiqiao, at=NOW)
        assert refused.value.code == "needs_agreement"
    verbs.sign_agreement(agreement, cast.fulian_org, by=cast.fulian, at=NOW)
    assert verbs.activate(made, by=cast.dongshiqiao, at=NOW).state == "active"


def test_agreements_are_not_for_those_who_are_only_invited(cast, signing):
    verbs.invite(cast.alliance, cast.lushan_org, by=cast.dongshiqiao, at=NOW)
    seen = {name for name in ("dongshiqiao", "fulian", "chifeng", "lindong", "nanyang", "lushan", "auditor")
            if Agreement.objects.visible_to(getattr(cast, name)).exists()}  # fmt: skip
    assert seen == {"dongshiqiao", "fulian", "chifeng", "lindong"}
