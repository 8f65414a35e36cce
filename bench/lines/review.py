"""The review of every alliance, with evidence and proposals, against one INSERT … SELECT of the same measures."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from alliances.measures import Period
from alliances.models import Alliance
from assessments.gauges import COUNTED, GAUGES
from assessments.models import ReviewRun
from assessments.reviews import BATCH, run
from assessments.statistics import METRICS
from bench.lines.line import Line, against, counted
from bench.timing import Cost, in_turn, taken

AS_OF = date(2021, 9, 30)
SAMPLE = 20
"""So many alliances stand for all of them in the loop that nobody should write."""

QUARTER_BEFORE = "BETWEEN DATE '2021-04-01' AND DATE '2021-06-30'"
YEAR_BEFORE = "BETWEEN DATE '2020-07-01' AND DATE '2020-09-30'"
DAYS = "BETWEEN DATE '2021-07-01' AND DATE '2021-09-30'"
END = "TIMESTAMPTZ '2021-10-01 00:00+08'"
PARTS = {
    ("organizations_covered",): """
        SELECT alliance_id, count(DISTINCT organization_id) AS organizations_covered FROM alliances_membership
        WHERE joined_on <= '2021-09-30' AND (left_on IS NULL OR left_on > '2021-09-30') GROUP BY 1""",
    ("listings_signed",): f"""
        SELECT alliance_id, count(*) AS listings_signed FROM listings_listing
        WHERE version = 1 AND signed_on {DAYS} GROUP BY 1""",
    ("items_open",): f"""
        SELECT i.alliance_id, count(*) AS items_open FROM members_step s JOIN listings_item i ON i.id = s.thing_id
        WHERE s.thing_type_id = (SELECT id FROM django_content_type WHERE app_label = 'listings' AND model = 'item')
        AND s.to_state = 'open' AND s.at < {END} AND (s.until IS NULL OR s.until >= {END}) GROUP BY 1""",
    ("items_claimed",): f"""
        SELECT alliance_id, count(*) AS items_claimed FROM listings_item
        WHERE kind <> 'problem' AND first_claimed_on {DAYS} GROUP BY 1""",
    ("problems_solved", "median_days_to_solve"): f"""
        SELECT alliance_id, count(*) AS problems_solved,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY confirmed_on - collected_on) AS median_days_to_solve
        FROM listings_item WHERE kind = 'problem' AND confirmed_on {DAYS} GROUP BY 1""",
    ("solve_rate", "solve_rate_numerator", "solve_rate_denominator"): f"""
        SELECT alliance_id,
        round(avg((confirmed_on IS NOT NULL AND confirmed_on <= '2021-09-30')::int), 4) AS solve_rate,
        count(*) FILTER (WHERE confirmed_on <= '2021-09-30') AS solve_rate_numerator, count(*) AS solve_rate_denominator
        FROM listings_item WHERE kind = 'problem' AND state <> 'forwarded' AND collected_on {DAYS} GROUP BY 1""",
    ("activities_held", "theme_days_held"): f"""
        SELECT a.alliance_id, count(*) AS activities_held,
        count(*) FILTER (WHERE a.kind = 'theme_day') AS theme_days_held
        FROM alliances_session s JOIN alliances_activity a ON a.id = s.activity_id
        WHERE s.held_on {DAYS} AND NOT (s.late AND s.confirmed_at IS NULL) GROUP BY 1""",
    ("meetings_held",): f"""
        SELECT alliance_id, count(*) AS meetings_held FROM alliances_meeting
        WHERE state = 'held' AND held_on {DAYS} AND NOT (late AND confirmed_at IS NULL) GROUP BY 1""",
    ("service_person_times",): f"""
        SELECT alliance_id, count(*) AS service_person_times FROM alliances_servicerecord
        WHERE served_on {DAYS} AND (session_id IS NULL OR session_id NOT IN
          (SELECT id FROM alliances_session WHERE late AND confirmed_at IS NULL)) GROUP BY 1""",
    ("months_idle",): """
        SELECT alliance_id, extract(year FROM age('2021-09-30', max(s.held_on))) * 12
        + extract(month FROM age('2021-09-30', max(s.held_on))) AS months_idle
        FROM alliances_session s JOIN alliances_activity a ON a.id = s.activity_id
        WHERE s.held_on <= '2021-09-30' AND NOT (s.late AND s.confirmed_at IS NULL) GROUP BY 1""",
    ("items_in_hand", "items_overdue"): f"""
        SELECT i.alliance_id, count(*) AS items_in_hand,
        count(*) FILTER (WHERE i.due_on < '2021-09-30') AS items_overdue
        FROM members_step s JOIN listings_item i ON i.id = s.thing_id
        WHERE s.thing_type_id = (SELECT id FROM django_content_type WHERE app_label = 'listings' AND model = 'item')
        AND i.kind <> 'problem' AND s.to_state IN ('claimed', 'in_hand') AND s.at < {END}
        AND (s.until IS NULL OR s.until >= {END}) GROUP BY 1""",
    ("items_claimed_on_quarter", "items_claimed_on_year"): f"""
        SELECT alliance_id, count(*) FILTER (WHERE first_claimed_on {QUARTER_BEFORE}) AS items_claimed_on_quarter,
        count(*) FILTER (WHERE first_claimed_on {YEAR_BEFORE}) AS items_claimed_on_year FROM listings_item
        WHERE kind <> 'problem' AND (first_claimed_on {QUARTER_BEFORE} OR first_claimed_on {YEAR_BEFORE}) GROUP BY 1""",
    ("problems_solved_on_quarter", "problems_solved_on_year"): f"""
        SELECT alliance_id, count(*) FILTER (WHERE confirmed_on {QUARTER_BEFORE}) AS problems_solved_on_quarter,
        count(*) FILTER (WHERE confirmed_on {YEAR_BEFORE}) AS problems_solved_on_year FROM listings_item
        WHERE kind = 'problem' AND (confirmed_on {QUARTER_BEFORE} OR confirmed_on {YEAR_BEFORE}) GROUP BY 1""",
    ("activities_held_on_quarter", "activities_held_on_year"): f"""
        SELECT a.alliance_id, count(*) FILTER (WHERE s.held_on {QUARTER_BEFORE}) AS activities_held_on_quarter,
        count(*) FILTER (WHERE s.held_on {YEAR_BEFORE}) AS activities_held_on_year
        FROM alliances_session s JOIN alliances_activity a ON a.id = s.activity_id
        WHERE NOT (s.late AND s.confirmed_at IS NULL) AND (s.held_on {QUARTER_BEFORE} OR s.held_on {YEAR_BEFORE})
        GROUP BY 1""",
    ("members_evaluation",): """
        SELECT DISTINCT ON (alliance_id) alliance_id, evaluation AS members_evaluation
        FROM assessments_alliancescore s JOIN assessments_scheme y ON y.id = s.scheme_id
        WHERE published_on <= '2021-09-30' ORDER BY alliance_id, y.year DESC""",
}


def floor_sql() -> str:
    """Of the measures that the review takes, those that are written here by hand, into a row of JSON an alliance."""
    parts = {keys: sql for keys, sql in PARTS.items() if {*GAUGES} & {*keys}}
    pairs = ", ".join(f"'{key}', {key}" for keys in parts for key in keys)
    joins = " ".join(f"LEFT JOIN ({sql}) p{n} ON p{n}.alliance_id = a.id" for n, sql in enumerate(parts.values()))
    return f"""
    INSERT INTO assessments_reviewrow (run_id, alliance_id, light, values)
    SELECT %s, a.id, 'none', jsonb_build_object({pairs}) FROM alliances_alliance a {joins}
    WHERE activated_on <= '2021-09-30' AND (ended_on IS NULL OR ended_on > '2021-09-30')"""


def lines(scale: str) -> Iterator[Line]:
    ours, floor = in_turn(undone(partial(run, AS_OF)), undone(by_hand), rounds=3 if scale == "L" else 5)
    many = Alliance.objects.as_of(AS_OF).count()
    asked = counted(undone(partial(run, AS_OF)))
    note = f"{many} alliances, {asked} statements, {asked / -(-many // BATCH):.0f} a batch of {BATCH}"
    if scale in {"tiny", "S"}:
        yield Line("review", "动态分析", ours, floor, ours.cpu, floor.cpu + 500, "ms", note=note)
    else:
        yield against("review", "动态分析", (ours, floor), 3, note=note)
    looped = loop(many)
    yield Line(
        "review, against a loop", "动态分析，逐个计算", ours, looped, looped.cpu / ours.cpu, 100, at_least=True,
        note=f"the loop from {SAMPLE} alliances",
    )  # fmt: skip


def undone(deed: Callable[[], object]) -> Callable[[], None]:
    """The deed in a transaction that leaves nothing behind."""

    def done() -> None:
        with transaction.atomic():
            deed()
            transaction.set_rollback(True)

    return done


def by_hand() -> None:
    begun = ReviewRun.objects.create(as_of=AS_OF, period_from=Period.quarter_of(AS_OF).first, started_at=timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(floor_sql(), [begun.pk])


def loop(many: int) -> Cost:
    """A statement a figure and alliance: some alliances, multiplied."""
    period = Period.quarter_of(AS_OF)
    some = list(Alliance.objects.as_of(AS_OF).order_by("pk").values_list("pk", flat=True)[:SAMPLE])

    def each() -> None:
        for pk in some:
            for key in COUNTED:
                METRICS[key].per_alliance(period, [pk])

    each()
    begin = time.perf_counter()
    cost = taken(each)
    factor = many / SAMPLE
    return Cost(cost.cpu * factor, (time.perf_counter() - begin) * 1000 * factor)
