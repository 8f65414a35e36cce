"""The world of the bench: the same rows each time, and rows that the product takes for its own."""

import hashlib
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from alliances.counting import per_alliance, totals
from alliances.measures import Period
from alliances.models import Alliance
from assessments.judging import judge
from assessments.rules import standing_rules
from assessments.statistics import METRICS
from bench.lines.line import Line
from bench.lines.statistics import floor_of
from bench.scales import SCALES
from bench.timing import Cost, p95
from bench.world import fill
from listings.models import Item
from members.models import Organization, Step

pytestmark = pytest.mark.django_db

TABLES = ("members_organization", "alliances_membership", "alliances_servicerecord", "listings_item", "listings_claim")


def fingerprint():
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) FROM {table} t")  # noqa: S608
            digest.update(cursor.fetchone()[0].encode())
    return digest.hexdigest()


def empty():
    """No row is left, and every number begins at one again: what tests before this one have used up is forgotten."""
    kept = {"django_migrations", "django_content_type", "auth_permission"}
    with connection.cursor() as cursor:
        names = [f'"{name}"' for name in connection.introspection.table_names(cursor) if name not in kept]
        cursor.execute(f"TRUNCATE {', '.join(names)} RESTART IDENTITY")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The smallest world, with every constraint and foreign key looked at, once for the module."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        empty()
        fill(SCALES["tiny"])
        connection.check_constraints()
        yield
        transaction.set_rollback(True)


def test_the_smallest_world_is_as_large_as_it_says(world):
    scale = SCALES["tiny"]
    assert (Organization.objects.count(), Item.objects.count()) == (scale.organizations, scale.items)


def test_nothing_in_it_is_left_to_chance(world):
    first = fingerprint()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE pg_temp.seat")
    empty()
    fill(SCALES["tiny"])
    assert fingerprint() == first


def test_every_item_stands_where_its_last_step_says(world):
    present = dict(Step.objects.filter(until=None).exclude(to_state="").values_list("thing_id", "to_state"))
    assert present == dict(Item.objects.values_list("pk", "state"))


def test_the_floor_counts_what_the_figures_count(world):
    days = {"code": "1504", "end": "1504:", "first": "2021-01-01", "last": "2021-12-31"}
    known = floor_of(days)
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    assert known == {key: METRICS[key].total(year, "1504") for key in known}


def test_figures_counted_together_are_those_that_are_counted_alone(world):
    year, ids = Period(date(2021, 1, 1), date(2021, 9, 30)), list(Alliance.objects.values_list("pk", flat=True))
    assert totals(METRICS.values(), year, "15") == {key: one.total(year, "15") for key, one in METRICS.items()}
    for some in (ids, ids[1::2], [ids[0], ids[-1]], []):
        alone = {key: one.per_alliance(year, some) for key, one in METRICS.items()}
        assert per_alliance(METRICS.values(), year, some) == alone


def test_a_rate_and_its_parts_are_one_statement(world, django_assert_num_queries):
    year = Period(date(2021, 1, 1), date(2021, 12, 31))
    with django_assert_num_queries(1):
        totals([METRICS[f"solve_rate{part}"] for part in ("", "_numerator", "_denominator")], year, "15")


def test_a_review_takes_as_many_statements_for_twelve_as_for_six(world, django_assert_num_queries):
    quarter, rules = Period.quarter_of(date(2021, 9, 30)), standing_rules()
    every = list(Alliance.objects.select_related("region").order_by("pk"))
    with CaptureQueriesContext(connection) as few:
        judge(every[:6], quarter, rules)
    with django_assert_num_queries(len(few)):
        judge(every, quarter, rules)


@pytest.mark.parametrize(("rounds", "late"), [(1, 1), (5, 5), (20, 19), (21, 20), (100, 95)])
def test_nineteen_rounds_of_twenty_stay_within_the_p95(rounds, late):
    costs = [Cost(cpu, 2 * cpu) for cpu in range(rounds, 0, -1)]
    assert p95(costs) == Cost(late, 2 * late)


@pytest.mark.parametrize(("ratio", "at_least", "passed"), [(1.4, False, True), (1.6, False, False), (1.6, True, True)])
def test_a_line_is_within_its_bar_or_not(ratio, at_least, passed):
    cost = Cost(1.0, 1.0)
    assert Line("a", "甲", cost, cost, ratio, 1.5, at_least=at_least).passed is passed
