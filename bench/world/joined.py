"""Alliances: who is in them, what they do together, who served, how they stand."""

from __future__ import annotations

from alliances.models import (
    Activity,
    Alliance,
    Attendance,
    Belt,
    Chain,
    DemonstrationSite,
    Instructor,
    Meeting,
    Membership,
    OrganLink,
    Rectification,
    Registration,
    Reward,
    ServiceRecord,
    Session,
)
from bench.scales import Scale
from bench.tables import pour

DAY = "(date '2020-01-01' + (({n} * 37) % 731)::int)"
"""The day of the nth event: every day of the two years comes up equally often."""


def fill(scale: Scale) -> None:
    alliances(scale)
    meetings(scale)
    services(scale)
    standing(scale)
    registered(scale)


def alliances(scale: Scale) -> None:
    pour(
        Alliance,
        "seat",
        id="alliance",
        code="'LHT-' || lpad(alliance::text, 6, '0')",
        name="'第' || alliance || '党建联合体'",
        region_id="seat.code",
        form="(ARRAY['joint_committee','joint_general_branch','joint_branch','league'])[1 + alliance % 4]",
        mode="(ARRAY['regional','cross_domain','hub','dual_registration','business_street','smart'])[1 + alliance % 6]",
        formation="'agreement'",
        state="CASE WHEN alliance % 97 = 0 THEN 'dissolved' WHEN alliance % 120 = 0 THEN 'rectifying' "
        "ELSE 'active' END",
        activated_on="date '2019-01-01' + alliance % 300",
        ended_on="CASE WHEN alliance % 97 = 0 THEN date '2021-06-30' END",
        lead_id="alliance",
        supervising_id=f"1 + alliance % {scale.alliances}",
    )
    pour(
        Chain,
        "seat",
        alliance_id="alliance",
        kind="(ARRAY['industry','governance','service'])[1 + alliance % 3]",
    )
    joins = f"""
    (SELECT n AS organization, 1 + (n - 1) % {scale.alliances} AS alliance
     FROM generate_series(1, {scale.organizations}) n
     UNION ALL
     SELECT n, 1 + n % {scale.alliances} FROM generate_series(2, {scale.organizations}, 2) n) joins
    """
    pour(
        Membership,
        joins,
        alliance_id="alliance",
        organization_id="organization",
        state="'accepted'",
        invited_on="date '2018-12-01'",
        joined_on="date '2019-01-01' + organization % 300",
    )


def meetings(scale: Scale) -> None:
    every = f"generate_series(1, {scale.activities}) n JOIN seat ON seat.alliance = 1 + (n - 1) % {scale.alliances}"
    day = DAY.format(n="n")
    kinds = "(ARRAY['theme_day','party_lesson','exchange_visit','volunteering','theme_day','other'])"
    pour(
        Activity, every, id="n", state="'held'", alliance_id="seat.alliance", region_id="seat.code",
        kind=f"{kinds}[1 + (n / {scale.alliances} + n) % 6]", title="'联合活动第' || n || '期'",
        host_id="seat.alliance", planned_on=day,
    )  # fmt: skip
    pour(
        Session, every, id="n", activity_id="n", region_id="seat.code", held_on=day, late="n % 50 = 0",
        confirmed_at="CASE WHEN n % 100 = 0 THEN timestamptz '2021-12-31 10:00+08' END",
    )  # fmt: skip
    pour(
        Attendance,
        f"generate_series(1, {scale.activities}) n, generate_series(0, 2) k",
        session_id="n",
        organization_id=f"1 + (n - 1) % {scale.alliances} + k * {scale.alliances}",
    )
    pour(
        Meeting,
        f"generate_series(1, {2 * scale.alliances}) n JOIN seat ON seat.alliance = 1 + (n - 1) % {scale.alliances}",
        id="n", state="'held'", alliance_id="seat.alliance", region_id="seat.code", kind="'regular'",
        title="'例会'", host_id="seat.alliance", planned_on=day, held_on=day,
    )  # fmt: skip


def services(scale: Scale) -> None:
    """Half of them in a session of the alliance, in turn; half for an item, on any day."""
    rounds = scale.activities // scale.alliances
    pour(
        ServiceRecord,
        f"""(SELECT n, 1 + (n * 11) % {scale.people} AS person, n / {scale.people} AS turn
             FROM generate_series(1::bigint, {scale.services}) n) served
        JOIN seat ON seat.alliance = 1 + ((person - 1) % {scale.organizations}) % {scale.alliances}
        CROSS JOIN LATERAL (SELECT CASE WHEN n % 2 = 0 THEN seat.alliance + {scale.alliances} * (turn % {rounds}) END
            AS session) held""",
        alliance_id="seat.alliance",
        region_id="seat.code",
        person_id="person",
        session_id="session",
        served_on=f"CASE WHEN session IS NULL THEN {DAY.format(n='n')} ELSE {DAY.format(n='session')} END",
    )


def standing(scale: Scale) -> None:
    day = DAY.format(n="alliance")
    for model, nth, words in (
        (Rectification, 0, {"ordered_on": day, "due_on": f"{day} + 60", "reason": "'联而不活'",
                            "ended_on": f"CASE WHEN alliance % 120 <> 0 THEN {day} + 60 END"}),
        (Reward, 1, {"granted_on": day, "what": "'倾斜'"}),
        (DemonstrationSite, 2, {"since": day}),
    ):  # fmt: skip
        pour(model, f"seat WHERE alliance % 60 = {nth}", alliance_id="alliance", region_id="code", **words)
    pour(Belt, "seat WHERE alliance % 12 = 3", name="'发展带' || alliance", region_id="left(code, 6)", since=day)


def registered(scale: Scale) -> None:
    """Every second organ with a community; every third member of an organ with one."""
    organs = f"generate_series(16, {scale.organizations}, 16) n"
    pour(
        OrganLink, organs, organ_id="n", community_id=f"1 + n % {scale.organizations}", state="'linked'",
        asked_on="date '2019-06-01'", linked_on="date '2019-06-01' + n % 700",
    )  # fmt: skip
    people = f"generate_series(1, {scale.people}) n WHERE (1 + (n - 1) % {scale.organizations}) % 8 = 0 AND n % 3 = 0"
    pour(
        Registration, people, person_id="n", community_id=f"2 + (n - 1) % {scale.organizations - 1}",
        state="'registered'", registered_on="date '2019-06-01' + n % 700",
    )  # fmt: skip
    pour(
        Instructor, f"generate_series(5, {scale.organizations}, 40) n", organization_id="n", person="'指导员' || n",
        sent_by_id="1", since="date '2019-06-01' + n % 700",
    )  # fmt: skip
