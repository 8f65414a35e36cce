"""What the templates of an alliance propose for a year, beside what is planned and held already."""

from __future__ import annotations

from datetime import date, timedelta

from alliances.models import Activity, Alliance
from alliances.planning import Proposed, year_plan
from alliances.transitions.activity import FURTHEST


def proposed_for(alliance: Alliance, year: int, today: date) -> list[Proposed]:
    """Only days that may still be planned: from tomorrow on, within a year. Who has long been founded is not founded
    again."""
    first = max(today + timedelta(days=1), alliance.activated_on or today)
    templates = alliance.activity_templates.all()
    if alliance.activated_on and alliance.activated_on.year < year:
        templates = templates.exclude(kind=Activity.Kind.FOUNDING_MEETING)
    there = alliance.activities.exclude(state="cancelled").values_list("kind", "planned_on")
    return year_plan(templates, year, (first, today + FURTHEST), list(there))
