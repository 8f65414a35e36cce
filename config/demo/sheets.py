"""What stands on the demo's sheets beside the standard indicators: a mark of the city, a supplement of 巴林左旗."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from alliances.models import Alliance
from assessments import transitions
from assessments.models import Indicator, Mark, Scheme, Supplement
from assessments.transitions.sheet import Row
from members.models import Region, User

BANNER = "150422"
EXPERIENCE: Row = {
    "group": "特色创新", "name": "经验推广", "weight": Decimal(5), "source": "manual",
    "standard": "做法被其他联合体采用并见到成效",
}  # fmt: skip
OWN: tuple[Row, ...] = (
    {"group": "兴旗富民", "name": "特色产业带动", "weight": Decimal(60), "source": "manual",
     "standard": "笤帚苗、小米等产业带动农户增收"},
    {"group": "兴旗富民", "name": "提出方满意率", "weight": Decimal(40), "source": "metric", "metric": "satisfied_rate",
     "rule": "threshold", "full_at": Decimal("0.8"), "standard": "提出单位对办理结果满意或基本满意的比例"},
)  # fmt: skip
SAID = (
    (90, "带动周边三个嘎查加工户，收购有保底价。"),
    (75, "有合作社参与，覆盖面还不大。"),
    (60, "刚起步，成效还要看下一年。"),
)
SHARE = Decimal(15)
MARKED = 12
"""So many alliances have their marks; the others still wait for them."""


def supplement(scheme: Scheme, users: dict[str, User], *, at: datetime, share: Decimal = SHARE) -> Supplement:
    """巴林左旗's own indicators, written and not yet adopted."""
    by = users["balinzuo"]
    made = transitions.draw_up_supplement(scheme, Region.objects.get(pk=BANNER), share=share, by=by, at=at)
    Supplement.objects.filter(pk=made.pk).update(synthetic=True)
    made.refresh_from_db()
    return transitions.amend_supplement(made, share=share, rows=OWN, by=by, at=at + timedelta(hours=1))


def marks(scheme: Scheme, users: dict[str, User], *, at: datetime) -> None:
    """What the city and the banner say of the first alliances of 巴林左旗."""
    indicators = Indicator.objects.of(scheme).filter(source=Indicator.Source.MANUAL).order_by("pk")
    beneath = Alliance.objects.within(BANNER).as_of(scheme.cut_off).order_by("code", "pk")[:MARKED]
    for place, alliance in enumerate(beneath):
        for indicator in indicators:
            score, reason = SAID[place % len(SAID)]
            words: Any = {"score": Decimal(score), "reason": reason, "at": at}
            made = transitions.mark(scheme, indicator, alliance, by=users["balinzuo"], **words)
            Mark.objects.filter(pk=made.pk).update(synthetic=True)
