"""The register (信息库) on paper and as a file: one alliance on a sheet, and the list as it was asked for."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View

from alliances.filters import AllianceFilter
from alliances.models import Alliance
from assessments.register import sheet_of
from assessments.sections.bodies import day_word
from members.pages import DetailPage, Page
from members.spreadsheets import Sheet, csv_lines, write_xlsx
from members.throttling import EXPORTS

HEADS = (
    _("编号"), _("名称"), _("状态"), _("组织形式"), _("模式"), _("链"), _("联建方式"), _("区划代码"), _("区划"),
    _("牵头党组织"), _("上级党组织"), _("成员"), _("最近活动"), _("设立日期"), _("终止日期"),
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class AllianceSheetView(DetailPage):
    """一表通."""

    model = Alliance
    context_object_name = "alliance"
    template_name = "register/alliance_sheet.html"

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things.with_counts().select_related("lead", "region", "supervising").prefetch_related("chains")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = sheet_of(self.object, self.request.user, timezone.localdate())
        return super().get_context_data(sections=sections, **kwargs)


class RegisterExportView(Page, View):
    """The list of alliances as it was filtered: the rows that the user sees, in code order, as ``csv`` or ``xlsx``."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, form: str) -> HttpResponseBase:
        asked = AllianceFilter(request.GET, Alliance.objects.visible_to(request.user), request=request)
        if not asked.is_valid():
            return render(request, "400.html", status=400)
        heads, rows = [str(head) for head in HEADS], lines_of(asked.qs)
        name = f"register-{timezone.localdate():%Y%m%d}.{form}"
        answer: HttpResponseBase
        if form == "csv":
            answer = StreamingHttpResponse(csv_lines(heads, rows), content_type="text/csv; charset=utf-8")
        else:
            target = BytesIO()
            write_xlsx(target, Sheet(str(_("联合体信息库")), heads, rows, widths={1: 36, 9: 30, 10: 30}))
            answer = HttpResponse(target.getvalue(), content_type=XLSX)
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer


def lines_of(alliances: QuerySet) -> Iterator[list[Any]]:
    """A row each, in the order of regions and numbers; memory stays flat."""
    found: Any = alliances
    rows = found.with_counts().select_related("lead", "region", "supervising").prefetch_related("chains")
    for one in rows.order_by("region_id", "pk").iterator(chunk_size=1000):
        yield [
            one.code or "", one.name, one.get_state_display(), one.get_form_display(), one.get_mode_display(),
            "、".join(str(chain) for chain in one.chains.all()), "、".join(one.crossings), one.region_id,
            one.region.name, one.lead.name, one.supervising.name, one.members_now or 0,
            day_word(one.last_session_on) if one.last_session_on else "",
            day_word(one.activated_on) if one.activated_on else "", day_word(one.ended_on) if one.ended_on else "",
        ]  # fmt: skip
