"""Next year's assessment is being drawn up: finer steps than this year's, and a banner's supplement that waits for a
second person."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from assessments import transitions
from assessments.models import Scheme
from assessments.transitions.sheet import copied
from config.demo.chapters.stage import Stage
from config.demo.sheets import supplement
from members.models import Region
from members.transitions import propose

FINER = [
    {"at": "60", "points": "30"},
    {"at": "30", "points": "60"},
    {"at": "15", "points": "85"},
    {"at": "7", "points": "100"},
]


def play(stage: Stage) -> None:
    """A draft of the city, with a difference to this year's; nothing of it is shown to organisations."""
    year = stage.today.year + 1
    city, banner = stage.users["chifeng"], stage.users["balinzuo"]
    scheme = transitions.draw_up(
        Region.objects.get(pk="1504"), year=year, title=f"赤峰市{year}年度党建联合体考核方案（拟）",
        cut_off=date(year, 12, 31), by=city, at=stage.ago(6),
    )  # fmt: skip
    Scheme.objects.filter(pk=scheme.pk).update(synthetic=True)
    scheme.refresh_from_db()
    rows = [{name: row[name] for name in row if name != "position"} for row in copied(scheme)]
    for row in rows:
        if row["metric"] == "median_days_to_solve":
            row |= {"rule": "step", "steps": FINER, "zero_at": None, "full_at": None}
    transitions.amend(scheme, {"supplement_share": Decimal(20)}, rows, by=city, at=stage.ago(5))
    made = supplement(scheme, stage.users, at=stage.ago(3), share=Decimal(20))
    propose(
        "supplements.adopt", made, by=banner, at=stage.ago(2), reason="笤帚苗等特色产业带动面扩大，占比由 15 提到 20。",
        region_id=made.region_id,
    )  # fmt: skip
