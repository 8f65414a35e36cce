"""Pages of the people who work for an alliance, and of the consortium beside it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import means
from alliances.forms.alliance import RemarkForm
from alliances.forms.means import PartnerForm, StaffForm
from alliances.models import Alliance, Partner, Staff
from alliances.transitions.staff import end, enlist, take_on
from alliances.views.means import MeansPage, MeansVerbView, OfAllianceFormMixin
from alliances.words import CONSORTIUM_BUTTONS, STAFF_BUTTONS


class AllianceStaffView(MeansPage):
    """人员: who works for the alliance, in which way, since when."""

    section, buttons = "staff", STAFF_BUTTONS
    template_name = "means/staff.html"

    def section_data(self) -> dict[str, Any]:
        mine = Staff.objects.endable_by(self.request.user).filter(alliance=self.object)
        return {
            "staff": self.of(Staff).select_related("person__organization").order_by("-until", "kind", "since", "pk"),
            "people": means.people_by_kind(self.object),
            "endable": set(mine.values_list("pk", flat=True)),
        }


class AllianceConsortiumView(MeansPage):
    """产业化联合体: firms, co-operatives, groups of growers."""

    section, buttons = "consortium", CONSORTIUM_BUTTONS
    template_name = "means/consortium.html"

    def section_data(self) -> dict[str, Any]:
        mine = Partner.objects.endable_by(self.request.user).filter(alliance=self.object)
        return {
            "partners": self.of(Partner).order_by("-until", "-kind", "pk"),
            "endable": set(mine.values_list("pk", flat=True)),
        }


class AllianceTakeOnView(OfAllianceFormMixin, MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "staff"
    form_class, dates = StaffForm, ("since",)
    title, button, done = _("登记人员"), _("登记"), _("已登记。")
    explain = _("只登记姓名、单位和承担的工作；人数由系统计数。")

    def speak(self, form: forms.Form) -> Any:
        return take_on(self.thing, **form.cleaned_data, **self.now())


class AllianceEnlistView(MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "consortium"
    form_class, dates = PartnerForm, ("since",)
    title, button, done = _("列入产业化联合体"), _("列入"), _("已列入。")

    def speak(self, form: forms.Form) -> Any:
        return enlist(self.thing, **form.cleaned_data, **self.now())


class StaffEndView(MeansVerbView):
    model: Any = Staff
    able, who, section = "endable_by", "kept_by", "staff"
    form_class = RemarkForm
    title, button, done = _("结束任用"), _("结束任用"), _("已结束，记录保留。")

    def speak(self, form: forms.Form) -> Any:
        return end(self.thing, **form.cleaned_data, **self.now())


class PartnerEndView(StaffEndView):
    model: Any = Partner
    section = "consortium"
    title, button, done = _("退出产业化联合体"), _("办理退出"), _("已退出，记录保留。")
