"""The month: what is planned and held, as a calendar at the desk and day by day on the phone, and the list below."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, F, QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from alliances.filters import ActivityFilter, last_day, month_of
from alliances.models import Activity, Alliance, Meeting, Session
from members.pages import ListPage

SHOWN_A_DAY = 3
ASKED = ("q", "kind", "state", "on", "view", "alliance", "region", "cursor")
"""Whoever asks for one of these looks beyond the month."""


@dataclass(slots=True)
class Day:
    """A day of the calendar: its meetings and the first few activities, and how many more."""

    on: date
    outside: bool
    today: bool
    meetings: list[Meeting] = field(default_factory=list)
    activities: list[Activity] = field(default_factory=list)
    more: int = 0

    @property
    def busy(self) -> bool:
        return bool(self.meetings or self.activities)


class ActivityListView(ListPage):
    """The month as a calendar, and the list below it."""

    model = Activity
    filterset_class = ActivityFilter
    ordering = ("-planned_on", "-id")
    template_name = "activities/activity_list.html"

    def get_queryset(self) -> QuerySet:
        """The month that is shown, unless something else is asked for."""
        found = super().get_queryset().select_related("alliance", "host").annotate(held=Count("sessions"))
        if any(self.request.GET.get(name) for name in ASKED):
            return found
        first = month_of(self.request.GET.get("month", "")) or timezone.localdate().replace(day=1)
        return found.filter(planned_on__range=(first, last_day(first)))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        month = month_of(self.request.GET.get("month", "")) or today.replace(day=1)
        weeks = self.weeks(month, today)
        return super().get_context_data(**kwargs) | {
            "month": month,
            "weeks": weeks,
            "busy": [day for week in weeks for day in week if day.busy and not day.outside],
            "before": self.address((month - timedelta(days=1)).replace(day=1)),
            "after": self.address(last_day(month) + timedelta(days=1)),
            "now": "" if month == today.replace(day=1) else self.address(today.replace(day=1)),
            "waiting": Session.objects.confirmable_by(user).count(),
            "arranges": Alliance.objects.arrangeable_by(user).first(),
        }

    def weeks(self, month: date, today: date) -> list[list[Day]]:
        """The weeks of the month, Monday first, with what the list's filters leave, but for its month and day."""
        days = {
            on: Day(on, on.month != month.month, on == today)
            for on in Calendar().itermonthdates(month.year, month.month)
        }
        for activity in self.of_days(month):
            days[activity.planned_on].activities.append(activity)
            days[activity.planned_on].more = activity.that_day - activity.place_of_day
        for on, meetings in self.meetings(month).items():
            days[on].meetings = meetings
        ordered = list(days.values())
        return [ordered[start : start + 7] for start in range(0, len(ordered), 7)]

    def of_days(self, month: date) -> QuerySet:
        """The first few activities of each day, with ``that_day``: how many there are."""
        scope = Activity.objects.visible_to(self.request.user).filter(planned_on__range=(month, last_day(month)))
        chosen = ActivityFilter(self.asked("month", "on", "cursor"), queryset=scope, request=self.request)
        rows = chosen.qs if chosen.is_valid() else scope.none()
        ranked = rows.order_by("planned_on", "pk").annotate(
            place_of_day=Window(RowNumber(), partition_by="planned_on", order_by="pk"),
            that_day=Window(Count("pk"), partition_by="planned_on"),
        )
        return ranked.filter(place_of_day__lte=SHOWN_A_DAY).only("pk", "title", "planned_on", "state")

    def meetings(self, month: date) -> dict[date, list[Meeting]]:
        """The meetings of one's own alliances by day; none where the list is filtered by what meetings do not have."""
        if self.asked("month", "on", "cursor", "page_size"):
            return {}
        own = Alliance.objects.subscribed_by(self.request.user)
        rows = Meeting.objects.filter(alliance__in=own.values("pk"), planned_on__range=(month, last_day(month)))
        found: dict[date, list[Meeting]] = defaultdict(list)
        for meeting in rows.order_by("planned_on", F("begins_at").asc(nulls_last=True), "pk"):
            found[meeting.planned_on].append(meeting)
        return found

    def asked(self, *without: str) -> Any:
        """The query without some of its names."""
        query = self.request.GET.copy()
        for name in without:
            query.pop(name, None)
        return query

    def address(self, month: date) -> str:
        """The same list in another month."""
        query = self.asked("on", "cursor")
        query["month"] = f"{month:%Y-%m}"
        return f"?{query.urlencode()}"
