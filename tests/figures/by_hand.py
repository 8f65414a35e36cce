"""Every figure once more, as SQL written by hand: alliance, region, kind, day and value of each row that counts.

``{value}`` is the aggregate over those rows. Nothing here comes from the definitions under test.
"""

# ruff: noqa: S608

LIVE = "a.activated_on <= %(last)s AND (a.ended_on IS NULL OR a.ended_on > %(last)s)"
MEMBER = "m.joined_on <= %(last)s AND (m.left_on IS NULL OR m.left_on > %(last)s)"
PERSON = "p.since <= %(last)s AND (p.until IS NULL OR p.until > %(last)s)"
SESSION = "(NOT s.late OR s.confirmed_at IS NOT NULL)"
AT = "((%(last)s::date + 1)::timestamp AT TIME ZONE 'Asia/Shanghai')"
IN_PERIOD = "BETWEEN %(first)s AND %(last)s"
COUNT = "count(*)"
PEOPLE = "count(DISTINCT what)"
FIRST_ORDER = """SELECT alliance_id, region, kind, day, what FROM (
    SELECT DISTINCT ON (r.alliance_id) r.alliance_id, a.region_id AS region, NULL AS kind, {day} AS day, 1 AS what
    FROM {table} r JOIN alliances_alliance a ON a.id = r.alliance_id WHERE {day} BETWEEN %(first)s AND %(last)s
    AND {where} ORDER BY r.alliance_id, {day}, r.id) firsts"""
ORDERS = {"table": "alliances_rectification", "day": "r.ordered_on", "where": "r.state <> 'lifted'"}
GRANTS = {"table": "alliances_reward", "day": "r.granted_on", "where": "true"}


def items(where, day, what="i.id"):
    return f"""SELECT i.alliance_id, a.region_id AS region, l.kind, {day} AS day, {what} AS what
        FROM listings_item i JOIN listings_listing l ON l.id = i.listing_id
        JOIN alliances_alliance a ON a.id = l.alliance_id WHERE {where}"""


def sessions(where="true"):
    return f"""SELECT v.alliance_id, a.region_id AS region, NULL AS kind, s.held_on AS day, s.id AS what
        FROM alliances_session s JOIN alliances_activity v ON v.id = s.activity_id
        JOIN alliances_alliance a ON a.id = v.alliance_id WHERE {SESSION} AND s.held_on {IN_PERIOD} AND {where}"""


SERVICES = f"""SELECT r.alliance_id, a.region_id AS region, NULL AS kind, r.served_on AS day, r.person_id AS what
    FROM alliances_servicerecord r JOIN alliances_alliance a ON a.id = r.alliance_id
    LEFT JOIN alliances_session s ON s.id = r.session_id
    WHERE r.served_on {IN_PERIOD} AND (s.id IS NULL OR {SESSION})"""
MEMBERS = f"""SELECT a.id AS alliance_id, a.region_id AS region, NULL AS kind, NULL::date AS day,
        m.organization_id AS what
    FROM alliances_membership m JOIN alliances_alliance a ON a.id = m.alliance_id WHERE {LIVE} AND {MEMBER}"""
COLLECTED = items(f"i.kind = 'problem' AND i.state <> 'forwarded' AND i.collected_on {IN_PERIOD}", "i.collected_on",
                  "CASE WHEN i.confirmed_on <= %(last)s THEN 1 ELSE 0 END")  # fmt: skip
SOLVED = items(
    f"i.kind = 'problem' AND i.confirmed_on {IN_PERIOD}", "i.confirmed_on", "i.confirmed_on - i.collected_on"
)
JUDGED = items(f"i.satisfaction <> '' AND i.confirmed_on {IN_PERIOD}", "i.confirmed_on",
               "CASE WHEN i.satisfaction = 'dissatisfied' THEN 0 ELSE 1 END")  # fmt: skip
SOCIAL = """SELECT NULL::bigint AS alliance_id, o.region_id AS region, NULL AS kind, NULL::date AS day,
        CASE WHEN EXISTS (SELECT 1 FROM alliances_instructor n WHERE n.organization_id = o.id AND n.since <= %(last)s
        AND (n.until IS NULL OR n.until >= %(last)s)) THEN 1 ELSE 0 END AS what
    FROM members_organization o WHERE o.sector = 'social'"""
CALLS = f"""SELECT w.alliance_id, a.region_id AS region, NULL AS kind, c.called_on AS day,
        CASE WHEN c.signed_at < {AT} THEN 1 ELSE 0 END AS what
    FROM listings_call c JOIN listings_whistle w ON w.id = c.whistle_id
    JOIN alliances_alliance a ON a.id = w.alliance_id WHERE c.called_on {IN_PERIOD}"""
MEAN = "round(sum(what)::numeric / count(*), 4)"


def whistles(day, hit):
    return f"""SELECT w.alliance_id, a.region_id AS region, NULL AS kind, w.{day} AS day,
            CASE WHEN {hit} THEN 1 ELSE 0 END AS what
        FROM listings_whistle w JOIN alliances_alliance a ON a.id = w.alliance_id WHERE w.{day} {IN_PERIOD}"""


