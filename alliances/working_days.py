"""Terms in working days (工作日): weekends and holidays do not count, make-up days (调休) do.

The days are data: the State Council's notices as the product ships them, and above them the rows that an operator
has loaded. A year is known once its 1 January is, because every notice begins with it.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from pathlib import Path
from typing import Self

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Holiday

SHIPPED = Path(__file__).parent / "data" / "holidays.csv"
DAY = timedelta(days=1)
FRIDAY = 4
OPENS, CLOSES = time(9), time(17)
"""The hours of an office, in Asia/Shanghai."""


@cache
def shipped() -> Mapping[date, bool]:
    """Day -> whether one works on it, as shipped."""
    with SHIPPED.open(encoding="utf-8", newline="") as file:
        return {date.fromisoformat(row["day"]): row["working"] == "1" for row in csv.DictReader(file)}


@dataclass(frozen=True, slots=True)
class Calendar:
    """Which days are worked. ``days`` holds those of the notices; all others follow their day of the week."""

    days: Mapping[date, bool]

    @classmethod
    def present(cls) -> Self:
        """As it is known now: one query, however many days are asked of it then."""
        return cls({**shipped(), **Holiday.objects.by_day()})

    def knows(self, year: int) -> bool:
        """Whether the notice for that year is among the data."""
        return date(year, 1, 1) in self.days

    @property
    def last_year(self) -> int:
        """The last year for which there is a notice."""
        return max(day.year for day in self.days if (day.month, day.day) == (1, 1))

    def works_on(self, day: date) -> bool:
        """Of a year without a notice only weekends are known."""
        return self.days.get(day, day.weekday() <= FRIDAY)

    def in_office_hours(self, moment: datetime) -> bool:
        """On a working day from nine to five, where the house stands."""
        here = timezone.localtime(moment)
        return self.works_on(here.date()) and OPENS <= here.time() < CLOSES

    def between(self, first: date, last: date) -> int:
        """How many working days lie after ``first`` and up to ``last``; negative where ``last`` is the earlier one."""
        if last < first:
            return -self.between(last, first)
        weeks, rest = divmod((last - first).days, 7)
        plain = 5 * weeks + sum((first.weekday() + n) % 7 <= FRIDAY for n in range(1, rest + 1))
        moved = [working - (day.weekday() <= FRIDAY) for day, working in self.days.items() if first < day <= last]
        return plain + sum(moved)

    def after(self, day: date, count: int) -> date:
        """The day on which so many working days after ``day`` have passed; with none, ``day`` itself if it is worked,
        else the next that is. A term never runs beyond the end of the calendar."""
        if count == 0 and not self.works_on(day):
            count = 1
        while count > 0 and day < date.max:
            day += DAY
            count -= self.works_on(day)
        return day

    def unannounced(self, first: date, last: date) -> list[int]:
        """The years of a term for which no notice is known yet: there only weekends are taken out."""
        return [year for year in range(first.year, last.year + 1) if not self.knows(year)]

    def comes_late(self, happened_on: date, recorded_on: date, limit: int) -> bool:
        """Whether more than ``limit`` working days have passed after the day of the event up to that of the record.

        A record within ``limit`` calendar days is never late, so it needs no holidays. Raises ValidationError,
        naming the year, where exactness needs a notice that is not known.
        """
        if (recorded_on - happened_on).days <= limit:
            return False
        day, passed = happened_on, 0
        while day < recorded_on and passed <= limit:
            day += DAY
            if not self.knows(day.year):
                words = _("系统里没有%(year)s年的放假安排，无法判断这条记录是否属于补录。")
                raise ValidationError(words, params={"year": day.year})
            passed += self.works_on(day)
        return passed > limit


def comes_late(happened_on: date, recorded_on: date, limit: int) -> bool:
    """See ``Calendar.comes_late``."""
    return Calendar.present().comes_late(happened_on, recorded_on, limit)


def working_days_after(day: date, days: int) -> date:
    """See ``Calendar.after``."""
    return Calendar.present().after(day, days)
