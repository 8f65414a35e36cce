"""What a metric is: one definition of a figure, from which come an alliance's own number, a region's total, the groups,
the month's curve, the yearly score and the review's evidence.

Days are always passed in. A *stock* is taken at the end of ``period.last``, all else over the days of the period.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import partial
from typing import Any, Self

from django.db.models import (
    Aggregate,
    Avg,
    CharField,
    Count,
    DecimalField,
    Exists,
    F,
    FloatField,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import NullIf, Substr, TruncMonth
from django.utils import timezone
from django.utils.functional import Promise

from members.models.region import child_length
from members.scope import under

Number = int | float | None
Groups = dict[str | None, Number]

OWN_CLASSES = ("mode", "form")
GROUPS = ("region", "mode", "chain", "form", "kind", "month")
NUMERATOR, DENOMINATOR = "_numerator", "_denominator"
"""What a rate's two counts are called after its key."""


@dataclass(frozen=True, slots=True)
class Period:
    """From ``first`` to ``last``, both days included. Nothing lies in a period that ends before it begins."""

    first: date
    last: date

    @classmethod
    def year_of(cls, day: date) -> Self:
        """The calendar year that contains the day."""
        return cls(date(day.year, 1, 1), date(day.year, 12, 31))

    @classmethod
    def quarter_of(cls, day: date) -> Self:
        """The calendar quarter that contains the day."""
        month = 3 * ((day.month - 1) // 3)
        return cls(date(day.year, month + 1, 1), month_end(day.year, month + 3))

    @classmethod
    def month_of(cls, day: date) -> Self:
        """The calendar month that contains the day."""
        return cls(day.replace(day=1), month_end(day.year, day.month))

    def until(self, day: date) -> Period:
        """The same period, cut off at the end of that day."""
        return Period(self.first, min(self.last, day))

    def a_year_before(self) -> Period:
        """The same days of the year before; of 29 February the 28th."""
        return Period(*(_year_back(day) for day in self.days))

    def months(self) -> list[Period]:
        """The calendar months that it touches, the first and the last cut to its own days."""
        first, last = ((day.year * 12 + day.month - 1) for day in (self.first, self.last))
        return [self._month(*divmod(number, 12)) for number in range(first, last + 1)]

    @property
    def label(self) -> str:
        """The month of its first day: 2019-04."""
        return f"{self.first.year:04d}-{self.first.month:02d}"

    @property
    def days(self) -> tuple[date, date]:
        """For a ``__range`` lookup."""
        return self.first, self.last

    @property
    def end(self) -> datetime:
        """The last moment of its last day."""
        return end_of(self.last)

    def _month(self, year: int, month: int) -> Period:
        return Period(max(self.first, date(year, month + 1, 1)), min(self.last, month_end(year, month + 1)))


def month_end(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def end_of(day: date) -> datetime:
    """The last moment of a day in the time zone of the settings (Asia/Shanghai)."""
    return timezone.make_aware(datetime.combine(day, time.max))


def _year_back(day: date) -> date:
    return day.replace(year=max(day.year - 1, 1), day=28 if (day.month, day.day) == (2, 29) else day.day)


class Nature(StrEnum):
    STOCK = "stock"
    FLOW = "flow"
    RATE = "rate"
    MEDIAN = "median"


class DaysBetween(Func):
    """Calendar days from the second date to the first, as an integer."""

    arg_joiner = " - "
    template = "(%(expressions)s)"
    output_field = IntegerField()


class Median(Aggregate):
    """The middle value; between two middle values their mean. None where there is no row."""

    function = "PERCENTILE_CONT"
    name = "Median"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


ROWS = Count("*")
EVERY = Q()
"""No row is left out."""


@dataclass(frozen=True, kw_only=True, eq=False)
class Metric:
    """One figure, defined once, and therefore equal to itself alone.

    ``rows(period)`` are the rows that count, ``measure`` what is measured of them. ``region``, ``alliance``, ``kind``
    and ``day`` are paths from a row to its division code, its alliance ("pk" for an alliance itself), the kind of
    its list and the day of the event. ``alliance`` None: the row gives its own region, and groups by mode, chain or
    form put it under code None; the same holds for ``kind``. A stock has no ``day``.
    ``where``: of the rows only these are measured; so a numerator is counted with its rate in one statement.
    ``additive``: the rows of a grouping sum to the whole. ``persons``: it counts people, so that a key does not see
    numbers under five.
    """

    key: str
    label: str | Promise
    unit: str | Promise
    definition: str | Promise
    nature: Nature
    rows: Callable[[Period], QuerySet]
    region: str = "region"
    alliance: str | None = "alliance"
    kind: str | None = None
    day: str | None = None
    measure: Aggregate = ROWS
    where: Q = EVERY
    additive: bool = True
    persons: bool = False

    def total(self, period: Period, code: str, alliances: QuerySet | None = None, kind: str = "") -> Number:
        """The figure of the region and everything beneath it; with ``alliances`` of those among them only, with
        ``kind`` of the lists of that kind only."""
        return self.number(self._counted(period, code, alliances, kind).aggregate(value=self.measure)["value"])

    def behind(
        self, period: Period, code: str, alliances: QuerySet | None = None, kind: str = "", *, own: bool = False
    ) -> QuerySet:
        """The rows that the total counts, each once: its things themselves where a distinct count counts things.

        ``counts_as`` is what a row brings in: 1 or 0 to a rate, days to a median, yuan to a sum of money; other rows
        bring in one each and have none. With ``own`` only those of the region's own level.
        """
        rows = self._counted(period, code, alliances, kind)
        if own:
            rows = rows.filter(**{self.region: code})
        if self.once:
            return _related(rows.model, self.once)._default_manager.filter(pk__in=rows.values(self.once))
        if isinstance(self.measure, Count):
            return rows
        return rows.annotate(counts_as=self.measure.get_source_expressions()[0])

    def by(self, period: Period, code: str, group: str, alliances: QuerySet | None = None, kind: str = "") -> Groups:
        """The figure by ``group`` (one of GROUPS): class code -> number; what has no class stands under None.

        By region: the next level, and the region's own code for what sits at that level. An alliance on several
        chains stands under each. By month: "2019-04" -> number; a stock's is its value on the month's last day of
        the period. Empty groups may be absent.
        """
        if group == "month":
            return self._by_month(period, code, alliances, kind)
        into = self._class(group, code)
        if into is None:
            return {None: self.total(period, code, alliances, kind)}
        return self._grouped(self._counted(period, code, alliances, kind), into)

    def per_alliance(
        self, period: Period, alliances: QuerySet | Collection[int], kind: str = ""
    ) -> dict[int, Number]:
        """Each alliance's own number, for every alliance given (a queryset, or ids)."""
        ids = list(alliances.values_list("pk", flat=True)) if isinstance(alliances, QuerySet) else list(alliances)
        if self.alliance is None:
            return dict.fromkeys(ids, self.nothing)
        rows = self._of_kind(self.rows(period).filter(self.where), kind)
        found = rows.filter(**{f"{self.alliance}__in": ids}).order_by().values_list(self.alliance)
        numbers = {pk: self.number(value) for pk, value in found.annotate(value=self.measure)}
        return {pk: numbers.get(pk, self.nothing) for pk in ids}

    def sums(self, group: str) -> bool:
        """Whether the groups' numbers add up to the whole."""
        return self.additive and group != "chain" and (group != "month" or self.nature is Nature.FLOW)

    @property
    def once(self) -> str:
        """The path to what is counted once however many rows it has; empty where every row counts."""
        return self.measure.get_source_expressions()[0].name if getattr(self.measure, "distinct", False) else ""

    @property
    def nothing(self) -> Number:
        """The figure of no rows at all: none for a rate or a median."""
        return None if self.nature in {Nature.RATE, Nature.MEDIAN} else 0

    def number(self, value: Any) -> Number:
        """A measured value as it is shown: counts whole, rates with four places, yuan with their cents if any."""
        if value is None:
            return self.nothing
        if self.nature is Nature.RATE:
            return float(Decimal(value).quantize(Decimal("0.0001"), ROUND_HALF_UP))
        return float(value) if self.nature is Nature.MEDIAN or value != int(value) else int(value)

    def numbers(self, values: Sequence[Any]) -> Sequence[Number]:
        """Measured values as they are shown; what a count says is whole already."""
        return values if isinstance(self.measure, Count) else [self.number(value) for value in values]

    @property
    def family(self) -> tuple[Any, ...]:
        """Metrics of one family measure the same rows, each in its own way."""
        return self.rows, self.region, self.alliance, self.kind

    @property
    def measured(self) -> Aggregate:
        """The measure as one of several over all rows of the family."""
        if not self.where:
            return self.measure
        _path, args, kwargs = Count("pk").deconstruct() if self.measure is ROWS else self.measure.deconstruct()
        return type(self.measure)(*args, **kwargs, filter=self.where)

    def _counted(self, period: Period, code: str, alliances: QuerySet | None, kind: str = "") -> QuerySet:
        return self.every(period, code, alliances, kind).filter(self.where)

    def every(self, period: Period, code: str, alliances: QuerySet | None, kind: str = "") -> QuerySet:
        """The rows of the family that belong to what is asked."""
        rows = self._of_kind(self.rows(period).filter(under(code, self.region)).order_by(), kind)
        if alliances is None:
            return rows
        if self.alliance is None:
            return rows.none()
        return rows.filter(**{f"{self.alliance}__in": alliances.order_by().values("pk")})

    def _of_kind(self, rows: QuerySet, kind: str) -> QuerySet:
        if not kind:
            return rows
        return rows.filter(**{self.kind: kind}) if self.kind else rows.none()

    def _class(self, group: str, code: str) -> Combinable | None:
        """The expression that says in which class a row stands; None where no row has one."""
        if group == "region":
            return Substr(self.region, 1, child_length(code) or len(code))
        if group == "kind":
            return F(self.kind) if self.kind else None
        if self.alliance is None:
            return None
        prefix = "" if self.alliance == "pk" else f"{self.alliance}__"
        return NullIf(F(f"{prefix}{group}"), Value("")) if group in OWN_CLASSES else F(f"{prefix}chains__kind")

    def _grouped(self, rows: QuerySet, into: Combinable) -> Groups:
        found = rows.annotate(in_group=into).values("in_group").annotate(value=self.measure)
        return {group: self.number(value) for group, value in found.values_list("in_group", "value")}

    def _by_month(self, period: Period, code: str, alliances: QuerySet | None, kind: str) -> Groups:
        if self.day is None:
            return self._at_month_ends(period, code, alliances, kind)
        found = self._grouped(self._counted(period, code, alliances, kind), TruncMonth(self.day))
        return {f"{month:%Y-%m}": number for month, number in found.items() if isinstance(month, date)}

    def _at_month_ends(self, period: Period, code: str, alliances: QuerySet | None, kind: str) -> Groups:
        """One statement for all months: a stock is counted anew at each month's end."""
        counted = partial(self._counted, code=code, alliances=alliances, kind=kind)
        arms = [
            counted(month).annotate(month=Value(month.label, CharField())).values("month").annotate(value=self.measure)
            for month in period.months()
        ]
        if not arms:
            return {}
        found = arms[0].union(*arms[1:], all=True) if len(arms) > 1 else arms[0]
        return {row["month"]: self.number(row["value"]) for row in found}


def _related(model: Any, path: str) -> Any:
    """The model at the end of a path of relations."""
    for name in path.split("__"):
        model = model._meta.get_field(name).related_model
    return model


Words = tuple[str | Promise, str | Promise, str | Promise]


def rate(
    key: str,
    labels: Words,
    definitions: Words,
    unit: str | Promise,
    rows: Callable[[Period], QuerySet],
    hit: str,
    *,
    nature: Nature = Nature.FLOW,
    **paths: Any,
) -> tuple[Metric, Metric, Metric]:
    """A rate, its numerator and its denominator: the share of the rows whose annotation ``hit`` is 1, and not 0.

    ``labels`` and ``definitions`` are those of the three in this order; ``unit`` and ``nature`` those of the two
    counts, which add up. ``paths`` are a Metric's.
    """
    parts: dict[str, Any] = {"unit": unit, "nature": nature, **paths}
    return (
        Metric(
            key=key, label=labels[0], unit="", definition=definitions[0], nature=Nature.RATE, rows=rows,
            measure=Avg(hit, output_field=DecimalField()), additive=False, **paths,
        ),
        Metric(
            key=key + NUMERATOR, label=labels[1], definition=definitions[1],
            rows=rows, where=Q(**{hit: 1}), **parts,
        ),
        Metric(key=key + DENOMINATOR, label=labels[2], definition=definitions[2], rows=rows, **parts),
    )  # fmt: skip


def first_of_its_alliance(rows: QuerySet, day: str) -> QuerySet:
    """Of the given rows (one period's) the earliest of each alliance: what happens twice in it counts once."""
    earlier = Q(**{f"{day}__lt": OuterRef(day)}) | Q(**{day: OuterRef(day), "pk__lt": OuterRef("pk")})
    return rows.filter(~Exists(rows.order_by().filter(earlier, alliance=OuterRef("alliance"))))
