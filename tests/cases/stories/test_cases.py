"""The published cases as stories: what a report tells of an alliance, the house shows and computes."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from alliances import transitions as verbs
from alliances.models import Alliance, Membership, Participant, Post, Venue
from alliances.transitions.venue import book
from listings.case_tables import by_period
from members.models import Organization, User
from members.models.region import ancestors
from members.scope import Rights
from tests.demo.conftest import TODAY


def case(code):
    return Alliance.objects.get(code=code)


def members(alliance):
    return Organization.objects.filter(memberships__alliance=alliance, memberships__state="accepted")


def account(name):
    return User.objects.get(username=name)


def speaking(*organizations):
    """A person who speaks for just these organisations."""
    voice = User.objects.create(username=f"voice-{organizations[0].pk}", name="书记")
    voice.rights = Rights(organizations=frozenset(org.pk for org in organizations))
    return voice


def page(client, alliance, tab, name="chifeng"):
    client.force_login(account(name))
    answer = client.get(f"/alliances/{alliance.pk}/{tab}/")
    assert answer.status_code == 200
    return answer.content.decode()


class TestFuyuan:
    """富园惠民联合党委: 33 organisations of two provinces under one committee, and six general branches within it."""

    def test_thirty_three_members_from_two_provinces(self, cases):
        codes = members(case("CF-FP-01")).values_list("region_id", flat=True)
        assert len(codes) == 33
        assert {code[:2] for code in codes} == {"11", "15"}

    def test_it_crosses_regions_because_its_members_do(self, cases):
        assert "region" in Alliance.objects.with_counts().get(code="CF-FP-01").crossing_keys

    def test_six_general_branches_are_nested_and_their_members_count_once(self, cases):
        committee = case("CF-FP-01")
        within = committee.nested.running().filter(form="joint_general_branch")
        assert within.count() == 6
        family = [committee.pk, *within.values_list("pk", flat=True)]
        joined = Membership.objects.current().filter(alliance__in=family)
        assert joined.count() > joined.values("organization").distinct().count()

    def test_a_village_secretary_of_beijing_holds_a_post_on_its_committee(self, cases, client):
        post = Post.objects.get(alliance=case("CF-FP-01"), person="戴鹏飞")
        assert (post.state, post.organization.region_id[:2], post.own_post) == ("standing", "11", "党总支书记")
        assert "戴鹏飞" in page(client, post.alliance, "leadership")

    def test_nobodys_affiliation_has_changed(self, cases):
        for org in members(case("CF-FP-01")).select_related("parent"):
            assert org.parent is None or org.region_id.startswith((org.parent.region_id, *ancestors(org.region_id)))


class TestTienan:
    """铁南社区大党委: 27 units that admit newcomers themselves and take turns to preside."""

    def test_twenty_seven_units_take_turns_one_host_on_any_day(self, cases):
        alliance = case("CF-SQ-02")
        turns = list(alliance.turns.exclude(state="cancelled").order_by("since"))
        assert members(alliance).count() == 27
        assert {turn.organization_id for turn in turns} == set(members(alliance).values_list("pk", flat=True))
        assert all(one.until == other.since for one, other in pairwise(turns))
        assert alliance.turns.filter(state="present").count() == 1

    def test_a_newcomer_asks_the_members_decide_and_then_it_has_joined(self, cases):
        alliance, now = case("CF-SQ-02"), timezone.now()
        branch = Organization.objects.create(
            code="NEW-1", name="铁南物流园党支部", region_id="150402", kind="branch", sector="private_enterprise",
            industry="other", level="primary", ownership="private",
        )  # fmt: skip
        asked = verbs.apply(alliance, branch, by=speaking(branch), at=now)
        assert asked.state == "asking"
        assert branch not in members(alliance)
        for member in members(alliance)[:3]:
            verbs.vote_on(asked, member, agrees=True, by=speaking(member), at=now)
        assert verbs.close_admissions(now + timedelta(days=40)) >= 1
        asked.refresh_from_db()
        assert asked.state == "accepted"


class TestFangshen:
    """房身村蔬菜产业: the 4421 of a million, to the fen."""

    def test_a_million_by_4421(self, cases):
        lines = {line.party: line for line in case("CF-CY-02").distributions.get(amount=1_000_000).lines.all()}
        households, operators, collective = lines.values()
        assert [line.share for line in (households, operators, collective)] == [400_000, 400_000, 200_000]
        assert (operators.reserve, collective.reserve) == (Decimal("40000.00"), Decimal("20000.00"))
        assert [line.in_hand for line in (households, operators, collective)] == [400_000, 360_000, 180_000]

    def test_the_reserve_holds_sixty_thousand_and_the_page_shows_it(self, cases, client):
        alliance = case("CF-CY-02")
        assert sum(entry.amount for entry in alliance.reserve.all()) == Decimal("60000.00")
        assert "60,000.00" in page(client, alliance, "means/reserve")


class TestBayanwenduer:
    """巴彦温都尔游牧服务: four stations on the route and a centre for four months."""

    def test_four_stations_and_a_centre_of_four_months(self, cases, client):
        alliance = case("CF-YM-01")
        assert alliance.venues.filter(kind="station").count() == 4
        centre = alliance.venues.get(kind="centre")
        assert sum(centre.in_season(TODAY.replace(day=1, month=month)) for month in range(1, 13)) == 4
        assert page(client, alliance, "means").count("驿站") >= 4

    def test_nobody_books_it_out_of_season(self, cases):
        centre = Venue.objects.get(alliance=case("CF-YM-01"), kind="centre")
        winter = timezone.make_aware(datetime(TODAY.year + 1, 1, 15, 9))
        guest = members(centre.alliance).exclude(pk=centre.organization_id).first()
        with pytest.raises(ValidationError, match="只在每年"):
            book(
                centre, organization=guest, starts_at=winter, ends_at=winter + timedelta(hours=2), purpose="培训",
                by=speaking(guest), at=timezone.now(),
            )  # fmt: skip


class TestWujin:
    """五金小区: the property company's head is a part-time member and a grid worker."""

    def test_one_person_holds_both_posts_and_stays_where_they_belong(self, cases, client):
        estate = case("CF-ZL-01")
        posts = Post.objects.filter(alliance=estate, organization__name="物业服务企业党组织", state="standing")
        assert set(posts.values_list("kind", flat=True)) == {"part_time_member", "grid_worker"}
        assert posts.values("person").distinct().count() == 1
        shown = page(client, estate, "leadership")
        assert "兼职委员" in shown
        assert "网格员" in shown


