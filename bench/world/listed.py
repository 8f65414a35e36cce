"""Lists, items with their stages, claims, whistles."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType

from bench.scales import Scale
from bench.tables import pour
from bench.world.joined import DAY
from listings.models import Call, Claim, Item, Listing, Whistle
from members.models import Step

SERVICES = 5 / 16
"""The share of service items; all others are problems."""

STATES = """
CASE WHEN x < 72 THEN 'closed' WHEN x < 76 THEN 'confirmed' WHEN x < 79 THEN 'done' WHEN x < 84 THEN 'in_hand'
 WHEN x < 87 THEN 'claimed' WHEN x < 93 THEN 'open' WHEN x < 95 THEN 'studied' WHEN x < 97 THEN 'collected'
 WHEN x < 98 THEN 'returned' ELSE 'refused' END
"""
TITLE = """
(ARRAY['东街','河西','新城','北门','牧业','站前','南园','铁南','松州','桥头','园林','红庙'])[1 + n % 12]
|| (ARRAY['雨污管网','路灯','停车位','图书角','老人','暖气','垃圾','草料','门面','沟渠'])[1 + (n / 12) % 10]
|| (ARRAY['堵塞','不亮','缺少','探访','不热','清运','调运','招租'])[1 + (n / 7) % 8]
"""
STAGES = """
(VALUES ('collected', 'collect', 0, 0, 100), ('open', 'open', 2, 0, 93), ('claimed', 'claim', 5, 0, 87),
 ('in_hand', 'take_in_hand', 6, 0, 84), ('done', 'finish', 15, 0, 79), ('confirmed', 'confirm', 20, 0, 76),
 ('closed', 'close', 21, 0, 72)) stage (state, verb, after, least, below)
"""
"""The stages of an item: which, how many days after it was collected, and which items come as far (x below)."""


def fill(scale: Scale) -> None:
    lists(scale)
    items(scale)
    claims(scale)
    steps()
    whistles(scale)


def lists(scale: Scale) -> None:
    """One of problems and one of supply and demand, each year."""
    pour(
        Listing,
        "seat, (VALUES (0, 'problem', 2020), (1, 'supply_demand', 2020), (2, 'problem', 2021), "
        "(3, 'supply_demand', 2021)) l (nth, kind, year)",
        id=f"alliance + nth * {scale.alliances}", state="'signed'", alliance_id="alliance", region_id="code",
        kind="l.kind", period_from="make_date(year, 1, 1)", period_to="make_date(year, 12, 31)",
        signed_on="make_date(year, 1, 20) + alliance % 30", lead_signed_on="make_date(year, 1, 20)",
    )  # fmt: skip


def items(scale: Scale) -> None:
    many = scale.alliances
    services = int(scale.items * SERVICES)
    pour(
        Item,
        f"""(SELECT n, n <= {services} AS service, CASE WHEN n <= {services} THEN n ELSE n - {services} END AS k,
             (n * 7 + n / 100) % 100 AS x, {DAY.format(n="n")} AS day FROM generate_series(1, {scale.items}) n) i
        JOIN seat ON seat.alliance = 1 + (k - 1) % {many}
        CROSS JOIN LATERAL (SELECT {STATES} AS state) s""",
        id="n",
        state="CASE WHEN NOT service AND s.state IN ('claimed', 'in_hand', 'done') THEN 'linked' ELSE s.state END",
        listing_id=f"seat.alliance + {many} * (2 * (extract(year FROM day)::int - 2020) + service::int)",
        alliance_id="seat.alliance",
        region_id="seat.code",
        kind="CASE WHEN service THEN 'supply_demand' ELSE 'problem' END",
        title=TITLE,
        category="(ARRAY['facility','property','traffic','education','care'])[1 + n % 5]",
        asked_by_id=f"seat.alliance + {many} * ((k / {many}) % {scale.organizations // many})",
        capacity="1",
        answered_by_id=f"CASE WHEN NOT service AND x < 87 "
        f"THEN seat.alliance + {many} * ((k / {many}) % {max(services // many, 1)}) END",
        collected_on="day",
        first_claimed_on="CASE WHEN x < 87 THEN day + 5 END",
        done_on="CASE WHEN x < 79 THEN day + 15 END",
        confirmed_on="CASE WHEN x < 76 THEN day + 20 + n % 9 END",
        satisfaction="CASE WHEN x >= 76 THEN '' WHEN x < 60 THEN 'satisfied' WHEN x < 70 THEN 'mostly' "
        "ELSE 'dissatisfied' END",
        due_on="CASE WHEN n % 7 <> 0 THEN day + 30 END",
        updated_at="day + interval '10 hours'",
    )


def claims(scale: Scale) -> None:
    many = scale.alliances
    pour(
        Claim,
        "listings_item i WHERE kind = 'supply_demand' AND first_claimed_on IS NOT NULL",
        state="CASE i.state WHEN 'claimed' THEN 'claimed' WHEN 'in_hand' THEN 'in_hand' WHEN 'done' THEN 'finished' "
        "ELSE 'confirmed' END",
        item_id="i.id",
        organization_id=f"i.alliance_id + {many} * ((i.id / {many} + 1) % {scale.organizations // many})",
        role="'lead'",
        slot="1",
        claimed_at="i.first_claimed_on + interval '10 hours'",
    )


def steps() -> None:
    """The stages through which each item went, up to the one in which it stands."""
    kind = ContentType.objects.get_for_model(Item).pk
    pour(
        Step,
        f"""(SELECT i.id, i.state AS present, i.collected_on + stage.after AS day, stage.state, stage.verb,
               lead(i.collected_on + stage.after) OVER (PARTITION BY i.id ORDER BY stage.after) AS ends,
               lag(stage.state) OVER (PARTITION BY i.id ORDER BY stage.after) AS before
             FROM (SELECT *, (id * 7 + id / 100) % 100 AS x FROM listings_item) i
             JOIN {STAGES} ON x < stage.below) s""",
        thing_type_id=str(kind),
        thing_id="id",
        verb="verb",
        from_state="coalesce(before, '')",
        to_state="CASE WHEN ends IS NULL THEN present ELSE state END",
        at="day + interval '2 hours'",
        until="ends + interval '2 hours'",
        told_at="day + interval '3 hours'",
    )


def whistles(scale: Scale) -> None:
    pour(
        Whistle,
        "listings_item i WHERE kind = 'supply_demand' AND id % 12 = 0",
        id="i.id / 12", state="'evaluated'", item_id="i.id", alliance_id="i.alliance_id", region_id="i.region_id",
        caller_id="i.alliance_id", reason="'pressing'", need="'协同处置'", asked_by_id="1", decided_by_id="2",
        sounded_on="i.collected_on + 3", evaluated_on="i.collected_on + 17", solved="i.id % 10 <> 0",
        satisfied="i.id % 9 <> 0",
    )  # fmt: skip
    pour(
        Call,
        "listings_whistle w, generate_series(1, 2) k",
        state="'reported'", whistle_id="w.id", organization_id=f"w.alliance_id + k * {scale.alliances}",
        role="CASE k WHEN 1 THEN 'lead' ELSE 'assist' END", called_on="w.sounded_on",
        signed_at="w.sounded_on + interval '6 hours'",
    )  # fmt: skip
