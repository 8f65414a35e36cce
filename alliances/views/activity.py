"""Pages of activities: one activity, and a page for each verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, Prefetch, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.activity import HoldForm, PlanForm
from alliances.models import Activity, Alliance, Attendance
from alliances.transitions import cancel, hold, plan
from alliances.views.tabs import tabs_of
from alliances.words import ACTIVITY_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ReasonForm, VerbPage
from members.words import events_of


class ActivityDetailView(DetailPage):
    """One activity: when, where, by whom; its sessions, who came, how many served."""

    model = Activity
    context_object_name = "activity"
    template_name = "activities/activity_detail.html"

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things.with_counts().select_related("alliance", "host")

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
            events=events_of(Step.objects.of(self.object).with_actors()),
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
