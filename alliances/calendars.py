"""An account's calendar as iCalendar text: what its own alliances have planned and held, without any person's name."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from alliances.models import Activity, Alliance, Meeting

BACK, AHEAD = timedelta(days=92), timedelta(days=366)
MOST = 1000
"""Of each noun; who governs a town with more sees the nearest."""
LENGTH = timedelta(hours=2)
"""A calendar program wants an end; nobody is asked for one."""


def calendar_of(user: Any, *, today: date, site: str) -> bytes:
    """The feed's text. ``site`` is the address of the house: links lead to pages that ask for a log-in."""
    calendar = Calendar()
    calendar.add("prodid", "-//Party-building alliances//calendar//ZH")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("党建联合体日程"))
    calendar.add("x-wr-timezone", "Asia/Shanghai")
    own = Alliance.objects.subscribed_by(user).values("pk")
    days = (today - BACK, today + AHEAD)
    for activity in _within(Activity.objects.visible_to(user).filter(alliance__in=own), days):
        calendar.add_component(_event(activity, "activity", site))
    for meeting in _within(Meeting.objects.visible_to(user).filter(alliance__in=own), days):
        calendar.add_component(_event(meeting, "meeting", site))
    return calendar.to_ical()


def _within(things: QuerySet, days: tuple[date, date]) -> QuerySet:
    return things.filter(planned_on__range=days).select_related("alliance").order_by("-planned_on", "-pk")[:MOST]


def _event(thing: Any, noun: str, site: str) -> Event:
    """An activity or a meeting with a time lasts two hours; any other the whole day."""
    event = Event()
    begins_at = getattr(thing, "begins_at", None)
    event.add("uid", f"{noun}-{thing.pk}@{site.partition('://')[2]}")
    event.add("dtstamp", thing.updated_at)
    event.add("last-modified", thing.updated_at)
    if begins_at is None:
        event.add("dtstart", thing.planned_on)
        event.add("dtend", thing.planned_on + timedelta(days=1))
    else:
        starts = timezone.make_aware(datetime.combine(thing.planned_on, begins_at)).astimezone(UTC)
        event.add("dtstart", starts)
        event.add("dtend", starts + LENGTH)
    event.add("summary", thing.title)
    event.add("description", f"{thing.alliance.name} · {thing.get_kind_display()} · {thing.get_state_display()}")
    if thing.place:
        event.add("location", thing.place)
    event.add("status", "CANCELLED" if thing.state == "cancelled" else "CONFIRMED")
    event.add("url", f"{site}{thing.get_absolute_url()}")
    return event
