"""Terms in working days (工作日): weekends and holidays do not count, make-up days (调休) do."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError

from alliances.working_days import is_working_day


def working_days_after(day: date, days: int) -> date:
    """The day on which the given number of working days after ``day`` have passed.

    A term may run into a year whose holidays nobody has announced yet: there only weekends are known.
    """
    while days > 0:
        day += timedelta(days=1)
        try:
            days -= is_working_day(day)
        except ValidationError:
            days -= day.weekday() < 5
    return day
