"""The stretch of time of a report: a calendar month, quarter or year, named as addresses name it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from alliances.measures import Period

EARLIEST, LATEST = 2000, 2199
NAMED = re.compile(r"(\d{4})(?:-(?:q([1-4])|(0[1-9]|1[0-2])))?", re.ASCII)


class Length(StrEnum):
    """How long a span is."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class Span:
    """A calendar month, quarter or year, whole: what has not come yet is cut off by who counts."""

    length: Length
    period: Period

    @classmethod
    def named(cls, key: str) -> Span | None:
        """2019-04, 2019-q2 or 2019; None for anything else."""
        said = NAMED.fullmatch(key)
        if said is None or not EARLIEST <= int(said[1]) <= LATEST:
            return None
        year = int(said[1])
        if said[2]:
            return cls.of(Length.QUARTER, date(year, 3 * int(said[2]), 1))
        return cls.of(Length.MONTH, date(year, int(said[3]), 1)) if said[3] else cls.of(Length.YEAR, date(year, 1, 1))

    @classmethod
    def of(cls, length: Length, day: date) -> Span:
        """The span of that length that contains the day."""
        found = {Length.MONTH: Period.month_of, Length.QUARTER: Period.quarter_of, Length.YEAR: Period.year_of}
        return cls(length, found[length](day))

    @classmethod
    def last_complete(cls, length: Length, today: date) -> Span:
        """The latest one that is over."""
        return cls.of(length, cls.of(length, today).period.first - timedelta(days=1))

    @property
    def key(self) -> str:
        first = self.period.first
        if self.length is Length.QUARTER:
            return f"{first.year}-q{self.quarter}"
        return str(first.year) if self.length is Length.YEAR else f"{first:%Y-%m}"

    @property
    def quarter(self) -> int:
        return (self.period.first.month + 2) // 3

    @property
    def label(self) -> str:
        first = self.period.first
        parts = {"year": first.year, "month": first.month, "quarter": self.quarter}
        if self.length is Length.QUARTER:
            return _("%(year)s年第%(quarter)s季度") % parts
        return (_("%(year)s年") if self.length is Length.YEAR else _("%(year)s年%(month)s月")) % parts

    @property
    def before(self) -> Span:
        """The one before."""
        return Span.of(self.length, self.period.first - timedelta(days=1))

    @property
    def after(self) -> Span:
        """The one after."""
        return Span.of(self.length, self.period.last + timedelta(days=1))

    @property
    def year_before(self) -> Span:
        """The same one of the year before."""
        return Span.of(self.length, self.period.first.replace(year=self.period.first.year - 1))

    @property
    def words(self) -> tuple[str, str, str, str]:
        """How its tables call it and what it is compared with: this one, the last one, a year ago, the report."""
        return {
            Length.MONTH: (_("本月"), _("上月"), _("上年同月"), _("月报")),
            Length.QUARTER: (_("本季"), _("上季"), _("上年同季"), _("季报")),
            Length.YEAR: (_("本年"), _("上年"), _("上年"), _("年报")),
        }[self.length]


def year_until(last: date) -> Period:
    """The twelve calendar months of which the day's is the last, cut at the day."""
    number = max(last.year * 12 + last.month - 12, 12)
    return Period(date(number // 12, number % 12 + 1, 1), last)
