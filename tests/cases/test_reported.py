"""The reported alliances stand in the demo as the reports tell them, and what is made up says so."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse

from alliances.models import Activity, Alliance, Membership, Session
from assessments.models import Proposal, Rating, Scheme
from config.demo.cases import read
from config.demo.loading import OtherDataThere, load
from listings import transitions as listings
from listings.models import Item, Listing
from members.models import Organization, PartyMember, Region, Step, User
from members.words import deed
from tests.demo.conftest import TODAY
from tests.demo.legal import STATEFUL, faults_of

CHIFENG, NANYANG = "1504", "4113"


def account(name):
    return User.objects.get(username=name)


def test_all_places_and_all_alliances_are_there(cases):
    assert Region.objects.count() == 7974
    reported = {case["code"] for case in read()}
    assert set(Alliance.objects.filter(code__in=reported).values_list("code", flat=True)) == reported
    assert Alliance.objects.running().count() == 33


@pytest.mark.parametrize("case", read(), ids=lambda case: case["code"])
def test_an_alliance_is_as_reported(cases, case):
    alliance = Alliance.objects.with_counts().get(code=case["code"])
    members = {m.organization.name for m in alliance.memberships.select_related("organization")}
    assert alliance.name == case["name"]
    assert alliance.region_id == case["region"]
    assert alliance.facts.count() == len(case.get("facts", ()))
    assert not alliance.facts.exclude(source=case["source"]).exists()
    assert len([name for name in case["members"] if name in members or name == "双胜镇"]) == len(case["members"])
    assert alliance.members_now == case["member_units"] or case["member_units"] is None
    assert {str(way) for way in alliance.crossings} >= set(case.get("ways", ()))
    assert ("lead" in alliance.synthetic_fields) == (case["lead"] is None)


def test_what_the_reports_do_not_say_is_marked(cases):
    assert not Organization.objects.filter(source="", synthetic=False).exists()
    assert not Membership.objects.filter(source="", synthetic=False).exclude(alliance__state="submitted").exists()
    assert not Alliance.objects.filter(source="", synthetic=False).exists()
    assert not Item.objects.filter(source="", synthetic=False).exists()
    assert not Listing.objects.filter(synthetic=False).exists()
    assert not PartyMember.objects.filter(synthetic=False).exists()


def test_every_history_is_legal(cases):
    assert [fault for model in STATEFUL for fault in faults_of(model)] == []


def test_nobody_is_in_an_alliance_of_the_other_city(cases):
    current = Membership.objects.filter(state="accepted")
    strangers = current.filter(
        alliance__region__code__startswith=CHIFENG, organization__region__code__startswith=NANYANG
    )
    strangers |= current.filter(
        alliance__region__code__startswith=NANYANG, organization__region__code__startswith=CHIFENG
    )
    assert not strangers.exists()


def test_the_lead_stands_under_its_committee(cases):
    for alliance in Alliance.objects.select_related("lead", "supervising"):
        assert alliance.lead.region_id.startswith(alliance.supervising.region_id)
        assert alliance.region_id.startswith(alliance.supervising.region_id)
        assert alliance.lead_id != alliance.supervising_id


def test_the_womens_federation_can_claim_what_the_community_asks_and_one_problem_hangs_on_it(cases):
    fulian, lead = account("fulian"), account("dongshiqiao")
    (item,) = Item.objects.claimable_by(fulian).filter(
        asked_by__place="150422404002", kind="supply_demand", state="open", answers__isnull=False
    )
    (problem,) = item.answers.all()
    assert problem.state == "linked"
    assert problem.asked_by_id == item.asked_by_id
    at = listings_moment()
    claim = listings.claim(item, Organization.objects.get(pk=next(iter(fulian.rights.organizations))), by=fulian, at=at)
    assert claim.role == "lead"
    listings.report(claim, "车辆已联系", by=fulian, at=at)
    listings.finish(claim, by=fulian, at=at)
    solved = Item.objects.problems().filter(confirmed_on__isnull=False)
    before = solved.count()
    item.refresh_from_db()
    listings.confirm(item, by=lead, at=at)
    assert solved.count() == before + 1


def listings_moment():
    from config.demo.chance import moment

    return moment(TODAY, 12)


def test_work_waits_for_everybody(cases):
    chifeng = account("chifeng")
    assert Alliance.objects.approvable_by(chifeng).exists()
    assert Proposal.objects.within(CHIFENG).filter(state="open").exists()
    assert Scheme.objects.filter(year=TODAY.year, state="open").exists()
    assert Rating.objects.filter(synthetic=True).exists()
    due = Item.objects.due_within(TODAY, TODAY + timedelta(days=7))
    for place in ("150422", CHIFENG, NANYANG):
        there = Item.objects.within(place)
        assert there.filter(state="open").exists()
        assert there.overdue(TODAY).exists()
    assert due.within("150422").exists()
    assert Activity.objects.filter(state="planned", planned_on__gt=TODAY).exists()
    assert Session.objects.confirmable_by(chifeng).exists()
    assert Item.objects.confirmable_by(account("dongshiqiao")).exists()
    assert Listing.objects.signable_by(account("fulian")).exists()


def test_the_accounts_open_with_the_one_password(cases, client):
    path = cases / "demo-password"
    assert path.stat().st_mode & 0o777 == 0o600
    for name in ("chifeng", "nanyang", "fulian", "auditor"):
        user = account(name)
        assert user.check_password(path.read_text().strip())
        assert not user.must_change_password
    assert not account("demo").is_active


def test_nanyang_sees_nothing_of_chifeng(cases, client):
    nanyang = account("nanyang")
    assert not Alliance.objects.visible_to(nanyang).filter(region__code__startswith=CHIFENG).exists()
    assert not Item.objects.visible_to(nanyang).filter(region__code__startswith=CHIFENG).exists()
    client.force_login(nanyang)
    home = Alliance.objects.get(code="CF-ZL-01")
    assert client.get(reverse("alliances:detail", args=[home.pk])).status_code == 404


def test_a_second_load_does_nothing_and_another_scale_is_refused(cases, tmp_path, capsys):
    before = Item.objects.count()
    assert not load("cases", seed=1, today=TODAY, folder=tmp_path, say=print)
    call_command("load_demo", scale="cases")
    assert "there already" in capsys.readouterr().out
    assert Item.objects.count() == before
    with pytest.raises(OtherDataThere, match="cases"):
        load("chifeng-2019", seed=1, today=TODAY, folder=tmp_path, say=print)


def test_whatever_was_done_is_told_in_words(cases):
    """One step of each verb on each kind of thing: none of them is told by the name of its verb."""
    told = {(step.thing_type.model, step.verb): deed(step) for step in steps_of_each_verb()}
    assert len(told) > 100
    assert not {key: word for key, word in told.items() if word.isascii()}


def steps_of_each_verb():
    """The first step of each verb on each kind of thing."""
    firsts = Step.objects.order_by("thing_type", "verb", "pk").distinct("thing_type", "verb")
    return firsts.select_related("thing_type")
