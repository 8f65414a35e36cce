"""The verbs of a year's plan: templates are adopted, written, dropped; several activities are planned in one step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Activity, ActivityTemplate, Alliance
from alliances.planning import repeats
from alliances.transitions.activity import put_into_calendar
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, note
from members.models import Organization
from members.states import Refused

MOST = 100
"""More activities than this are never planned in one step."""
MOST_TEMPLATES = 40


@transaction.atomic
def adopt_templates(alliance: Alliance, *, by: Any, at: datetime) -> list[ActivityTemplate]:
    """Begin with the five ones (五个一), to be changed freely. Refused ``already_there`` where there are templates."""
    lock(alliance)
    refuse_idle(alliance)
    if alliance.activity_templates.exists():
        raise Refused("already_there", _("已经有活动模板，可以直接修改。"))
    made = [
        ActivityTemplate.objects.create(
            alliance=alliance, kind=kind, title=str(title), every=every, month=month, day=day
        )
        for kind, title, every, month, day in ActivityTemplate.FIVE_ONES
    ]
    note(alliance, "adopt_templates", at=at, by=by)
    return made


@transaction.atomic
def add_template(alliance: Alliance, *, by: Any, at: datetime, **words: Any) -> ActivityTemplate:
    """A template of the alliance's own."""
    lock(alliance)
    refuse_idle(alliance)
    if alliance.activity_templates.count() >= MOST_TEMPLATES:
        raise Refused("too_many", _("活动模板太多了，请先删去不用的。"))
    template = ActivityTemplate(alliance=alliance, **words)
    template.clean_fields(exclude=["alliance"])
    template.save()
    note(alliance, "add_template", at=at, by=by, detail={"template": template.title})
    return template


@transaction.atomic
def edit_template(template: ActivityTemplate, *, by: Any, at: datetime, **words: Any) -> ActivityTemplate:
    """What was planned from the template before stays as it is."""
    lock(template)
    refuse_idle(template.alliance)
    for name, value in words.items():
        setattr(template, name, value)
    template.clean_fields(exclude=["alliance"])
    template.save()
    note(template.alliance, "edit_template", at=at, by=by, detail={"template": template.title})
    return template


@transaction.atomic
def drop_template(template: ActivityTemplate, *, by: Any, at: datetime) -> Alliance:
    """The template is gone; what was planned from it stays."""
    alliance = template.alliance
    lock(template)
    note(alliance, "drop_template", at=at, by=by, detail={"template": template.title})
    template.delete()
    return alliance


@transaction.atomic
def plan_year(
    alliance: Alliance, *, host: Organization, activities: Iterable[Mapping[str, Any]], by: Any, at: datetime
) -> list[Activity]:
    """Plan several activities in one step, all or none; the members hear of it once.

    ``activities``: kind, title, planned_on, optionally place. Raises what ``plan`` raises.
    """
    lock(alliance)
    rows = list(activities)
    if not 1 <= len(rows) <= MOST:
        raise ValidationError(_("请选择1至%(most)s项活动。") % {"most": MOST})
    made = [put_into_calendar(alliance, host=host, verb="plan_in_series", by=by, at=at, **row) for row in rows]
    note(alliance, "plan_year", at=at, by=by, organization=host, detail={"count": len(made)})
    return made


@transaction.atomic
def repeat(activity: Activity, *, every: str, until: date, by: Any, at: datetime) -> list[Activity]:
    """Plan the same again every week, month or quarter up to ``until``; the members hear of it once."""
    if every not in {"week", "month", "quarter"}:
        raise ValidationError({"every": _("请选择每周、每月或每季度。")})
    lock(activity.alliance)
    lock(activity)
    days = repeats(activity.planned_on, every, until)
    if not 1 <= len(days) <= MOST:
        raise ValidationError({"until": _("到这一天为止没有可以排的日期，或者太多了。")})
    words: dict[str, Any] = {name: getattr(activity, name) for name in ("kind", "title", "host", "place")}
    made = [
        put_into_calendar(activity.alliance, planned_on=day, verb="plan_in_series", by=by, at=at, **words)
        for day in days
    ]
    note(activity, "repeat", at=at, by=by, organization=activity.host, detail={"count": len(made)})
    return made
