"""The statistics endpoint, all figures that add up, against one statement written by hand that counts the same."""

from __future__ import annotations

import json
from collections.abc import Iterator

from django.db import connection

from assessments.statistics import METRICS
from bench.callers import program
from bench.lines.line import Line, counted
from bench.timing import in_rounds, in_turn, middle, p95

REGIONS = {"everybody": "15", "city": "1504", "banner": "150402"}
PERIODS = {"year": ("2021-01-01", "2021-12-31"), "quarter": ("2021-07-01", "2021-09-30")}

OF = "region_id >= %(code)s AND region_id < %(end)s"
DAYS = "BETWEEN %(first)s::date AND %(last)s::date"
AT_END = "(%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai'"
FLOOR = f"""
WITH confirmed AS (
  SELECT count(*) FILTER (WHERE kind = 'problem') AS problems_solved,
    count(*) FILTER (WHERE satisfaction IN ('satisfied', 'mostly')) AS satisfied_rate_numerator,
    count(*) FILTER (WHERE satisfaction <> '') AS satisfied_rate_denominator
  FROM listings_item WHERE {OF} AND confirmed_on {DAYS}
), collected AS (
  SELECT count(*) FILTER (WHERE confirmed_on <= %(last)s::date) AS solve_rate_numerator,
    count(*) AS solve_rate_denominator
  FROM listings_item WHERE {OF} AND collected_on {DAYS} AND kind = 'problem' AND state <> 'forwarded'
), claimed AS (
  SELECT count(*) AS items_claimed FROM listings_item WHERE {OF} AND first_claimed_on {DAYS} AND kind <> 'problem'
), opened AS (
  SELECT count(*) AS items_open FROM members_step s JOIN listings_item i ON i.id = s.thing_id
  WHERE s.thing_type_id = (SELECT id FROM django_content_type WHERE app_label = 'listings' AND model = 'item')
    AND s.to_state = 'open' AND s.at < {AT_END} AND (s.until IS NULL OR s.until >= {AT_END}) AND i.{OF}
), held AS (
  SELECT count(*) AS activities_held, count(*) FILTER (WHERE a.kind = 'theme_day') AS theme_days_held
  FROM alliances_session s JOIN alliances_activity a ON a.id = s.activity_id
  WHERE s.{OF.replace("AND region_id", "AND s.region_id")} AND held_on {DAYS}
    AND NOT (s.late AND s.confirmed_at IS NULL)
), served AS (
  SELECT count(*) AS service_person_times FROM alliances_servicerecord r
  WHERE {OF} AND served_on {DAYS} AND (session_id IS NULL OR session_id NOT IN
    (SELECT id FROM alliances_session WHERE late AND confirmed_at IS NULL AND held_on <= %(last)s::date))
), met AS (
  SELECT count(*) AS meetings_held FROM alliances_meeting
  WHERE {OF} AND held_on {DAYS} AND state = 'held' AND NOT (late AND confirmed_at IS NULL)
), signed AS (
  SELECT count(*) AS listings_signed FROM listings_listing WHERE {OF} AND version = 1 AND signed_on {DAYS}
), running AS (
  SELECT count(*) AS alliances_active FROM alliances_alliance
  WHERE {OF} AND activated_on <= %(last)s::date AND (ended_on IS NULL OR ended_on > %(last)s::date)
), sites AS (
  SELECT count(*) AS demonstration_sites FROM alliances_demonstrationsite
  WHERE {OF} AND since <= %(last)s::date AND (until IS NULL OR until > %(last)s::date)
), strung AS (
  SELECT count(*) AS belts FROM alliances_belt
  WHERE {OF} AND since <= %(last)s::date AND (until IS NULL OR until > %(last)s::date)
), ordered AS (
  SELECT count(DISTINCT alliance_id) AS alliances_rectified
  FROM alliances_rectification WHERE {OF} AND ordered_on {DAYS}
), favoured AS (
  SELECT count(DISTINCT alliance_id) AS alliances_rewarded FROM alliances_reward WHERE {OF} AND granted_on {DAYS}
), linked AS (
  SELECT count(*) AS organs_linked FROM members_organization o WHERE {OF} AND sector = 'organ' AND EXISTS
    (SELECT 1 FROM alliances_organlink l WHERE l.organ_id = o.id AND linked_on <= %(last)s::date
     AND (ended_on IS NULL OR ended_on > %(last)s::date))
), registered AS (
  SELECT count(*) AS members_registered
  FROM members_partymember p JOIN members_organization o ON o.id = p.organization_id
  WHERE {OF} AND sector = 'organ' AND p.since <= %(last)s::date AND (p.until IS NULL OR p.until > %(last)s::date)
    AND EXISTS (SELECT 1 FROM alliances_registration r WHERE r.person_id = p.id AND registered_on <= %(last)s::date
     AND (ended_on IS NULL OR ended_on > %(last)s::date))
), instructed AS (
  SELECT count(*) AS instructor_rate_denominator, count(*) FILTER (WHERE EXISTS
    (SELECT 1 FROM alliances_instructor t WHERE t.organization_id = o.id AND since <= %(last)s::date
     AND (until IS NULL OR until >= %(last)s::date))) AS instructor_rate_numerator
  FROM members_organization o WHERE {OF} AND sector = 'social'
), called AS (
  SELECT count(*) FILTER (WHERE signed_at < {AT_END}) AS whistle_response_rate_numerator,
    count(*) AS whistle_response_rate_denominator
  FROM listings_call c JOIN listings_whistle w ON w.id = c.whistle_id WHERE {OF} AND called_on {DAYS}
), sounded AS (
  SELECT count(*) FILTER (WHERE solved AND evaluated_on <= %(last)s::date) AS whistle_solved_rate_numerator,
    count(*) AS whistle_solved_rate_denominator
  FROM listings_whistle WHERE {OF} AND sounded_on {DAYS}
), evaluated AS (
  SELECT count(*) FILTER (WHERE satisfied) AS whistle_satisfied_rate_numerator,
    count(*) AS whistle_satisfied_rate_denominator
  FROM listings_whistle WHERE {OF} AND evaluated_on {DAYS}
)
SELECT * FROM confirmed, collected, claimed, opened, held, served, met, signed, running, sites, strung, ordered,
  favoured, linked, registered, instructed, called, sounded, evaluated
"""


