"""Pages of the rows behind a number (明细): the list, and the list as a file."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.translation import gettext as _

from assessments.comparing import compared
from assessments.drilling import MOST, Drill
from assessments.drilling.asking import DrillAsking
from assessments.views.statistics import AskingPage, Asks
from members.charts import count
from members.downloads import download
from members.pages import paged
from members.throttling import EXPORTS

PAGE_SIZE = 50


class RowsView(AskingPage):
    """Exactly the rows that a figure counts, and how they make the number."""

    template_name = "statistics/rows.html"
    asking_class = DrillAsking

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        drill, before = self.asking.drill(), self.asking.drill_before()
        found, previous, following = paged(self.request, drill.listed, drill.ordering, PAGE_SIZE)
        heads = drill.heads()
        return super().get_context_data(
            drill=drill,
            heads=heads,
            lines=[(drill.url(row), list(zip(heads, drill.cells(row), strict=True))) for row in found],
            previous_url=previous,
            next_url=following,
            before=before.words,
            before_url=self.before_url(before),
            words=compared(drill.metric, drill.value, before.value),
            export_url=self.export_url(),
            **kwargs,
        )

    def before_url(self, before: Drill) -> str:
        """The rows of the same days of the year before."""
        days = before.question.period
        back = {"from": days.first, "to": days.last, "year": "", "quarter": "", "month": ""}
        return self.links.rows(before.metric.key, own=before.own, **back) if before.value is not None else ""

    def export_url(self) -> str:
        asking = self.asking
        return self.links.to("statistics:rows_export", figure=asking.metric.key, own=int(asking.own))


class RowsExportView(Asks):
    """All of them as a file, ``xlsx`` or ``csv``; too many are to be fetched in parts."""

    per_minute = {"GET": EXPORTS}
    asking_class = DrillAsking

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        drill, period = self.asking.drill(), self.asking.question.period
        if drill.size > MOST:
            words = _("共 %(rows)s 条，一次最多导出 %(most)s 条，请分地区或分月导出。")
            messages.warning(request, words % {"rows": count(drill.size), "most": count(MOST)})
            return HttpResponseRedirect(self.links.rows(drill.metric.key, own=int(self.asking.own)))
        name = f"{drill.metric.key}-{self.asking.region.code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
        rows = (drill.cells(row, coded=True) for row in drill.listed.iterator(chunk_size=2000))
        return download(name, drill.heads(coded=True), rows, request.GET.get("format", "xlsx"))
