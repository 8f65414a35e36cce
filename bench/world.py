"""A city for the bench: places, alliances, members, lists by the verbs' own rules; items and claims in bulk SQL."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from django.db import connection
from django.test import Client

from alliances.models import Alliance, Membership
from listings.models import Item, Listing
from listings.models.listing import Kind
from members.models import Organization, Region, Role, User

BANNERS, TOWNS, COMMUNITIES = 10, 5, 5
SINCE = date(2018, 1, 1)
AT = "2019-01-01 10:00+08"

ITEMS = """
INSERT INTO listings_item ({columns} state, listing_id, alliance_id, region_id, kind, title, detail, category, place,
    wants, capacity, due_on, asked_by_id, for_resident, external_id, addendum, position, collected_on, first_claimed_on,
    done_on, confirmed_on, synthetic, source, updated_at)
SELECT {defaults} s.state, l.id, l.alliance_id, l.region_id, l.kind, t.title || n, '', t.category, '', '', 2,
    CASE WHEN n %% 7 <> 0 THEN d.day + 30 END, a.lead_id, false, '', false, 0, d.day,
    CASE WHEN s.claimed THEN d.day + 5 END, CASE WHEN s.done THEN d.day + 15 END,
    CASE WHEN s.state IN ('confirmed', 'closed') THEN d.day + 20 END, true, '',
    %(at)s::timestamptz + n * interval '1 second'
FROM generate_series((SELECT count(*)::int + 1 FROM listings_item), %(many)s) n
JOIN (SELECT id, alliance_id, region_id, kind, row_number() OVER (ORDER BY id) AS nth FROM listings_listing) l
    ON l.nth = 1 + (n * 7919) %% (SELECT count(*)::int FROM listings_listing)
JOIN alliances_alliance a ON a.id = l.alliance_id
CROSS JOIN LATERAL (SELECT CURRENT_DATE - (n * 37) %% 1000 AS day) d
CROSS JOIN LATERAL (SELECT (ARRAY['雨污管网堵塞','路灯不亮','缺停车位','缺图书','老人探访'])[1 + n %% 5] AS title,
    (ARRAY['facility','property','traffic','education','care'])[1 + n %% 5] AS category) t
CROSS JOIN LATERAL (SELECT CASE WHEN n %% 100 < 72 THEN 'closed' WHEN n %% 100 < 76 THEN 'confirmed'
    WHEN n %% 100 < 79 THEN 'done' WHEN n %% 100 < 84 THEN 'in_hand' WHEN n %% 100 < 87 THEN 'claimed'
    WHEN n %% 100 < 93 THEN 'open' WHEN n %% 100 < 95 THEN 'studied' WHEN n %% 100 < 97 THEN 'collected'
    WHEN n %% 100 < 98 THEN 'returned' ELSE 'refused' END AS state,
    n %% 100 < 87 AS claimed, n %% 100 < 79 AS done) s
"""
CLAIMS = """
INSERT INTO listings_claim (state, item_id, organization_id, role, slot, support, claimed_at, outcome, updated_at)
SELECT CASE i.state WHEN 'claimed' THEN 'claimed' WHEN 'in_hand' THEN 'in_hand' WHEN 'done' THEN 'finished'
    ELSE 'confirmed' END, i.id, m.organization_id, 'lead', 1, '', i.updated_at, '', i.updated_at
FROM listings_item i
JOIN LATERAL (SELECT organization_id FROM alliances_membership WHERE alliance_id = i.alliance_id
    ORDER BY (organization_id * 7 + i.id) %% 11 LIMIT 1) m ON true
WHERE i.first_claimed_on IS NOT NULL AND NOT EXISTS (SELECT FROM listings_claim c WHERE c.item_id = i.id)
"""


def fill() -> dict[str, Client]:
    """Everything but the items; returns who looks: a city's department, a street, a branch of three alliances."""
    towns, communities = _places()
    city = _organization("市委", "1504", "committee")
    leads = [_organization(f"社区党总支 {code}", code, "general_branch") for code in communities]
    homes = [*communities, *communities]
    branches = [_organization(f"党支部 {n}", code, "branch") for n, code in enumerate(homes)]
    made = Alliance.objects.bulk_create(
        Alliance(
            name=f"联合体 {lead.pk}", code=f"LHT-{lead.pk:06d}", region_id=lead.region_id, lead=lead, supervising=city,
            form="joint_committee", formation="agreement", state="active", activated_on=SINCE,
        )
        for lead in leads
    )
    members = [(one, one.lead_id) for one in made]
    members += [(made[(n + step) % len(made)], org.pk) for n, org in enumerate(branches) for step in (0, 61, 122)]
    Membership.objects.bulk_create(
        Membership(alliance=one, organization_id=pk, state="accepted", invited_on=SINCE, joined_on=SINCE)
        for one, pk in members
    )
    Listing.objects.bulk_create(
        Listing(
            alliance=one, region_id=one.region_id, kind=kind, state="signed",
            period_from=date(year, 1, 1), period_to=date(year, 12, 31), signed_on=date(year, 1, 20), created_at=AT,
        )
        for one in made for kind in (Kind.PROBLEM, Kind.SUPPLY_DEMAND, Kind.PROJECT) for year in (2024, 2025, 2026)
    )
    return {
        "city": _client("city", region_id="1504", role="city"),
        "street": _client("street", region_id=towns[0], role="town"),
        "branch": _client("branch", organization=branches[0], role="branch"),
    }


def grow(many: int) -> None:
    """So many items, with the claims that their states ask for, and the statistics that a running server has."""
    written = set(re.findall(r"[a-z_]+", ITEMS.partition(")")[0]))
    plain = [one for one in Item._meta.concrete_fields
             if not one.null and not one.primary_key and one.column not in written]  # fmt: skip
    columns = "".join(f"{one.column}, " for one in plain)
    defaults = "".join(f"%({one.column})s::{one.db_type(connection)}, " for one in plain)
    values = {one.column: one.get_db_prep_save(one.get_default(), connection) for one in plain}
    with connection.cursor() as cursor:
        cursor.execute(ITEMS.format(columns=columns, defaults=defaults), values | {"many": many, "at": AT})
        cursor.execute(CLAIMS, {})
        cursor.execute("ANALYZE")


def _places() -> tuple[list[str], list[str]]:
    banners = [f"1504{n:02}" for n in range(1, BANNERS + 1)]
    towns = [f"{code}{n:03}" for code in banners for n in range(1, TOWNS + 1)]
    communities = [f"{code}{n:03}" for code in towns for n in range(1, COMMUNITIES + 1)]
    Region.objects.bulk_create(Region(code=code, name=code) for code in ("15", "1504", *banners, *towns, *communities))
    return towns, communities


def _organization(name: str, region: str, kind: str) -> Organization:
    return Organization.objects.create(
        name=name, code=f"ORG-{Organization.objects.count() + 1:06d}", region_id=region, kind=kind, sector="organ",
        industry="other", level="primary", ownership="public",
    )  # fmt: skip


def _client(name: str, **role: Any) -> Client:
    user = User.objects.create(username=name, name=name, duty="business")
    Role.objects.create(user=user, duty="business", since=SINCE, **role)
    client = Client()
    client.force_login(user)
    return client