def lines(scale: str) -> Iterator[Line]:
    client = program("statistics:read", "lists:read")
    for where, code in REGIONS.items():
        for when, (first, last) in PERIODS.items():
            yield from one(f"{where}, {when}", client, code, first, last, scale)


def one(words: str, client, code: str, first: str, last: str, scale: str) -> Iterator[Line]:
    """Counted now, against the floor; in a province also as it was counted a moment ago, against an empty view."""
    days = {"code": code, "end": f"{code}:", "first": first, "last": last}
    known = floor_of(days)
    keys = [key for key, metric in METRICS.items() if metric.additive and key in known]
    address = f"/api/v1/statistics/?region={code}&from={first}&to={last}&figures={','.join(keys)}"
    answered = json.loads(client.get(address))
    said = answered["figures"]
    wrong = {key: (said[key], known[key]) for key in keys if said[key] != known[key] and said[key] is not None}
    if wrong:
        raise RuntimeError(f"the floor counts something else: {wrong}")
    rounds = 5 if scale == "L" else 21
    costs = in_rounds(client.asking(address), lambda: floor_of(days), rounds=rounds)
    note = f"{len(keys)} figures, {counted(client.asking(address))} statements"
    for name, of in {"": middle, "p95 of ": p95}.items():
        ours, floor = map(of, costs)
        key = f"{name}statistics, {words}"
        yield Line(key, "统计接口", ours, floor, ours.cpu, 1.5 * floor.cpu + 5, "ms", note=f"{note}, {rounds} rounds")
    if scale != "L":
        return
    recent = f"{address}&max_age=3600"
    if (kept := json.loads(client.get(recent)))["figures"] != said:
        raise RuntimeError("what is kept is something else")
    ours, empty = in_turn(client.asking(recent), client.asking("/bench/keyed/"))
    above, note = ours.cpu - empty.cpu, f"counted at {kept['counted_at']}"
    yield Line(f"statistics kept, {words}", "统计接口，一小时内的", ours, empty, above, 50, "ms", note=note)


def floor_of(days: dict[str, str]) -> dict[str, int]:
    with connection.cursor() as cursor:
        cursor.execute(FLOOR, days)
        return dict(zip([column.name for column in cursor.description], cursor.fetchone(), strict=True))
