"""Pages of an alliance's year: its templates, the plan that they propose, and the repeats of one activity."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.forms import model_to_dict
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliances.forms.planning import ProposedForms, RepeatForm, TemplateForm, YearHostForm, years_of
from alliances.models import ActivityTemplate, Alliance
from alliances.proposals import proposed_for
from alliances.transitions import add_template, adopt_templates, drop_template, edit_template, plan_year, repeat
from alliances.views.activity import ActivityVerbView
from alliances.views.alliance import AlliancePage
from alliances.words import PLANNING_BUTTONS
from members.pages import VerbPage


class AllianceTemplatesView(AlliancePage):
    """活动模板: what the alliance means to do in a year, as a starting point for its plan."""

    tab = "activities"
    template_name = "alliances/alliance_templates.html"
    buttons = PLANNING_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writable = Alliance.objects.arrangeable_by(self.request.user).filter(pk=self.object.pk).exists()
        return super().get_context_data(
            templates=self.object.activity_templates.all(), writable=writable, **kwargs
        )


class TemplatesVerbView(VerbPage):
    """A verb on an alliance's templates."""

    model: Any = Alliance
    able, who = "arrangeable_by", "arranged_by"
    template_name = "alliances/alliance_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_success_url(self) -> str:
        return reverse("alliances:templates", args=[getattr(self.thing, "alliance_id", self.thing.pk)])


class AllianceAdoptTemplatesView(TemplatesVerbView):
    title, button, done = _("从五个一开始"), _("采用五个一"), _("已采用，可以自由修改。")
    explain = _("一次成立大会、一年一次书记党课、每月交流互访、每季度主题党日、每半年互学互检互评。只作起点。")

    def speak(self, form: forms.Form) -> Any:
        return adopt_templates(self.thing, by=self.request.user, at=timezone.now())


class AllianceAddTemplateView(TemplatesVerbView):
    form_class: type[forms.Form] = TemplateForm  # type: ignore[assignment]
    title, button, done = _("添加活动模板"), _("保存"), _("已保存。")

    def speak(self, form: forms.Form) -> Any:
        return add_template(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class TemplateEditView(TemplatesVerbView):
    model = ActivityTemplate
    able = "writable_by"
    form_class: type[forms.Form] = TemplateForm  # type: ignore[assignment]
    template_name = "activities/template_verb.html"
    title, button, done = _("修改活动模板"), _("保存"), _("已保存。")
    explain = _("已经排好的活动不受影响。")

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.thing, fields=TemplateForm.Meta.fields)

    def speak(self, form: forms.Form) -> Any:
        return edit_template(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class TemplateDropView(TemplatesVerbView):
    model = ActivityTemplate
    able = "writable_by"
    template_name = "activities/template_verb.html"
    title, button, done, danger = _("删去活动模板"), _("删去"), _("已删去。"), True
    explain = _("已经排好的活动不受影响。")

    def speak(self, form: forms.Form) -> Any:
        self.thing = drop_template(self.thing, by=self.request.user, at=timezone.now())


class AlliancePlanYearView(VerbPage):
    """The year that the templates propose: uncheck, move days, then plan all that is left in one step."""

    model = Alliance
    able, who = "arrangeable_by", "arranged_by"
    form_class = YearHostForm
    template_name = "alliances/alliance_plan_year.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"host": self.thing.lead_id}

    def year(self) -> int:
        """The year asked for, where it may be planned."""
        years = years_of(timezone.localdate())
        asked = self.request.GET.get("year", "")
        return next((year for year in years if str(year) == asked), years[0])

    def rows(self) -> Any:
        """The rows as they were sent, or as the templates propose them."""
        if self.request.method == "POST":
            return ProposedForms(self.request.POST)
        proposed = proposed_for(self.thing, self.year(), timezone.localdate())
        names = ("kind", "title", "planned_on", "place", "present")
        return ProposedForms(
            initial=[{name: getattr(row, name) for name in names} | {"chosen": not row.present} for row in proposed]
        )

    def form_valid(self, form: forms.Form) -> HttpResponse:
        self.sent = self.rows()
        return super().form_valid(form) if self.sent.is_valid() else self.form_invalid(form)

    def speak(self, form: forms.Form) -> Any:
        rows = [row.cleaned_data for row in self.sent if row.cleaned_data.get("chosen")]
        words = [{name: row[name] for name in ("kind", "title", "planned_on", "place")} for row in rows]
        return plan_year(self.thing, **form.cleaned_data, activities=words, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:activities", args=[self.thing.pk])

    @property
    def done(self) -> str:  # type: ignore[override]
        return ngettext("已排定 %(n)d 项活动。", "已排定 %(n)d 项活动。", len(self.result)) % {"n": len(self.result)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = getattr(self, "sent", None) or self.rows()
        return super().get_context_data(rows=rows, year=self.year(), years=years_of(timezone.localdate()), **kwargs)


class ActivityRepeatView(ActivityVerbView):
    able, form_class = "repeatable_by", RepeatForm
    title, button, done = _("重复这项活动"), _("列入计划"), _("已列入计划。")
    explain = _("按同样的主题、主办和地点排出以后的活动，每一项以后都可以单独取消。")

    def speak(self, form: forms.Form) -> Any:
        made = repeat(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
        messages.info(self.request, _("排出了 %(n)d 项活动。") % {"n": len(made)})
        return made
