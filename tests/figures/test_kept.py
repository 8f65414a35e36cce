"""What is kept of a statement answers as a statement written for the question."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alliances.counting import families, totals
from alliances.kept import kept
from alliances.measures import Metric, Nature, Period
from alliances.models import Alliance, Session
from assessments.statistics import METRICS
from listings.models.listing import Kind

EVERY = tuple(METRICS.values())
CODES = st.sampled_from(["15", "1504", "150422", "150422404", "150422404002", "150402", "41", "4113", "1503", "65"])
DAYS = st.dates(date(2017, 12, 1), date(2021, 2, 1))
KINDS = st.sampled_from(["", *Kind.values])
YEAR = Period(date(2019, 1, 1), date(2019, 12, 31))


def fresh(period, code, kind=""):
    """Every figure as it is counted alone, by a statement of its own."""
    return {key: metric.total(period, code, kind=kind) for key, metric in METRICS.items()}


@pytest.mark.parametrize("of_kind", [False, True])
def test_every_family_and_every_part_of_one_is_kept(counted, of_kind):
    whole = families(EVERY)
    parts = [part for family in whole for n in range(1, len(family) + 1) for part in combinations(family, n)]
    knows = [part for part in parts if part[0].kind or not of_kind]
    assert [part for part in knows if kept(part, of_kind=of_kind) is None] == []


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True)
@given(DAYS, st.integers(-3, 800), CODES, KINDS)
def test_any_days_any_region_and_any_kind_of_list_are_filled_in(counted, first, many, code, kind):
    period = Period(first, first + timedelta(days=many))
    assert totals(EVERY, period, code, kind=kind) == fresh(period, code, kind)


def test_who_asks_for_some_alliances_has_a_statement_written(counted):
    some = Alliance.objects.filter(mode="regional")
    assert totals(EVERY, YEAR, "15", some) == {key: one.total(YEAR, "15", some) for key, one in METRICS.items()}


def test_writing_is_done_once_and_each_answer_is_one_statement(counted, django_assert_num_queries):
    totals(EVERY, YEAR, "15")
    with django_assert_num_queries(len(families(EVERY))):
        totals(EVERY, Period(YEAR.first, date(2019, 6, 30)), "1504")


def sessions(rows):
    """A figure of sessions over those rows."""
    return Metric(key="some", label="", unit="", definition="", nature=Nature.FLOW, rows=rows,
                  alliance="activity__alliance", day="held_on")  # fmt: skip


@pytest.mark.parametrize(
    "rows",
    [
        lambda period: Session.objects.filter(held_on__month=period.last.month),
        lambda period: Session.objects.filter(held_on__gt=period.last - timedelta(days=90)),
        lambda period: (
            Session.objects.filter(held_on=period.last) if period.last.year > 1805 else Session.objects.all()
        ),
        lambda period: Session.objects.filter(held_on__in=[period.first, period.last][: period.last.month % 2 + 1]),
    ],
    ids=["the month", "ninety days before", "a day of a rule", "one day or two"],
)
def test_what_reads_more_of_a_period_than_its_days_is_written_anew(counted, rows):
    metric = sessions(rows)
    assert kept((metric,), of_kind=False) is None
    for last in (date(2019, 3, 31), date(2019, 6, 30), date(2019, 11, 2)):
        period = Period(date(2019, 1, 1), last)
        assert totals([metric], period, "15") == {"some": metric.total(period, "15")}


def test_ids_of_types_of_content_are_forgotten_where_they_are_given_anew(counted):
    open_items = METRICS["items_open"]
    before = totals([open_items], YEAR, "15")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE django_content_type SET id = id + 1000")
        cursor.execute("UPDATE members_step SET thing_type_id = thing_type_id + 1000")
        ContentType.objects.clear_cache()
        assert totals([open_items], YEAR, "15") == before != {"items_open": 0}
        transaction.set_rollback(True)
    ContentType.objects.clear_cache()
