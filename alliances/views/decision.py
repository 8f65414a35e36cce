"""Pages of the verbs of decisions: written down, voted on, a vote closed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.meeting import DecideForm, VoteForm
from alliances.models import Decision
from alliances.transitions import close_vote, decide, vote
from alliances.views.meeting import MeetingVerbView
from members.pages import VerbPage


class MeetingDecideView(MeetingVerbView):
    able, form_class = "decidable_by", DecideForm
    title, button, done = _("记下决议"), _("记下决议"), _("决议已记下。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"meeting": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return decide(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class DecisionVerbView(VerbPage):
    """A verb on one decision."""

    model = Decision
    template_name = "meetings/decision_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("meeting", "alliance", "topic")


class DecisionVoteView(DecisionVerbView):
    able, who, form_class = "votable_by", "voiced_by", VoteForm
    title, button, done = _("表决"), _("提交意见"), _("意见已提交。")
    explain = _("现有成员过半数同意即通过。表决结束之前可以改变意见。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "decision": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return vote(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class DecisionCloseVoteView(DecisionVerbView):
    able, who = "closable_by", "led_by"
    title, button, done, danger = _("结束表决"), _("结束表决"), _("表决已结束，决议未通过。"), True
    explain = _("过半数同意时表决自动通过。现在还没有过半数，结束后记为未通过。")

    def speak(self, form: forms.Form) -> Any:
        return close_vote(self.thing, by=self.request.user, at=timezone.now())
