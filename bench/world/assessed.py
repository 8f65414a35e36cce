"""A yearly assessment that is over, for the review to find; a program at four members of each alliance."""

from __future__ import annotations

from assessments.models import AllianceScore, Scheme
from bench.scales import Scale
from bench.tables import pour
from members.models import ApiClient


def fill(scale: Scale) -> None:
    pour(
        Scheme, "(VALUES (1)) one (n)", id="n", state="'published'", region_id="'15'", year="2020",
        title="'2020年度考核'", cut_off="date '2020-12-31'", published_on="date '2021-02-01'",
    )  # fmt: skip
    pour(
        AllianceScore, "seat", scheme_id="1", alliance_id="alliance", score="60 + alliance % 40",
        evaluation="65 + alliance % 35", grade="'good'", digest="md5(alliance::text)",
        working="'{}'::jsonb",
    )  # fmt: skip
    pour(
        ApiClient,
        "seat, generate_series(0, 3) k",
        name="'接口' || alliance || '-' || k",
        region_id="'15'",
        organization_id=f"alliance + k * {scale.alliances}",
        scopes="ARRAY['claims:write', 'lists:read']",
        digest="encode(sha256(convert_to('bench-key-' || alliance || '-' || k, 'UTF8')), 'hex')",
        hint="'0000'",
        expires_at="timestamptz '2099-12-31 10:00+08'",
        per_minute="1000000000",
    )
