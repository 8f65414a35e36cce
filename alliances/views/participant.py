"""Pages of joint branches' people: put forward, take in, turn down, step out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import ParticipantFilter
from alliances.forms.leadership import PutForwardForm
from alliances.models import Alliance, Participant
from alliances.transitions import put_forward, step_out, take_in, turn_down
from alliances.views.founding import AllianceVerbView
from alliances.views.leadership import ids
from members.pages import ListPage, ReasonForm, VerbPage


class ParticipantListView(ListPage):
    """The people of joint branches whom one may see, with what waits for one's word."""

    model = Participant
    filterset_class = ParticipantFilter
    ordering = ("-id",)
    template_name = "posts/participant_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "person__organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context, user = super().get_context_data(**kwargs), self.request.user
        shown = Participant.objects.filter(pk__in=[part.pk for part in context["object_list"]])
        return context | {"takeable": ids(shown.takeable_by(user)), "steppable": ids(shown.leavable_by(user))}


class AlliancePutForwardView(AllianceVerbView):
    """One's own Party member takes part; the lead has the last word."""

    model = Alliance
    able, who, form_class = "fillable_by", "peopled_by", PutForwardForm
    title, button, done = _("推荐党员参加"), _("推荐"), _("已登记。")
    explain = _("自愿参加：关系在原支部、活动在区域、奉献在岗位。由牵头党组织接收，随时可以退出。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return put_forward(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:leadership", args=[self.thing.pk])


class ParticipantVerbView(VerbPage):
    """A verb on one person's part in a joint branch."""

    model = Participant
    template_name = "posts/participant_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "person__organization")


class ParticipantTakeInView(ParticipantVerbView):
    able, who = "takeable_by", "received_by"
    title, button, done = _("接收党员"), _("接收"), _("已接收。")
    explain = _("组织关系仍在原支部。")

    def speak(self, form: forms.Form) -> Any:
        return take_in(self.thing, by=self.request.user, at=timezone.now())


class ParticipantTurnDownView(ParticipantVerbView):
    able, who, form_class = "takeable_by", "received_by", ReasonForm
    title, button, done = _("不接收"), _("不接收"), _("已答复不接收。")

    def speak(self, form: forms.Form) -> Any:
        return turn_down(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class ParticipantStepOutView(ParticipantVerbView):
    able, who, form_class = "leavable_by", "answered_for_by", ReasonForm
    title, button, done, danger = _("退出联合党支部"), _("退出"), _("已退出。"), True

    def speak(self, form: forms.Form) -> Any:
        return step_out(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
