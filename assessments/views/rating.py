"""The rating sheet: what one has to rate, and one rating; made for the phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments import scoring
from assessments.forms import RatingForm
from assessments.models import Scheme
from assessments.progress import submitted_of
from assessments.sheets import counts_of, task_of, tasks_of
from assessments.transitions import rate
from assessments.words import figure
from members.pages import DetailPage, VerbPage

GROUPS = {
    "members": _("作为成员，评价联合体"),
    "alliance": _("代表联合体，评价成员"),
    "superior": _("作为上级，评价联合体"),
}


class SheetView(DetailPage):
    """What the user has to rate under a scheme, in three groups; done ones stay in view."""

    model = Scheme
    template_name = "assessments/sheet.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tasks = tasks_of(self.object, self.request.user)
        total, left = counts_of(self.object, self.request.user)
        groups = [(label, tasks[way]) for way, label in GROUPS.items() if tasks[way]]
        return super().get_context_data(groups=groups, total=total, left=left, **kwargs)


class RateView(VerbPage):
    """One rating, beside the standard and what the system has computed."""

    model = Scheme
    form_class = RatingForm
    template_name = "assessments/rate.html"
    able, who = "ratable_by", "visible_to"
    done = _("已提交评价。")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.direction = kwargs["direction"]
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        task = self.task()
        sheet = scoring.Sheets(self.thing).of(task.alliance)
        standard = next((one for one, _weight, _of in sheet.weighed() if one.source == self.direction), None)
        lines = scoring.workings(self.thing, [task.alliance])[task.alliance.pk]["lines"]
        computed = [
            line | {"words": figure(line["metric"], line["value"])} for line in lines if line["source"] == "metric"
        ]
        return super().get_context_data(
            task=task, standard=standard, computed=computed, group=GROUPS[self.direction], direction=self.direction,
            report=submitted_of(self.thing, task.alliance, self.request.user), **kwargs,
        )  # fmt: skip

    def task(self) -> Any:
        """The pair of the address, if it is the user's to rate."""
        keys = (self.kwargs["alliance"], self.kwargs["organization"])
        task = task_of(self.thing, self.request.user, self.direction, *keys)
        if task is None:
            raise Http404
        return task

    def speak(self, form: forms.Form) -> Any:
        task = self.task()
        return rate(
            self.thing, task.alliance, task.organization, direction=self.direction,
            by=self.request.user, at=timezone.now(), **form.cleaned_data,  # type: ignore[arg-type]
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("assessments:sheet", args=[self.thing.pk])
