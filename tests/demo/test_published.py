"""The totals that the reports print for Chifeng in 2019, by the house's figures and by SQL of its own."""

# ruff: noqa: S608

from datetime import date

import pytest
from django.db import connection

from alliances.measures import Period
from assessments.published import compared
from assessments.statistics import METRICS
from listings.models import Item
from members.models import Organization
from tests.demo.legal import STATEFUL, faults_of

pytestmark = pytest.mark.slow

PERIOD = Period(date(2018, 1, 1), date(2019, 4, 30))
EXACT = {"alliances_active": 588, "demonstration_sites": 100, "belts": 49, "service_person_times": 230_000}
AT_LEAST = {
    "organizations_covered": 6_800,
    "party_members_covered": 80_000,
    "theme_days_held": 6_000,
    "listings_signed": 2_900,
    "items_claimed": 4_100,
    "problems_solved": 11_000,
}

CHIFENG = "region_id LIKE '1504%'"
CUT = "'2019-04-30'"
BETWEEN = f"BETWEEN '2018-01-01' AND {CUT}"
RUNS = f"a.{CHIFENG} AND a.activated_on <= {CUT} AND (a.ended_on IS NULL OR a.ended_on > {CUT})"
JOINED = f"m.joined_on <= {CUT} AND (m.left_on IS NULL OR m.left_on > {CUT})"
MEMBERS = f"FROM alliances_membership m JOIN alliances_alliance a ON a.id = m.alliance_id WHERE {RUNS} AND {JOINED}"
ITEMS = f"SELECT count(*) FROM listings_item i JOIN alliances_alliance a ON a.id = i.alliance_id WHERE a.{CHIFENG}"
SQL = {
    "alliances_active": f"SELECT count(*) FROM alliances_alliance a WHERE {RUNS}",
    "demonstration_sites": f"SELECT count(*) FROM alliances_demonstrationsite WHERE {CHIFENG} AND since <= {CUT}",
    "belts": f"SELECT count(*) FROM alliances_belt WHERE {CHIFENG} AND since <= {CUT}",
    "service_person_times": f"SELECT count(*) FROM alliances_servicerecord WHERE {CHIFENG} AND served_on {BETWEEN}",
    "organizations_covered": f"SELECT count(DISTINCT m.organization_id) {MEMBERS}",
    "party_members_covered": f"SELECT count(*) FROM members_partymember p WHERE p.since <= {CUT} "
    f"AND p.organization_id IN (SELECT m.organization_id {MEMBERS})",
    "theme_days_held": "SELECT count(*) FROM alliances_session s JOIN alliances_activity v ON v.id = s.activity_id "
    f"WHERE v.kind = 'theme_day' AND s.{CHIFENG} AND s.held_on {BETWEEN}",
    "listings_signed": f"SELECT count(*) FROM listings_listing WHERE {CHIFENG} AND version = 1 AND signed_on {BETWEEN}",
    "items_claimed": f"{ITEMS} AND i.kind <> 'problem' AND i.first_claimed_on {BETWEEN}",
    "problems_solved": f"{ITEMS} AND i.kind = 'problem' AND i.confirmed_on {BETWEEN}",
}


def by_sql(key):
    with connection.cursor() as cursor:
        cursor.execute(SQL[key])
        return cursor.fetchone()[0]


@pytest.mark.parametrize("key", EXACT)
def test_an_exact_total_is_exact(chifeng_2019, key):
    assert METRICS[key].total(PERIOD, "1504") == by_sql(key) == EXACT[key]


@pytest.mark.parametrize("key", AT_LEAST)
def test_an_at_least_total_is_reached_and_no_more_than_a_tenth_over(chifeng_2019, key):
    counted = METRICS[key].total(PERIOD, "1504")
    assert counted == by_sql(key)
    assert AT_LEAST[key] <= counted <= AT_LEAST[key] * 1.1


def test_the_page_of_published_totals_agrees(chifeng_2019):
    rows = [row for row in compared(lambda place: place == "1504", "chifeng-2019") if not row.missing]
    wrong = [row.printed.name for row in rows if not row.agrees]
    assert rows
    assert wrong == []


REPORTED = Period(date(2018, 9, 17), date(2018, 9, 17))
REGISTERED = f"""SELECT count(DISTINCT g.person_id) FROM alliances_registration g
    JOIN members_partymember p ON p.id = g.person_id JOIN members_organization o ON o.id = p.organization_id
    WHERE o.{CHIFENG} AND o.sector = 'organ' AND g.registered_on <= '2018-09-17'
    AND (g.ended_on IS NULL OR g.ended_on > '2018-09-17')"""


def test_as_many_members_are_registered_as_the_report_says(chifeng_2019):
    with connection.cursor() as cursor:
        cursor.execute(REGISTERED)
        assert cursor.fetchone()[0] == METRICS["members_registered"].total(REPORTED, "1504") == 23_800


def test_about_as_many_organs_are_linked_as_the_reports_say(chifeng_2019):
    """69 of the city and 1,036 of the banners: here in all, because the city itself has fewer organs."""
    assert METRICS["organs_linked"].total(REPORTED, "1504") == 69 + 1_036
    later = Period(date(2020, 9, 8), date(2020, 9, 8))
    assert METRICS["organs_linked"].total(later, "150422") == 91


def test_a_confirmed_service_item_answers_three_problems_and_a_third(chifeng_2019):
    confirmed = Item.objects.services().filter(region__code__startswith="1504", confirmed_on__range=PERIOD.days)
    answered = Item.objects.problems().filter(answered_by__in=confirmed.values("pk")).count()
    assert answered / confirmed.count() == pytest.approx(3.3, abs=0.05)


def test_about_four_thousand_organisations_are_no_places(chifeng_2019):
    joined = Organization.objects.filter(memberships__alliance__region__code__startswith="1504", place=None).distinct()
    assert 3_900 <= joined.count() <= 4_400


def test_every_history_is_legal(chifeng_2019):
    assert [fault for model in STATEFUL for fault in faults_of(model)] == []
