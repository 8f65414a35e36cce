"""Office hours: when people may be disturbed outside of the inbox."""

from __future__ import annotations

from datetime import datetime

from django.utils.timezone import localtime

from alliances.working_days import Calendar

BEGIN, END = 8, 18


def is_quiet(at: datetime) -> bool:
    """Nights, weekends, holidays; make-up days are working days. Of a year without a notice only weekends are known."""
    moment = localtime(at)
    if not BEGIN <= moment.hour < END:
        return True
    return not Calendar.present().works_on(moment.date())
