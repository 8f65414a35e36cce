"""What the dynamic review measures of every alliance: figures of the house, and what only makes sense for one alliance.

``columns_of`` takes all of them for a batch with a fixed number of statements. Days are always passed in.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from django.db.models import Max
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.counting import per_alliance, spanning
from alliances.measures import Metric, Nature, Period, month_end
from alliances.metrics import sessions_held
from assessments.models import AllianceScore
from assessments.statistics import METRICS
from listings.metrics.in_hand import IN_HAND_METRICS

Columns = dict[str, dict[int, Any]]


class Reviewed(Protocol):
    """What a review must know of an alliance to measure and to judge it."""

    @property
    def pk(self) -> int: ...
    @property
    def region_id(self) -> str: ...
    @property
    def activated_on(self) -> date | None: ...


@dataclass(frozen=True, kw_only=True)
class Gauge:
    """A measure of one alliance that is no figure of a region. ``of`` names the figure that it is made of."""

    key: str
    label: str | Promise
    unit: str | Promise
    definition: str | Promise
    nature: Nature
    of: str = ""


COUNTED = (
    "organizations_covered",
    "listings_signed",
    "items_open",
    "items_claimed",
    "problems_solved",
    "solve_rate",
    "solve_rate_numerator",
    "solve_rate_denominator",
    "median_days_to_solve",
    "activities_held",
    "theme_days_held",
    "meetings_held",
)
"""The figures of the house that a review takes of every alliance."""

IDLE = "months_idle"
OVERDUE = "overdue_rate"
EVALUATION = "members_evaluation"
"""The members' mean in the latest yearly result published by the cut-off day."""

GROWING = ("items_claimed", "problems_solved", "activities_held")
"""Of which the growth is taken, against the quarter before and against the same days of the year before."""

ON_QUARTER, ON_YEAR = "_on_quarter", "_on_year"

_TERMS = {metric.key: metric for metric in IN_HAND_METRICS}


def _growth(key: str, suffix: str, words: Any, definition: Any) -> Gauge:
    label = METRICS[key].label
    return Gauge(key=key + suffix, label=words % {"figure": label}, unit="", definition=definition % {"figure": label},
                 nature=Nature.RATE, of=key)  # fmt: skip


_ON_QUARTER = _("“%(figure)s”比上一季度增减的比例；上一季度为 0、或季度开始时还没有运行的，无此数。")
_ON_YEAR = _("“%(figure)s”比上年同期增减的比例；上年同期为 0、或那时还没有运行的，无此数。")

GAUGES: Mapping[str, Metric | Gauge] = {
    **{key: METRICS[key] for key in COUNTED},
    **_TERMS,
    OVERDUE: Gauge(
        key=OVERDUE,
        label=_("逾期占比"),
        unit="",
        definition=_("截止日办理中的事项里，已逾期的比例；没有办理中的事项时无此数。"),
        nature=Nature.RATE,
        of="items_overdue",
    ),
    IDLE: Gauge(
        key=IDLE,
        label=_("没有活动的时间"),
        unit=_("个月"),
        definition=_("从最近一场活动到截止日满了几个月；补录的场次经复核才算。从未开展过的，从设立之日算起。"),
        nature=Nature.STOCK,
        of="activities_held",
    ),
    **{f"{key}{ON_QUARTER}": _growth(key, ON_QUARTER, _("%(figure)s环比"), _ON_QUARTER) for key in GROWING},
    **{f"{key}{ON_YEAR}": _growth(key, ON_YEAR, _("%(figure)s同比"), _ON_YEAR) for key in GROWING},
    EVALUATION: Gauge(
        key=EVALUATION,
        label=_("成员评价（上年度）"),
        unit=_("分"),
        definition=_("截止日前最近一次公布的年度考核中，成员党组织评价的平均分；评价不足三家的无此数。"),
        nature=Nature.STOCK,
    ),
}
"""Every measure that a rule may name, in the order in which it is listed everywhere."""

SIGNED = frozenset(key for key in GAUGES if key.endswith((ON_QUARTER, ON_YEAR)))
"""Those that may lie below zero."""


def columns_of(alliances: Sequence[Reviewed], period: Period) -> Columns:
    """Key -> alliance id -> value (None = there is none), for every measure."""
    ids = [alliance.pk for alliance in alliances]
    columns: Columns = {**per_alliance([*(METRICS[key] for key in COUNTED), *_TERMS.values()], period, ids)}
    hand, late = columns["items_in_hand"], columns["items_overdue"]
    columns[OVERDUE] = {pk: share(late[pk], hand[pk]) for pk in ids}
    columns[IDLE] = months_idle(alliances, period.last)
    for suffix, base in ((ON_QUARTER, quarter_before(period)), (ON_YEAR, year_before(period))):
        ran = {a.pk for a in alliances if a.activated_on is not None and a.activated_on <= base.first}
        for key, before in per_alliance((METRICS[key] for key in GROWING), base, ids).items():
            now = columns[key]
            columns[key + suffix] = {pk: share(now[pk] - before[pk], before[pk]) if pk in ran else None for pk in ids}
    columns[EVALUATION] = evaluations(ids, period.last)
    return columns


def share(part: Any, whole: Any) -> float | None:
    """A part of a whole, both whole numbers, with four places, halves away from zero; None of nothing."""
    if not whole:
        return None
    size = (20_000 * abs(part) + whole) // (2 * whole) / 10_000
    return size if part >= 0 else -size


def months_idle(alliances: Sequence[Reviewed], day: date) -> dict[int, int | None]:
    """Whole months from the last session up to that day; of who never had one, since it runs."""
    held = sessions_held(Period(date.min, day)).filter(spanning("activity__alliance", [one.pk for one in alliances]))
    last = dict(held.order_by().values_list("activity__alliance").annotate(last=Max("held_on")))
    return {a.pk: whole_months(last.get(a.pk) or a.activated_on, day) for a in alliances}


def whole_months(since: date | None, day: date) -> int | None:
    """How many months are full: from 31 March to 30 June they are three. None since never."""
    if since is None:
        return None
    months = (day.year - since.year) * 12 + day.month - since.month
    return months - (day.day < since.day and day < month_end(day.year, day.month))


def quarter_before(period: Period) -> Period:
    """As many days of the quarter before; the whole of it for a whole quarter."""
    base = Period.quarter_of(period.first - timedelta(days=1))
    if period == Period.quarter_of(period.first):
        return base
    return base.until(base.first + (period.last - period.first))


def year_before(period: Period) -> Period:
    """The same days of the year before; 29 February becomes 28."""
    return Period(*(day.replace(year=day.year - 1, day=min(day.day, month_end(day.year - 1, day.month).day))
                    for day in period.days))  # fmt: skip


def evaluations(ids: Sequence[int], day: date) -> dict[int, float]:
    """The members' mean of each alliance in the latest result published by that day; who has none is left out."""
    published = AllianceScore.objects.filter(scheme__published_on__lte=day, evaluation__isnull=False)
    theirs = published.filter(spanning("alliance", ids))
    latest = theirs.order_by("alliance_id", "-scheme__year").distinct("alliance_id")
    return {pk: float(str(mean)) for pk, mean in latest.values_list("alliance_id", "evaluation")}
