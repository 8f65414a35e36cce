"""Who hears of activities: the members of what is planned, a second person of what is recorded late."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Session
from alliances.notices.audience import address, members_of
from members.models import Step
from members.notices import Message, Writer, heads_of


def _planned(step: Step) -> Iterable[Message]:
    activity: Any = step.thing
    words = {"day": f"{activity.planned_on:%m-%d}", "title": activity.title}
    for user in heads_of(members_of(activity.alliance), step):
        yield user, _("%(day)s 有活动：%(title)s") % words, activity.get_absolute_url()


def _year_planned(step: Step) -> Iterable[Message]:
    """One message for the whole plan."""
    alliance: Any = step.thing
    words = {"alliance": alliance, "count": step.detail["count"]}
    for user in heads_of(members_of(alliance), step):
        yield user, _("“%(alliance)s”排定了%(count)s项活动。") % words, address("activities", alliance)


def _repeated(step: Step) -> Iterable[Message]:
    activity: Any = step.thing
    words = {"title": activity.title, "count": step.detail["count"]}
    for user in heads_of(members_of(activity.alliance), step):
        text = _("“%(title)s”以后还有%(count)s次，已列入计划。") % words
        yield user, text, address("activities", activity.alliance)


def _cancelled(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    for user in heads_of(members_of(thing.alliance), step):
        yield user, _("活动取消：%(title)s") % {"title": thing.title}, thing.get_absolute_url()


def _recorded(step: Step) -> Iterable[Message]:
    """A late record looks for its second person: the lead's other heads and the lead itself."""
    activity: Any = step.thing
    if not Session.objects.filter(activity=activity, late=True, confirmed_at=None).exists():
        return
    for user in heads_of([activity.alliance.lead_id], step):
        yield user, _("“%(title)s”有补录的场次，等待复核。") % {"title": activity.title}, activity.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.activity", "plan"): _planned,
    ("alliances.activity", "repeat"): _repeated,
    ("alliances.activity", "cancel"): _cancelled,
    ("alliances.activity", "hold"): _recorded,
    ("alliances.activity", "record_session"): _recorded,
    ("alliances.alliance", "plan_year"): _year_planned,
}