class TestWaimaoju:
    """外贸局家属院联合党支部: 56 Party members, 11 of the community and 45 from outside, none of them transferred."""

    def test_eleven_own_and_forty_five_from_outside(self, cases):
        branch = case("NY-SQ-01")
        people = Participant.objects.filter(alliance=branch, state="taking_part")
        own = people.filter(person__organization=branch.lead).count()
        assert (own, people.count() - own, people.count()) == (11, 45, 56)

    def test_the_page_says_so_to_nanyang_and_nothing_to_chifeng(self, cases, client):
        shown = page(client, case("NY-SQ-01"), "leadership", "nanyang")
        assert all(number in shown for number in ("56", "11", "45"))
        client.force_login(account("chifeng"))
        assert client.get(f"/alliances/{case('NY-SQ-01').pk}/leadership/").status_code == 404


class TestLiandong:
    """联动执行党建联合体: a court and thirty-seven departments."""

    def test_thirty_eight_departments(self, cases, client):
        alliance = case("CF-ZF-01")
        assert (members(alliance).count(), alliance.lead.name) == (38, "巴林左旗人民法院党组织")
        assert "38" in page(client, alliance, "members")

    def test_its_measures_by_period_are_those_of_the_report(self, cases, client):
        joint = case("CF-ZF-01").cases.get()
        assert joint.takings.count() == 38
        lines = {line.label: line.values for line in by_period(joint, list(joint.measures.all()))}
        reached = {label: {m.name: v for m, v in values if v is not None} for label, values in lines.items()}
        assert reached == {
            "2020年上半年": {"受理不良贷款执行案件": 73, "执结案件": 42, "执行到位": Decimal("204000000.00")},
            "2018—2020年": {
                "执结农村信用联社不良贷款案件": 374, "不良贷款清收标的额": Decimal("451000000.00"),
                "公布失信被执行人": 655, "采取强制措施": 305,
            },
        }  # fmt: skip
        client.force_login(account("nanyang"))
        assert client.get(joint.get_absolute_url()).status_code == 404


class TestLushanWhistle:
    """鹿山社区: the property fee dispute that the community could not settle alone."""

    def test_the_community_whistled_the_departments_came_and_it_was_solved(self, cases, client):
        whistle = case("CF-ZL-02").whistles.get()
        assert (whistle.item.title, whistle.state, whistle.solved) == ("物业费收缴纠纷", "evaluated", True)
        assert whistle.decided_by == account("balinzuo") != whistle.asked_by
        assert set(whistle.calls.values_list("state", flat=True)) == {"reported"}
        client.force_login(account("balinzuo"))
        assert "物业费收缴纠纷" in client.get(whistle.get_absolute_url()).content.decode()


@pytest.mark.parametrize("name", ["nanyang"])
def test_another_city_sees_none_of_chifengs_cases(cases, client, name):
    client.force_login(account(name))
    for alliance in Alliance.objects.filter(code__startswith="CF-"):
        assert client.get(f"/alliances/{alliance.pk}/").status_code == 404
