"""Pages of the verbs on one session: vouched for by a second person, one's own people who served."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.activity import ServeForm
from alliances.models import Session
from alliances.transitions import confirm_session, serve
from members.pages import VerbPage


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
