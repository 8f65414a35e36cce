"""Pages of meetings: the list, an alliance's own, and a page for each verb. One meeting's own page stands with the
lists, because it shows the items that the decisions became."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Count, F, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import MeetingFilter
from alliances.forms.meeting import ConveneForm, HoldMeetingForm, MinutesForm, TopicForm
from alliances.models import Alliance, Meeting, Topic
from alliances.transitions import (
    advance_topic,
    cancel_meeting,
    confirm_meeting,
    convene,
    hold_meeting,
    propose_topic,
    strike_topic,
    write_minutes,
)
from alliances.views.alliance import AlliancePage
from alliances.words import MEETINGS_BUTTONS
from members.pages import ListPage, ReasonForm, VerbPage

SHOWN = 50


def counted(meetings: QuerySet) -> QuerySet:
    """With the numbers that a row shows, and the names."""
    topics, decisions = Count("topics", distinct=True), Count("decisions", distinct=True)
    return meetings.select_related("alliance", "host").annotate(topic_count=topics, decision_count=decisions)


class MeetingListView(ListPage):
    """Every meeting in the user's scope, newest first."""

    model = Meeting
    filterset_class = MeetingFilter
    ordering = ("-planned_on", "-id")
    template_name = "meetings/meeting_list.html"

    def get_queryset(self) -> QuerySet:
        return counted(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        waiting = Meeting.objects.confirmable_by(self.request.user).count()
        return super().get_context_data(waiting=waiting, **kwargs)


class AllianceMeetingsView(AlliancePage):
    """会议: those to come first, nearest at the top, then those that were, newest first."""

    tab = "meetings"
    template_name = "alliances/alliance_meetings.html"
    buttons = MEETINGS_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meetings: Any = counted(Meeting.objects.visible_to(self.request.user).filter(alliance=self.object))
        coming = meetings.coming(timezone.localdate()).order_by("planned_on", F("begins_at").asc(nulls_last=True), "pk")
        past = meetings.exclude(pk__in=coming.order_by().values("pk"))
        return super().get_context_data(coming=coming, past=past[:SHOWN], **kwargs)


class AllianceConveneView(VerbPage):
    """Convene a meeting of one alliance."""

    model = Alliance
    able, who = "convenable_by", "led_by"
    form_class = ConveneForm
    template_name = "alliances/alliance_convene.html"
    done = _("已召集，各成员党组织会收到通知。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"host": self.thing.lead_id, "kind": Meeting.Kind.REGULAR}

    def speak(self, form: forms.Form) -> Any:
        return convene(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str((self.result if hasattr(self, "result") else self.thing).get_absolute_url())


class MeetingVerbView(VerbPage):
    """A verb on one meeting."""

    model = Meeting
    who = "conducted_by"
    template_name = "meetings/meeting_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "host", "recorded_by")


class MeetingProposeView(MeetingVerbView):
    able, who, form_class = "proposable_by", "attended_by", TopicForm
    title, button, done = _("提出议题"), _("提出"), _("议题已列入议程。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing.alliance}

    def speak(self, form: forms.Form) -> Any:
        return propose_topic(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class MeetingHoldView(MeetingVerbView):
    able, form_class = "holdable_by", HoldMeetingForm
    title, button, done = _("记录召开情况"), _("保存记录"), _("已记录。")
    explain = _("哪些成员到会，勾选即可，家数由系统计数。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"held_on": min(self.thing.planned_on, timezone.localdate())}

    def speak(self, form: forms.Form) -> Any:
        return hold_meeting(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class MeetingMinutesView(MeetingVerbView):
    able, form_class = "minutable_by", MinutesForm
    title, button, done = _("写纪要"), _("保存纪要"), _("纪要已保存，各成员党组织会收到通知。")

    def get_initial(self) -> dict[str, Any]:
        return {"minutes": self.thing.minutes}

    def speak(self, form: forms.Form) -> Any:
        return write_minutes(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class MeetingCancelView(MeetingVerbView):
    able, form_class = "cancellable_by", ReasonForm
    title, button, done, danger = _("取消会议"), _("取消会议"), _("会议已取消。"), True

    def speak(self, form: forms.Form) -> Any:
        return cancel_meeting(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class MeetingConfirmView(MeetingVerbView):
    able, who = "confirmable_by", "vouched_for_by"
    title, button, done = _("复核补录"), _("情况属实，复核通过"), _("已复核，这次会议计入统计。")
    explain = _("这次会议是事后补录的。由录入人以外的同志复核后才计入统计。")

    def speak(self, form: forms.Form) -> Any:
        return confirm_meeting(self.thing, by=self.request.user, at=timezone.now())


class TopicVerbView(VerbPage):
    """A verb on a topic of the agenda."""

    model = Topic
    template_name = "meetings/topic_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("meeting__alliance", "proposed_by")

    def get_success_url(self) -> str:
        return str(self.thing.meeting.get_absolute_url())


class TopicAdvanceView(TopicVerbView):
    able, who = "advanceable_by", "ordered_by"
    title, button, done = _("上移议题"), _("上移一位"), _("已上移。")

    def speak(self, form: forms.Form) -> Any:
        return advance_topic(self.thing, by=self.request.user, at=timezone.now())


class TopicStrikeView(TopicVerbView):
    able, who, form_class = "strikeable_by", "struck_by", ReasonForm
    title, button, done, danger = _("撤下议题"), _("撤下"), _("议题已撤下。"), True

    def speak(self, form: forms.Form) -> Any:
        return strike_topic(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
