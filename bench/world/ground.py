"""Places, organisations, people."""

from __future__ import annotations

from django.db import connection

from bench.scales import Scale
from bench.tables import pour
from members.models import Organization, PartyMember, Region, User

BANNERS, TOWNS = 12, 13

PLACES = """
(SELECT '15' AS code UNION ALL
 SELECT '15' || lpad((4 + c)::text, 2, '0') FROM generate_series(0, {cities} - 1) c UNION ALL
 SELECT '15' || lpad((4 + c)::text, 2, '0') || lpad(b::text, 2, '0')
 FROM generate_series(0, {cities} - 1) c, generate_series(1, {banners}) b UNION ALL
 SELECT '15' || lpad((4 + c)::text, 2, '0') || lpad(b::text, 2, '0') || lpad(t::text, 3, '0')
 FROM generate_series(0, {cities} - 1) c, generate_series(1, {banners}) b, generate_series(1, {towns}) t UNION ALL
 SELECT '15' || lpad((4 + c)::text, 2, '0') || lpad(b::text, 2, '0') || lpad(t::text, 3, '0') || lpad(k::text, 3, '0')
 FROM generate_series(0, {cities} - 1) c, generate_series(1, {banners}) b, generate_series(1, {towns}) t,
  generate_series(1, {communities}) k) places
"""
SEATS = """
CREATE TEMP TABLE seat AS
SELECT a AS alliance, p.code
FROM generate_series(1, {alliances}) a
JOIN (SELECT code, row_number() OVER (ORDER BY code) - 1 AS nth, count(*) OVER () AS many
      FROM members_region WHERE length(code) = 12) p
ON p.nth = (a - 1)::bigint * p.many / {alliances};
ALTER TABLE seat ADD PRIMARY KEY (alliance)
"""
"""In which community each alliance is: spread evenly over all of them."""


def fill(scale: Scale) -> None:
    places = PLACES.format(cities=scale.cities, communities=scale.communities, banners=BANNERS, towns=TOWNS)
    pour(Region, places, code="code", name="'区划' || code")
    with connection.cursor() as cursor:
        cursor.execute(SEATS.format(alliances=scale.alliances))
    pour(
        Organization,
        f"generate_series(1, {scale.organizations}) n JOIN seat ON seat.alliance = 1 + (n - 1) % {scale.alliances}",
        id="n",
        code="'ORG-' || lpad(n::text, 7, '0')",
        name="'第' || n || '党支部委员会'",
        kind="(ARRAY['branch','branch','general_branch','committee'])[1 + n % 4]",
        sector="CASE WHEN n % 8 = 0 THEN 'organ' WHEN n % 20 = 5 THEN 'social' WHEN n % 4 = 1 THEN 'community' "
        "ELSE 'private_enterprise' END",
        industry="(ARRAY['other','health','finance','education'])[1 + n % 4]",
        level="(ARRAY['primary','primary','town','county'])[1 + n % 4]",
        ownership="CASE WHEN n % 4 = 3 THEN 'private' ELSE 'public' END",
        region_id="seat.code",
    )
    pour(
        PartyMember,
        f"generate_series(1, {scale.people}) n",
        id="n",
        name="'党员' || n",
        organization_id=f"1 + (n - 1) % {scale.organizations}",
        since="date '2015-01-01' + n % 1500",
    )
    pour(
        User,
        "generate_series(1, 2) n",
        id="n",
        username="'bench-' || n",
        name="'测试' || n",
        duty="'business'",
        is_active="true",
    )
