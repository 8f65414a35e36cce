"""Working days (工作日): weekends and holidays are none, make-up days (调休) are."""

from __future__ import annotations

from datetime import date, timedelta


def is_working_day(day: date) -> bool:
    """By the State Council's notice for the year; years without a notice yet know only weekends."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days_after(day: date, days: int) -> date:
    """The day on which the given number of working days after ``day`` have passed."""
    while days > 0:
        day += timedelta(days=1)
        days -= is_working_day(day)
    return day
