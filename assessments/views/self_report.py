"""Pages of self-reports: written by the lead beside what is counted already, read by who rates."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments import transitions
from assessments.forms.year import SelfReportForm
from assessments.models import SelfReport
from assessments.views.of_alliance import OfAllianceView, computed_of
from assessments.words.year import REPORT_BUTTONS
from assessments.year_filters import SelfReportFilter
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage
from members.scope import rights_of
from members.words import events_of


class SelfReportWriteView(OfAllianceView):
    """Write, and save as a draft or submit; the computed figures stand beside the form."""

    able = "reportable_by"
    form_class: Any = SelfReportForm
    template_name = "self_reports/report_write.html"
    done: Any = _("已保存，提交之前别人看不到。")

    def report(self) -> SelfReport | None:
        return SelfReport.objects.filter(scheme=self.thing, alliance=self.alliance).first()

    def get_form_kwargs(self) -> dict[str, Any]:
        drafting = self.request.method == "POST" and "submit" not in self.request.POST
        return super().get_form_kwargs() | {"drafting": drafting}

    def get_initial(self) -> dict[str, Any]:
        report = self.report()
        return {name: getattr(report, name) for name in SelfReportForm.base_fields} if report else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = self.report()
        sent_back = report and report.state == SelfReport.State.RETURNED
        last = Step.objects.of(report).filter(verb="return").last() if report and sent_back else None
        return super().get_context_data(
            report=report, sent_back=last, computed=computed_of(self.thing, self.alliance), **kwargs
        )

    def speak(self, form: forms.Form) -> Any:
        said: Any = {"by": self.request.user, "at": timezone.now()}
        with transaction.atomic():
            report = transitions.write(self.thing, self.alliance, **form.cleaned_data, **said)
            if "submit" in self.request.POST:
                transitions.submit(report, **said)
                self.done = _("已提交，评价的单位可以看到。")
        return report

    def get_success_url(self) -> str:
        made = getattr(self, "result", None) or self.report()
        return str((made or self.thing).get_absolute_url())


class SelfReportListView(ListPage):
    """The self-reports that the user may read, the newest first."""

    model = SelfReport
    filterset_class = SelfReportFilter
    template_name = "self_reports/report_list.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("scheme", "alliance__region")


class SelfReportDetailView(DetailPage):
    model = SelfReport
    template_name = "self_reports/report_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("scheme", "alliance__lead")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report, user = self.object, self.request.user
        concerned = rights_of(user).codes or report.alliance.lead_id in rights_of(user).organizations
        return super().get_context_data(
            computed=computed_of(report.scheme, report.alliance),
            buttons=buttons_for(report, user, REPORT_BUTTONS),
            writable=SelfReport.objects.writable_by(user).filter(pk=report.pk).exists(),
            events=events_of(Step.objects.of(report).with_actors()) if concerned else (),
            **kwargs,
        )


class SelfReportSubmitView(VerbPage):
    model = SelfReport
    able, who = "submittable_by", "of_own"
    template_name = "self_reports/report_verb.html"
    title, button, icon, done = _("提交自评"), _("提交"), "send", _("已提交，评价的单位可以看到。")
    explain = _("提交之后不能再改；上级退回的，补充后再提交。")

    def speak(self, form: forms.Form) -> Any:
        return transitions.submit(self.thing, by=self.request.user, at=timezone.now())


class SelfReportReturnView(VerbPage):
    model = SelfReport
    able, who, form_class = "returnable_by", "overseen_by", ReasonForm
    template_name = "self_reports/report_verb.html"
    title, button, icon, done = _("退回自评"), _("退回"), "undo-2", _("已退回，牵头组织会收到理由。")

    def speak(self, form: forms.Form) -> Any:
        return transitions.return_(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
