"""Every figure against the same figure written by hand in SQL, whole and in every grouping."""

from datetime import date
from itertools import product

import pytest
from django.db import connection

from alliances.measures import GROUPS, Nature, Period
from alliances.models import Alliance
from assessments.statistics import METRICS
from tests.figures import by_hand

PERIODS = {
    "a year": Period(date(2019, 1, 1), date(2019, 12, 31)),
    "a quarter": Period(date(2019, 1, 1), date(2019, 3, 31)),
    "the last day of a year": Period(date(2018, 12, 31), date(2018, 12, 31)),
    "everything": Period(date(2018, 1, 1), date(2020, 12, 31)),
    "before anything": Period(date(2001, 1, 1), date(2001, 12, 31)),
    "nothing": Period(date(2019, 5, 1), date(2019, 4, 1)),
}
CODES = ("15", "1504", "150422", "150422404", "150422404002", "4113", "1503")
EVERY_FIGURE = pytest.mark.parametrize("metric", METRICS.values(), ids=METRICS)


def asked(sql, period, code):
    with connection.cursor() as cursor:
        cursor.execute(sql, {"first": period.first, "last": period.last, "code": code})
        return cursor.fetchall()


def expected(metric, period, code):
    return metric.number(asked(by_hand.total(metric.key), period, code)[0][0])


@EVERY_FIGURE
def test_the_figure_is_what_the_hand_counts(counted, metric):
    for (name, period), code in product(PERIODS.items(), CODES):
        assert metric.total(period, code) == expected(metric, period, code), (name, code)


def test_the_world_has_something_to_count(counted):
    year = PERIODS["a year"]
    assert [key for key, metric in METRICS.items() if not metric.total(year, "1504")] == []


@EVERY_FIGURE
def test_each_group_is_what_the_hand_counts(counted, metric):
    period = PERIODS["a year"]
    for group, code in product(set(GROUPS) - {"month"}, ["15", "1504", "150422", "150422404002"]):
        found = {c: metric.number(v) for c, v in asked(by_hand.by(metric.key, group), period, code)}
        groups = metric.by(period, code, group)
        assert {c: n for c, n in groups.items() if n} == {c: n for c, n in found.items() if n}, (group, code)


@EVERY_FIGURE
def test_each_month_is_what_the_hand_counts(counted, metric):
    period = Period(date(2018, 12, 15), date(2020, 1, 10))
    groups = metric.by(period, "1504", "month")
    sums = metric.nature is Nature.FLOW and metric.additive
    of_the_month = {"solve_rate", "whistle_response_rate", "whistle_solved_rate"}
    if sums or metric.key in of_the_month:  # of each month's rows, what is reached by the end of the whole period
        found = dict(asked(by_hand.by(metric.key, "month"), period, "1504"))
    else:
        found = {month.label: expected(metric, month, "1504") for month in period.months()}
    assert {m: n for m, n in groups.items() if n} == {m: metric.number(n) for m, n in found.items() if n}


@pytest.mark.parametrize("metric", [m for m in METRICS.values() if m.additive], ids=lambda m: m.key)
def test_parts_add_up_to_the_whole(counted, metric):
    for group in filter(metric.sums, GROUPS):
        for (name, period), code in product(PERIODS.items(), CODES):
            parts = metric.by(period, code, group).values()
            assert sum(parts) == metric.total(period, code), (group, name, code)


@EVERY_FIGURE
def test_each_alliance_has_its_own_number(counted, metric):
    period = PERIODS["everything"]
    numbers = metric.per_alliance(period, Alliance.objects.all())
    assert set(numbers) == {alliance.pk for alliance in counted.alliances}
    for alliance in counted.alliances:
        one = Alliance.objects.filter(pk=alliance.pk)
        assert numbers[alliance.pk] == metric.total(period, alliance.region_id, one)
        assert numbers[alliance.pk] == metric.per_alliance(period, [alliance.pk])[alliance.pk]


@EVERY_FIGURE
def test_one_statement_a_figure_also_by_month(counted, metric, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        metric.total(PERIODS["a year"], "1504")
    for group in GROUPS:
        with django_assert_max_num_queries(1):
            metric.by(PERIODS["a year"], "1504", group)


def test_a_stock_of_a_past_day_stays_what_it_was(counted):
    """Who leaves, ends or is claimed later was there on that day."""
    day = Period(date(2019, 6, 30), date(2019, 6, 30))
    for key in ("alliances_active", "organizations_covered", "organs_linked", "members_registered", "items_open"):
        assert METRICS[key].total(day, "1504") == METRICS[key].total(Period(date(2011, 1, 1), day.last), "1504") > 0


def test_periods_know_their_quarters_and_months():
    assert Period.quarter_of(date(2020, 2, 29)) == Period(date(2020, 1, 1), date(2020, 3, 31))
    assert Period.quarter_of(date(2019, 12, 31)) == Period(date(2019, 10, 1), date(2019, 12, 31))
    assert Period.year_of(date(2019, 5, 1)) == Period(date(2019, 1, 1), date(2019, 12, 31))
    assert Period.month_of(date(2020, 2, 1)).last == date(2020, 2, 29)
    months = Period(date(2019, 11, 15), date(2020, 1, 3)).months()
    assert [(m.first.day, m.last.day) for m in months] == [(15, 30), (1, 31), (1, 3)]
    assert [m.label for m in months] == ["2019-11", "2019-12", "2020-01"]
