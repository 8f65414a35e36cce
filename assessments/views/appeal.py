"""Pages of appeals: raised from the preliminary result, forwarded from between, decided by the department."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments import transitions
from assessments.forms.year import AppealForm, ForwardForm, UpholdForm, WithdrawForm
from assessments.models import Appeal
from assessments.views.of_alliance import OfAllianceView, lines_of
from assessments.words.year import APPEAL_BUTTONS
from assessments.year_filters import AppealFilter
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage
from members.words import events_of


class AppealNewView(OfAllianceView):
    """Against one indicator of the preliminary result."""

    able = "appealable_by"
    form_class: Any = AppealForm
    template_name = "appeals/appeal_new.html"
    title, button, done = _("提出申诉"), _("提出申诉"), _("申诉已提出，由组织部门答复。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"lines": lines_of(self.thing, self.alliance)}

    def speak(self, form: forms.Form) -> Any:
        said: Any = {"by": self.request.user, "at": timezone.now()}
        return transitions.appeal(self.thing, self.alliance, **form.cleaned_data, **said)

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return str((made or self.thing).get_absolute_url())


class AppealListView(ListPage):
    model = Appeal
    filterset_class = AppealFilter
    template_name = "appeals/appeal_list.html"
    ordering = ("-raised_at", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("scheme", "alliance", "indicator")


class AppealDetailView(DetailPage):
    """One appeal beside the line that it is about."""

    model = Appeal
    template_name = "appeals/appeal_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("scheme__region", "alliance__lead", "indicator", "decided_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case = self.object
        lines = lines_of(case.scheme, case.alliance) if case.scheme.state == "scoring" else ()
        return super().get_context_data(
            line=next((line for line in lines if line["indicator"] == case.indicator_id), None),
            buttons=buttons_for(case, self.request.user, APPEAL_BUTTONS),
            events=events_of(Step.objects.of(case).with_actors()),
            **kwargs,
        )


class AppealVerbView(VerbPage):
    """A verb on an appeal. ``title``, ``explain`` and ``button`` are what the page says."""

    model = Appeal
    template_name = "appeals/appeal_verb.html"
    verb: Any

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "indicator", "scheme")

    def speak(self, form: forms.Form) -> Any:
        return self.verb(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AppealForwardView(AppealVerbView):
    able, who, form_class, verb = "forwardable_by", "between", ForwardForm, staticmethod(transitions.forward)
    title, button, icon, done = _("转报申诉"), _("转报"), "forward", _("已附意见转报组织部门。")


class AppealUpholdView(AppealVerbView):
    able, who, form_class, verb = "upholdable_by", "judged_by", UpholdForm, staticmethod(transitions.uphold)
    title, button, icon, done = _("申诉成立"), _("更正指标分"), "circle-check", _("已更正，计算过程里注明了理由。")
    explain = _("只更正这一项指标的分，原来的分和更正的理由都写在计算过程里。答复过申诉的人不能复核公布。")


class AppealDismissView(AppealVerbView):
    able, who, form_class, verb = "dismissable_by", "judged_by", ReasonForm, staticmethod(transitions.dismiss)
    title, button, icon, done = _("申诉不成立"), _("答复"), "circle-x", _("已答复，结果不变。")
    explain = _("结果不变。理由会告诉牵头组织。答复过申诉的人不能复核公布。")


class AppealWithdrawView(AppealVerbView):
    able, who, form_class, verb = "withdrawable_by", "of_own", WithdrawForm, staticmethod(transitions.withdraw)
    title, button, icon, done = _("撤回申诉"), _("撤回"), "undo-2", _("已撤回。")
