"""Pages of activities: the month, one activity, and a page for each verb."""

from __future__ import annotations

from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import Count, Prefetch, QuerySet, Window
from django.db.models.functions import RowNumber
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import ActivityFilter, last_day, month_of
from alliances.forms.activity import HoldForm, PlanForm, ServeForm
from alliances.models import Activity, Alliance, Attendance, Session
from alliances.transitions import cancel, confirm_session, hold, plan, serve
from alliances.views.tabs import tabs_of
from alliances.words import ACTIVITY_BUTTONS, events_of
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage

SHOWN_A_DAY = 3


@dataclass(slots=True)
class Day:
    """A day of the calendar: the first few activities, and how many more."""

    on: date
    outside: bool
    today: bool
    activities: list[Activity] = field(default_factory=list)
    more: int = 0


class ActivityListView(ListPage):
    """The month as a calendar, and the list below it."""

    model = Activity
    filterset_class = ActivityFilter
    ordering = ("-planned_on", "-id")
    template_name = "activities/activity_list.html"

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset()
        self.found = found
        return found.select_related("alliance", "host").annotate(held=Count("sessions"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("month", "")
        month = month_of(asked) or timezone.localdate().replace(day=1)
        context = super().get_context_data(**kwargs)
        waiting = Session.objects.confirmable_by(self.request.user).count()
        after = last_day(month) + timedelta(days=1)
        return context | {
            "month": month,
            "weeks": self.weeks(month),
            "before": self.address((month - timedelta(days=1)).replace(day=1)),
            "after": self.address(after),
            "waiting": waiting,
        }

    def weeks(self, month: date) -> list[list[Day]]:
        """The weeks of the month, Monday first, with the activities of the list's filters but its month and day."""
        query = self.request.GET.copy()
        for name in ("month", "on", "cursor"):
            query.pop(name, None)
        scope = Activity.objects.visible_to(self.request.user).filter(planned_on__range=(month, last_day(month)))
        chosen = ActivityFilter(query, queryset=scope, request=self.request)
        rows = chosen.qs if chosen.is_valid() else scope.none()
        ranked = rows.order_by("planned_on", "pk").annotate(
            place_of_day=Window(RowNumber(), partition_by="planned_on", order_by="pk"),
            that_day=Window(Count("pk"), partition_by="planned_on"),
        )
        days: dict[date, list[Activity]] = defaultdict(list)
        for activity in ranked.filter(place_of_day__lte=SHOWN_A_DAY).only("pk", "title", "planned_on", "state"):
            days[activity.planned_on].append(activity)
        today = timezone.localdate()
        return [
            [
                Day(
                    on,
                    on.month != month.month,
                    on == today,
                    days[on],
                    days[on][0].that_day - len(days[on]) if days[on] else 0,  # type: ignore[attr-defined]
                )
                for on in week
            ]
            for week in Calendar().monthdatescalendar(month.year, month.month)
        ]

    def address(self, month: date) -> str:
        """The same list in another month."""
        query = self.request.GET.copy()
        for name in ("on", "cursor"):
            query.pop(name, None)
        query["month"] = f"{month:%Y-%m}"
        return f"?{query.urlencode()}"


class ActivityDetailView(DetailPage):
    """One activity: when, where, by whom; its sessions, who came, how many served."""

    model = Activity
    context_object_name = "activity"
    template_name = "activities/activity_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "host")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        came = Prefetch("attendances", Attendance.objects.select_related("organization"))
        sessions = self.object.sessions.annotate(served=Count("service_records")).prefetch_related(came)
        ids = self.object.sessions.order_by()
        return super().get_context_data(
            thing=self.object,
            tabs=tabs_of(self.object.alliance, "activities"),
            buttons=buttons_for(self.object, user, ACTIVITY_BUTTONS),
            sessions=sessions.select_related("recorded_by", "confirmed_by"),
            confirmable=set(ids.confirmable_by(user).values_list("pk", flat=True)),
            servable=set(ids.servable_by(user).values_list("pk", flat=True)),
            events=events_of(Step.objects.of(self.object).select_related("by", "client", "organization")),
            **kwargs,
        )


class AlliancePlanView(VerbPage):
    """Plan an activity of one alliance."""

    model = Alliance
    able, who = "plannable_by", "conducted_by"
    form_class = PlanForm
    template_name = "alliances/alliance_plan.html"
    done = _("活动已列入计划。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"host": self.thing.lead_id, "planned_on": timezone.localdate()}

    def speak(self, form: forms.Form) -> Any:
        return plan(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str((self.result if hasattr(self, "result") else self.thing).get_absolute_url())


class ActivityVerbView(VerbPage):
    model = Activity
    who = "conducted_by"
    template_name = "activities/activity_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "host")


class ActivityHoldView(ActivityVerbView):
    able, form_class = "holdable_by", HoldForm
    template_name = "activities/activity_hold.html"
    title, button, done = _("记录开展情况"), _("保存记录"), _("已记录。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "activity": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": min(self.thing.planned_on, timezone.localdate())}

    def speak(self, form: forms.Form) -> Any:
        return hold(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class ActivityCancelView(ActivityVerbView):
    able, form_class = "cancellable_by", ReasonForm
    title, button, done, danger = _("取消活动"), _("取消活动"), _("活动已取消。"), True

    def speak(self, form: forms.Form) -> Any:
        return cancel(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class SessionVerbView(VerbPage):
    """A verb on one session."""

    model = Session
    template_name = "activities/session_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("activity", "recorded_by")

    def get_success_url(self) -> str:
        return reverse("activities:detail", args=[self.thing.activity_id])


class SessionConfirmView(SessionVerbView):
    able, who = "confirmable_by", "vouched_for_by"
    title, button, done = _("复核补录"), _("情况属实，复核通过"), _("已复核，这一场次计入统计。")
    explain = _("这一场次是事后补录的。由录入人以外的同志复核后才计入统计。")

    def speak(self, form: forms.Form) -> Any:
        return confirm_session(self.thing, by=self.request.user, at=timezone.now())


class SessionServeView(SessionVerbView):
    able, form_class = "servable_by", ServeForm
    title, button, done = _("登记服务党员"), _("保存"), _("已登记。")
    explain = _("勾选本组织参加服务的党员，人次由系统计数。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def speak(self, form: forms.Form) -> Any:
        return serve(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
