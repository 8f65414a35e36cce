"""Office hours: when people may be disturbed outside of the inbox."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.timezone import localtime

from alliances.working_days import Calendar
from listings.models import Call, Whistle
from members.models import Step

BEGIN, END = 8, 18
CALLING = frozenset({"blow", "approve", "call_in"})


def is_quiet(at: datetime) -> bool:
    """Nights, weekends, holidays; make-up days are working days. Of a year without a notice only weekends are known."""
    moment = localtime(at)
    if not BEGIN <= moment.hour < END:
        return True
    return not Calendar.present().works_on(moment.date())


def is_urgent(step: Step) -> bool:
    """A whistle for an emergency (应急处置): it is told at any hour to the head who lets it sound and to the called."""
    thing: Any = step.thing
    whistle = thing.whistle if isinstance(thing, Call) else thing
    return isinstance(whistle, Whistle) and whistle.reason == Whistle.Reason.EMERGENCY and step.verb in CALLING
