"""The profile of one alliance: its year in figures, beside the middle of its peers.

Peers are the other alliances of the same form in the same city that ran all year. Only their median is shown, from five
of them on: no names, no rank. A profile is looked at and talked about; it scores nothing and proposes nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from statistics import median

from django.utils.translation import gettext as _

from alliances.measures import Number, Period
from alliances.models import Alliance
from assessments import pictures
from assessments.mechanisms import FEWEST
from assessments.reports.grids import written
from assessments.reports.spans import year_until
from assessments.statistics import METRICS, Question
from listings.metrics.loop import STAGES, stages_of
from listings.models import Item
from members.charts import Series, Slice

KEYS = (
    "organizations_covered", "items_claimed", "problems_solved", "solve_rate", "activities_held", "meetings_held",
    "service_person_times",
)  # fmt: skip
CITY = 4
MIDDLE, TOP = 50, 100
"""On the radar the median of the peers lies half way out, and twice the median or more at the rim."""


@dataclass(frozen=True, slots=True)
class Axis:
    """A figure of the alliance and the median of its peers (None where fewer than five of them have it)."""

    label: str
    unit: str
    value: str
    middle: str
    reach: float | None

    @property
    def drawn(self) -> bool:
        """Nothing is twice a median of nothing."""
        return self.reach is not None


@dataclass(frozen=True)
class Profile:
    """``peers`` None where there are fewer than five: nobody learns how many."""

    period: Period
    axes: list[Axis]
    peers: int | None
    months: list[str]
    series: list[Series]
    unfinished: bool
    loop: list[Slice]

    @property
    def labels(self) -> list[str]:
        return [axis.label for axis in self.axes if axis.drawn]

    @property
    def shapes(self) -> list[Series]:
        """Its own shape and the peers'; empty where fewer than three figures can be compared."""
        drawn = [axis for axis in self.axes if axis.drawn]
        if len(drawn) < 3:
            return []
        return [
            Series(_("本联合体"), [axis.reach for axis in drawn]),
            Series(_("同类中位数"), [MIDDLE for _axis in drawn]),
        ]

    @property
    def words(self) -> list[list[str]]:
        """What stands in the table beside the radar: the figures themselves."""
        drawn = [axis for axis in self.axes if axis.drawn]
        return [[axis.value for axis in drawn], [axis.middle for axis in drawn]]


def profile_of(alliance: Alliance, today: date) -> Profile:
    """The profile over the twelve months up to today."""
    period = year_until(today)
    peers = Alliance.objects.within(alliance.region_id[:CITY]).as_of(today).filter(form=alliance.form)
    ids = list(peers.filter(activated_on__lte=period.first).exclude(pk=alliance.pk).values_list("pk", flat=True))
    enough = len(ids) >= FEWEST
    found = {key: METRICS[key].per_alliance(period, [alliance.pk, *(ids if enough else ())]) for key in KEYS}
    own = Alliance.objects.filter(pk=alliance.pk)
    months, series, unfinished = pictures.curves(Question(alliance.region_id, period, (), own))
    passed = stages_of(period, Item.objects.filter(alliance=alliance))
    return Profile(
        period, [axis_of(key, found[key], alliance.pk) for key in KEYS], len(ids) if enough else None, months, series,
        unfinished, [Slice(str(label), passed[name]) for name, label in STAGES],
    )  # fmt: skip


def axis_of(key: str, numbers: dict[int, Number], pk: int) -> Axis:
    """One figure beside the middle of the others'."""
    metric, value = METRICS[key], numbers[pk]
    known = [number for other, number in numbers.items() if other != pk and number is not None]
    middle = median(known) if len(known) >= FEWEST else None
    reach = min(TOP, MIDDLE * (value or 0) / middle) if middle else None
    return Axis(str(metric.label), str(metric.unit), written(metric, value), written(metric, middle), reach)