SOUNDED = whistles("sounded_on", "w.solved AND w.evaluated_on <= %(last)s")
EVALUATED = whistles("evaluated_on", "w.satisfied")

CALL = "listings_ideacall c JOIN alliances_alliance a ON a.id = c.alliance_id"
PAID = f"""SELECT f.alliance_id, a.region_id AS region, NULL AS kind, f.on AS day, -f.amount AS what
    FROM alliances_fundentry f JOIN alliances_alliance a ON a.id = f.alliance_id
    WHERE f.on {IN_PERIOD} AND COALESCE(f.reverses_id, f.id) IN (SELECT p.entry_id FROM listings_payment p)"""


def projects(day, where="true", what="j.id"):
    return f"""SELECT j.alliance_id, a.region_id AS region, NULL AS kind, j.{day} AS day, {what} AS what
        FROM listings_project j JOIN alliances_alliance a ON a.id = j.alliance_id
        WHERE j.{day} {IN_PERIOD} AND {where}"""


BY_HAND = {
    "alliances_active": (
        f"SELECT a.id AS alliance_id, a.region_id AS region, NULL AS kind, NULL::date AS day, 1 AS what "
        f"FROM alliances_alliance a WHERE {LIVE}", COUNT),
    "demonstration_sites": (
        "SELECT d.alliance_id, a.region_id AS region, NULL AS kind, NULL::date AS day, 1 AS what FROM "
        "alliances_demonstrationsite d JOIN alliances_alliance a ON a.id = d.alliance_id "
        "WHERE d.since <= %(last)s AND (d.until IS NULL OR d.until > %(last)s)", COUNT),
    "belts": (
        "SELECT NULL::bigint AS alliance_id, b.region_id AS region, NULL AS kind, NULL::date AS day, 1 AS what "
        "FROM alliances_belt b WHERE b.since <= %(last)s AND (b.until IS NULL OR b.until > %(last)s)", COUNT),
    "organizations_covered": (MEMBERS, PEOPLE),
    "party_members_covered": (
        f"SELECT g.alliance_id, g.region, g.kind, g.day, p.id AS what FROM ({MEMBERS}) g "
        f"JOIN members_partymember p ON p.organization_id = g.what WHERE {PERSON}", PEOPLE),
    "organs_linked": (
        "SELECT NULL::bigint AS alliance_id, o.region_id AS region, NULL AS kind, NULL::date AS day, o.id AS what "
        "FROM members_organization o JOIN alliances_organlink k ON k.organ_id = o.id WHERE o.sector = 'organ' "
        "AND k.linked_on <= %(last)s AND (k.ended_on IS NULL OR k.ended_on > %(last)s)", PEOPLE),
    "members_registered": (
        "SELECT NULL::bigint AS alliance_id, o.region_id AS region, NULL AS kind, NULL::date AS day, p.id AS what "
        "FROM members_organization o JOIN members_partymember p ON p.organization_id = o.id "
        f"JOIN alliances_registration g ON g.person_id = p.id WHERE o.sector = 'organ' AND {PERSON} "
        "AND g.registered_on <= %(last)s AND (g.ended_on IS NULL OR g.ended_on > %(last)s)", PEOPLE),
    "listings_signed": (
        "SELECT l.alliance_id, a.region_id AS region, l.kind, l.signed_on AS day, l.id AS what FROM listings_listing l "
        f"JOIN alliances_alliance a ON a.id = l.alliance_id WHERE l.version = 1 AND l.signed_on {IN_PERIOD}", COUNT),
    "items_open": (
        items(f"EXISTS (SELECT 1 FROM members_step t JOIN django_content_type c ON c.id = t.thing_type_id "
              f"WHERE c.app_label = 'listings' AND c.model = 'item' AND t.thing_id = i.id AND t.to_state = 'open' "
              f"AND t.at < {AT} AND (t.until IS NULL OR t.until >= {AT}))", "NULL::date"), COUNT),
    "items_claimed": (items(f"i.kind <> 'problem' AND i.first_claimed_on {IN_PERIOD}", "i.first_claimed_on"), COUNT),
    "problems_solved": (SOLVED, COUNT),
    "solve_rate": (COLLECTED, "round(sum(what)::numeric / count(*), 4)"),
    "solve_rate_numerator": (COLLECTED, "sum(what)"),
    "solve_rate_denominator": (COLLECTED, COUNT),
    "median_days_to_solve": (SOLVED, "percentile_cont(0.5) WITHIN GROUP (ORDER BY what)"),
    "satisfied_rate": (JUDGED, "round(sum(what)::numeric / count(*), 4)"),
    "satisfied_rate_numerator": (JUDGED, "sum(what)"),
    "satisfied_rate_denominator": (JUDGED, COUNT),
    "activities_held": (sessions(), COUNT),
    "theme_days_held": (sessions("v.kind = 'theme_day'"), COUNT),
    "meetings_held": (
        "SELECT s.alliance_id, a.region_id AS region, NULL AS kind, s.held_on AS day, s.id AS what "
        "FROM alliances_meeting s JOIN alliances_alliance a ON a.id = s.alliance_id "
        f"WHERE s.state = 'held' AND {SESSION} AND s.held_on {IN_PERIOD}", COUNT),
    "service_person_times": (SERVICES, COUNT),
    "service_people": (SERVICES, PEOPLE),
    "alliances_rectified": (FIRST_ORDER.format(**ORDERS), COUNT),
    "alliances_rewarded": (FIRST_ORDER.format(**GRANTS), COUNT),
    "instructor_rate": (SOCIAL, "round(sum(what)::numeric / count(*), 4)"),
    "instructor_rate_numerator": (SOCIAL, "sum(what)"),
    "instructor_rate_denominator": (SOCIAL, COUNT),
    "whistle_response_rate": (CALLS, MEAN),
    "whistle_response_rate_numerator": (CALLS, "sum(what)"),
    "whistle_response_rate_denominator": (CALLS, COUNT),
    "whistle_solved_rate": (SOUNDED, MEAN),
    "whistle_solved_rate_numerator": (SOUNDED, "sum(what)"),
    "whistle_solved_rate_denominator": (SOUNDED, COUNT),
    "whistle_satisfied_rate": (EVALUATED, MEAN),
    "whistle_satisfied_rate_numerator": (EVALUATED, "sum(what)"),
    "whistle_satisfied_rate_denominator": (EVALUATED, COUNT),
    "idea_calls_held": (
        "SELECT c.alliance_id, a.region_id AS region, NULL AS kind, c.published_on AS day, c.id AS what "
        f"FROM {CALL} WHERE c.state = 'published' AND c.published_on {IN_PERIOD}", COUNT),
    "ideas_proposed": (
        "SELECT c.alliance_id, a.region_id AS region, NULL AS kind, i.proposed_on AS day, i.id AS what "
        f"FROM listings_idea i JOIN {CALL.replace('ideacall c', 'ideacall c ON c.id = i.call_id')} "
        f"WHERE i.state <> 'withdrawn' AND i.proposed_on {IN_PERIOD}", COUNT),
    "projects_fixed": (projects("fixed_on"), COUNT),
    "projects_accepted": (projects("accepted_on", "j.state = 'accepted'"), COUNT),
    "project_organizations": (projects("begun_on", "j.provider_id IS NOT NULL", "j.provider_id"), PEOPLE),
    "project_money": (PAID, "COALESCE(sum(what), 0)"),
}  # fmt: skip

