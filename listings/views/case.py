"""Pages of joint cases: what is under way, one case with its measures by period, and a page for each verb."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from alliances.sources import report_of
from listings.case_tables import bars, by_department, by_measure, by_period
from listings.filters.whistle import CaseFilter
from listings.forms.case import BeginForm, CloseForm, CorrectForm, MeasureForm, RecordForm, TakeInForm
from listings.models import JointCase, Record
from listings.transitions import case as verbs
from listings.transitions.listing import half_year_of
from listings.views.whistle import WhistleVerbView, ways
from listings.words.case import CASE_BUTTONS
from members.buttons import buttons_for
from members.downloads import download
from members.models import Step
from members.mouths import fetch
from members.pages import DetailPage, ListPage, Page, VerbPage
from members.throttling import EXPORTS
from members.words import events_of

SHOWN = 50


class CaseListView(ListPage):
    """联动办案: every joint case in the user's scope, newest first."""

    model = JointCase
    filterset_class = CaseFilter
    ordering = ("-begun_on", "-id")
    template_name = "cases/case_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance").annotate(departments=Count("takings"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_begin = Alliance.objects.convenable_by(self.request.user).exists()
        return super().get_context_data(may_begin=may_begin, ways=ways("cases:list"), **kwargs)


class CaseDetailView(DetailPage):
    """One joint case: what was reached, by period and by department; each line with who entered it."""

    model = JointCase
    template_name = "cases/case_detail.html"

    def get_queryset(self) -> QuerySet:
        return JointCase.objects.visible_to(self.request.user).select_related("alliance")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        case, user = self.object, self.request.user
        measures = list(case.measures.all())
        lines = by_period(case, measures)
        records = Record.objects.filter(measure__case=case).select_related("measure", "organization")
        own = Record.objects.correctable_by(user).filter(measure__case=case)
        units = list(dict.fromkeys(measure.unit for measure in measures))
        unit = self.request.GET.get("unit", "")
        unit = unit if unit in units else units[0] if units else ""
        return super().get_context_data(
            takings=case.takings.select_related("organization"),
            measures=measures,
            lines=lines,
            rows=by_measure(lines, measures),
            report=report_of(case.source),
            departments=by_department(case, measures),
            records=records.order_by("-at", "-pk")[:SHOWN],
            correctable=set(own.values_list("pk", flat=True)),
            units=units,
            unit=unit,
            bars=bars(lines, unit),
            events=events_of(steps_of(case)),
            buttons=buttons_for(case, user, CASE_BUTTONS),
            **kwargs,
        )


def steps_of(case: JointCase) -> QuerySet[Step]:
    """The last deeds on the case and its records."""
    kinds = ContentType.objects.get_for_models(JointCase, Record)
    records = Record.objects.filter(measure__case=case).values("pk")
    mine = Q(thing_type=kinds[JointCase], thing_id=case.pk) | Q(thing_type=kinds[Record], thing_id__in=records)
    return Step.objects.filter(mine).with_actors().order_by("-at", "-pk")[:SHOWN]


class CaseWhereView(ListPage):
    """In which alliance to begin; straight on where there is one."""

    model = Alliance
    template_name = "cases/case_where.html"
    ordering = ("name", "id")

    def get_queryset(self) -> QuerySet:
        return Alliance.objects.convenable_by(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        only = list(self.get_queryset()[:2])
        if len(only) == 1:
            return HttpResponseRedirect(reverse("cases:new", args=[only[0].pk]))
        return super().get(request, *args, **kwargs)


class CaseVerbView(WhistleVerbView):
    """A verb on a joint case."""

    model: type[Any] = JointCase
    who: str | None = "steered_by"
    template_name = "cases/case_verb.html"

    def get_queryset(self) -> QuerySet:
        return VerbPage.get_queryset(self).select_related("alliance")


class CaseBeginView(CaseVerbView):
    """The lead of an alliance begins a joint case with some of its members."""

    model = Alliance
    able, who, form_class, verb = "convenable_by", "led_by", BeginForm, staticmethod(verbs.begin)
    title, button, done = _("开始联动"), _("开始"), _("已开始，请添加成效项目。")
    explain = _("参加的部门从联合体成员中选；成效项目（如受理案件、执结案件、执行到位）开始后逐个添加。")

    def get_queryset(self) -> QuerySet:
        return Alliance.objects.visible_to(self.request.user)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"begun_on": timezone.localdate()}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class CaseTakeInView(CaseVerbView):
    able, form_class, verb = "extendable_by", TakeInForm, staticmethod(verbs.take_in)
    title, button, done = _("增加部门"), _("增加"), _("已增加。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"case": self.thing}


class CaseMeasureByView(CaseVerbView):
    able, form_class, verb = "extendable_by", MeasureForm, staticmethod(verbs.measure_by)
    title, button, done = _("增加成效项目"), _("增加"), _("已增加，参加的部门可以登记。")
    explain = _("只列系统数不出来、本行业本来就有台账的数。")


class CaseRecordView(CaseVerbView):
    able, who, form_class, verb = "recordable_by", "taken_part_in_by", RecordForm, staticmethod(verbs.record)
    title, button, done = _("登记成效"), _("登记"), _("已登记。")
    explain = _(
        "这是系统唯一数不出来的数：由办事的部门每个时段登记一次，合计由系统算，不再向任何人要。填错了用“更正”，原数保留。"
    )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "case": self.thing}

    def get_initial(self) -> dict[str, Any]:
        """The half-year that ended last."""
        first, _last = half_year_of(timezone.localdate())
        before = half_year_of(first - timedelta(days=1))
        return {"period_from": before[0], "period_to": before[1]}


class RecordCorrectView(CaseVerbView):
    """Take a wrong line back by a counter entry and enter the right value in the same step."""

    model = Record
    able, who, form_class, verb = "correctable_by", "own_of", CorrectForm, staticmethod(verbs.correct)
    title, button, done = _("更正登记"), _("更正"), _("已更正，原数和冲正都保留。")

    def get_queryset(self) -> QuerySet:
        return VerbPage.get_queryset(self).select_related("measure__case", "organization")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"line": self.thing}


class CaseCloseView(CaseVerbView):
    able, form_class, verb, danger = "closable_by", CloseForm, staticmethod(verbs.close_case), True
    title, button, done = _("结束联动"), _("结束"), _("已结束。")
    explain = _("结束后不再登记，已登记的仍可更正。")


class CaseExportView(Page):
    """The lines that the page shows, counter entries included, as Excel or CSV."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, pk: int) -> HttpResponseBase:
        case = fetch(JointCase.objects.visible_to(request.user), pk)
        heads = [now_("时段起"), now_("时段止"), now_("成效项目"), now_("单位"), now_("部门"), now_("数值"),
                 now_("依据"), now_("登记日期"), now_("冲正理由")]  # fmt: skip
        lines = Record.objects.filter(measure__case=case).select_related("measure", "organization")
        rows = (
            [line.period_from, line.period_to, line.measure.name, line.measure.unit, line.organization.name, line.value,
             line.note, timezone.localdate(line.at), line.reason]
            for line in lines.order_by("period_from", "measure", "pk")
        )  # fmt: skip
        return download(f"case-{case.pk}", heads, rows, request.GET.get("format", "xlsx"))
