"""Pages of a called department, a verb each: sign for the call, say that one is there, report, or pass it on."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from listings.forms.whistle import ArriveForm, RefuseForm, ReportForm
from listings.models import Call
from listings.transitions import call as verbs
from listings.views.whistle import WhistleVerbView
from members.pages import VerbPage


class CallVerbView(WhistleVerbView):
    """A verb on one department's call."""

    model = Call  # type: ignore[assignment]
    who = "own_of"

    def get_queryset(self) -> QuerySet:
        related = ("whistle__item", "whistle__alliance", "whistle__caller", "organization")
        return VerbPage.get_queryset(self).select_related(*related)

    @property
    def draft_key(self) -> str:
        """Where the device keeps the words until they were taken."""
        return f"{self.request.user.pk}-call-{self.thing.pk}"


class CallSignForView(CallVerbView):
    able, verb = "signable_by", staticmethod(verbs.sign_for)
    title, button, done = _("签收"), _("签收"), _("已签收，到场后请写一句说明。")
    explain = _("签收即承担；不由本部门承担的，请说明理由和应当找谁。")


class CallArriveView(CallVerbView):
    able, form_class, verb = "arrivable_by", ArriveForm, staticmethod(verbs.arrive)
    title, button, done = _("说明到场"), _("提交"), _("已记下到场情况。")


class CallReportView(CallVerbView):
    able, form_class, verb = "reportable_by", ReportForm, staticmethod(verbs.report)
    title, button, done = _("报告处置情况"), _("提交报告"), _("已报告，等吹哨单位评价。")


class CallRefuseView(CallVerbView):
    able, form_class, verb = "refusable_by", RefuseForm, staticmethod(verbs.refuse)
    title, button, done = _("不由本部门承担"), _("提交"), _("已告知吹哨单位。")
    explain = _("说明会告知吹哨单位，由它另行呼叫。")