CLASS = {
    "region": "CASE WHEN length(region) <= length(%(code)s) THEN region WHEN length(%(code)s) = 2 THEN left(region, 4) "
              "WHEN length(%(code)s) = 4 THEN left(region, 6) WHEN length(%(code)s) = 6 THEN left(region, 9) "
              "ELSE left(region, 12) END",
    "mode": "(SELECT NULLIF(x.mode, '') FROM alliances_alliance x WHERE x.id = alliance_id)",
    "form": "(SELECT x.form FROM alliances_alliance x WHERE x.id = alliance_id)",
    "chain": "ch.kind",
    "kind": "kind",
    "month": "to_char(day, 'YYYY-MM')",
}  # fmt: skip
STARTS = "left(region, length(%(code)s)) = %(code)s"


def total(key):
    source, value = BY_HAND[key]
    return f"SELECT {value} FROM ({source}) x WHERE {STARTS}"


def by(key, group):
    source, value = BY_HAND[key]
    chains = "LEFT JOIN alliances_chain ch ON ch.alliance_id = x.alliance_id" if group == "chain" else ""
    rows = f"SELECT x.*, {CLASS[group]} AS class FROM (SELECT * FROM ({source}) y) x {chains}"
    if group == "chain":
        rows = rows.replace("x.*", "x.region, x.what")
    return f"SELECT class, {value} FROM ({rows}) z WHERE {STARTS} GROUP BY class"


CROSSED = {name: f"o.{name}" for name in ("sector", "industry", "level", "ownership")} | {
    "region": "left(o.region_id, 6)"
}
CHOSEN = {
    "mode": "a.mode = %(mode)s",
    "form": "a.form = %(form)s",
    "chain": "EXISTS (SELECT 1 FROM alliances_chain n WHERE n.alliance_id = a.id AND n.kind = %(chain)s)",
}


def crossing(name):
    return f"""(SELECT count(DISTINCT {CROSSED[name]}) FROM alliances_membership m
        JOIN members_organization o ON o.id = m.organization_id WHERE m.alliance_id = a.id AND {MEMBER}) > 1"""


def filtered(key, asked):
    """The total of the alliances of the asked classes, and of the kind of list."""
    source, value = BY_HAND[key]
    wanted = [words for name, words in CHOSEN.items() if name in asked]
    wanted += [crossing(asked["crossing"])] if "crossing" in asked else []
    among = f"alliance_id IN (SELECT a.id FROM alliances_alliance a WHERE {' AND '.join(wanted)})" if wanted else "true"
    of_kind = "kind = %(kind)s" if "kind" in asked else "true"
    return f"SELECT {value} FROM ({source}) x WHERE {STARTS} AND {among} AND {of_kind}"
