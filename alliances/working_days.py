"""Terms in working days (工作日): weekends and holidays do not count, make-up days (调休) do."""

from __future__ import annotations

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _


def comes_late(happened_on: date, recorded_on: date, limit: int) -> bool:
    """Whether more than ``limit`` working days have passed after the day of the event up to the day of the record.

    A record within ``limit`` calendar days is never late, so it needs no calendar of holidays. Raises
    ValidationError, naming the year, where the notices on holidays (国务院办公厅放假安排) of a year are not known.
    """
    passed, day = 0, happened_on
    if (recorded_on - happened_on).days <= limit:
        return False
    while day < recorded_on and passed <= limit:
        day += timedelta(days=1)
        passed += is_working_day(day)
    return passed > limit


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


def is_working_day(day: date) -> bool:
    """By the State Council's notices; ValidationError for a year without one."""
    from chinese_calendar import is_workday

    try:
        return bool(is_workday(day))
    except NotImplementedError as unknown:
        raise ValidationError(
            _("系统里没有%(year)s年的放假安排，无法判断这条记录是否属于补录。"), params={"year": day.year}
        ) from unknown
