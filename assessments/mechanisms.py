"""The seven mechanisms (七项机制) as they show in what was recorded: in how many running alliances each is alive.

A share of alliances, never a score of one: it says where a place is all name and no work (联而不动). It is compared
with the middle of its neighbours of the same level, without names or rank, and only from five of them on.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from statistics import median
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import Substr
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from alliances.metrics import current_memberships, sessions_held
from alliances.models import Alliance, FundEntry, Meeting, Rectification, Staff, Venue
from assessments.models import AllianceScore
from listings.models import Item
from members.models.region import ancestors
from members.scope import under

FEWEST = 5
"""From so many neighbours on a middle is shown; fewer would give one of them away."""

MECHANISMS = (
    ("linked", _("组织链接"), _("期末有两个以上现有成员")),
    ("met", _("议事决策"), _("期内召开过会议")),
    ("active", _("活动共搞"), _("期内开展过活动")),
    ("supplied", _("供需对接"), _("期内有事项被认领")),
    ("equipped", _("基础保障"), _("期末有共享阵地或人员，或期内有经费收支")),
    ("assessed", _("考核评价"), _("期末前十二个月内公布过年度考核结果")),
    ("steady", _("动态管理"), _("期末不在规范整顿中")),
)


@dataclass(frozen=True, slots=True)
class Mechanism:
    """``alive`` of ``alliances``; ``middle`` of the neighbours' shares, None where there are fewer than five."""

    key: str
    label: str
    meaning: str
    alive: int
    alliances: int
    middle: float | None

    @property
    def share(self) -> float | None:
        return self.alive / self.alliances if self.alliances else None


def mechanisms_of(code: str, period: Period, within: QuerySet | None = None) -> tuple[list[Mechanism], int]:
    """The seven of a place (``within``: of these alliances only, without neighbours), and how many neighbours there
    are. Two statements, however many alliances there are."""
    own = Alliance.objects.as_of(period.last).filter(under(code))
    if within is not None:
        own = own.filter(pk__in=within.order_by().values("pk"))
    found = own.aggregate(alliances=Count("pk"), **alive(period))
    around = [] if within is not None else neighbours(code, period)
    enough = len(around) >= FEWEST
    return [
        Mechanism(
            key, str(label), str(meaning), found[key], found["alliances"],
            median(row[key] / row["alliances"] for row in around) if enough else None,
        )
        for key, label, meaning in MECHANISMS
    ], len(around)  # fmt: skip


def neighbours(code: str, period: Period) -> list[dict[str, Any]]:
    """The counts of the other places of the same level beneath the same one, of those that have any alliance."""
    above = ancestors(code)
    if not above:
        return []
    beside = Alliance.objects.as_of(period.last).filter(under(above[-1]), ~under(code))
    placed: Any = beside.annotate(place=Substr("region", 1, len(code))).filter(place__gt=above[-1]).order_by()
    return list(placed.values("place").annotate(alliances=Count("pk"), **alive(period)))


def alive(period: Period) -> dict[str, Count]:
    """For each mechanism how many of the alliances counted show it."""
    mine = {"alliance": OuterRef("pk")}
    days, last = period.days, period.last
    present = Q(since__lte=last) & (Q(until=None) | Q(until__gt=last))
    joined = current_memberships(period).filter(**mine).order_by().values("alliance").annotate(n=Count("pk"))
    ordered = Rectification.objects.filter(**mine, ordered_on__lte=last)
    shown = {
        "linked": Exists(joined.filter(n__gte=2)),
        "met": Exists(Meeting.objects.counted().filter(**mine, held_on__range=days)),
        "active": Exists(sessions_held(period).filter(activity__alliance=OuterRef("pk"))),
        "supplied": Exists(Item.objects.services().filter(**mine, first_claimed_on__range=days)),
        "equipped": Q(Exists(Venue.objects.filter(present, **mine)))
        | Q(Exists(Staff.objects.filter(present, **mine)))
        | Q(Exists(FundEntry.objects.filter(**mine, on__range=days))),
        "assessed": Exists(
            AllianceScore.objects.filter(
                **mine, scheme__published_on__lte=last, scheme__published_on__gt=last - timedelta(days=365)
            )
        ),
        "steady": ~Exists(ordered.filter(Q(ended_on=None) | Q(ended_on__gt=last))),
    }
    return {key: Count("pk", filter=Q(condition)) for key, condition in shown.items()}
