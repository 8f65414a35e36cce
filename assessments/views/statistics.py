"""Statistics on pages: the same figures as REST, one level at a time, and what the reports print beside them."""

from __future__ import annotations

import csv
from datetime import date
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Min, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView, View

from alliances.models import Alliance
from assessments import pictures
from assessments.published import compared
from assessments.questions import QuestionForm
from assessments.statistics import METRICS, Figures, Question, reach_of, whole
from members.context import acting_of
from members.models import Region
from members.models.region import ancestors, child_length
from members.pages import Page
from members.spreadsheets import neutralised
from members.throttling import EXPORTS

SHOWN_ALLIANCES = 200


class Asked:
    """What one request asks for, and the table that answers it; page and file share it."""

    def __init__(self, request: HttpRequest, today: date) -> None:
        self.request, self.today = request, today
        self.reach = reach_of(request.user)
        self.form = QuestionForm(request.GET)
        code = request.GET.get("region") or self._own()
        known = code.isascii() and code.isdigit() and self.reach.covers(code)
        region = Region.objects.filter(code=code).first() if known else None
        if region is None:
            raise Http404
        self.region: Region = region

    @cached_property
    def question(self) -> Question:
        metrics = tuple(METRICS[key] for key in pictures.COLUMNS)
        return Question(
            self.region.code, self.form.period(self.today), metrics, self.form.alliances(self.reach.alliances)
        )

    @cached_property
    def answered(self) -> tuple[Figures, pictures.Table, list[Any]]:
        """The figures of the whole, the table beneath them, the tiles of its map (none without a lower level)."""
        if self.reach.alliances is None and child_length(self.region.code):
            return pictures.region_figures(self.question, lambda code: self.link(region=code))
        figures = whole(self.question)
        return figures, pictures.alliance_table(self.question, self.alliances()[:SHOWN_ALLIANCES], figures), []

    def alliances(self) -> QuerySet:
        """The alliances of the region that ran on the last day, as far as the caller may see them."""
        chosen = self.question.alliances
        seen: Any = Alliance.objects.visible_to(self.request.user) if chosen is None else chosen
        running = seen.within(self.region.code).as_of(self.question.period.last)
        return running.distinct().order_by("region_id", "id")

    def link(self, **changes: Any) -> str:
        """The page's own address with another region or other days."""
        query = self.request.GET.copy()
        query["region"] = self.region.code
        for name, value in changes.items():
            query.pop(name, None)
            if value:
                query[name] = value
        return f"{reverse('statistics:detail')}?{query.urlencode()}"

    def _own(self) -> str:
        chosen = acting_of(self.request).region
        return chosen if chosen and self.reach.covers(chosen) else self.reach.home


class StatisticsView(Page, TemplateView):
    """统计分析: figures of a region with the level beneath it."""

    template_name = "statistics/statistics.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.asked = Asked(request, timezone.localdate())
        status = 200 if self.asked.form.is_valid() else 422
        return self.render_to_response(self.get_context_data(**kwargs), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.asked
        figures, table, tiles = asked.answered
        months, series, unfinished = pictures.curves(asked.question)
        return super().get_context_data(
            form=asked.form,
            region=asked.region,
            path=self.path(),
            period=asked.question.period,
            years=self.years(),
            own_only=asked.reach.alliances is not None,
            headlines=pictures.headlines(figures, self.before()),
            table=table,
            tiles=tiles,
            months=months,
            series=series,
            unfinished=unfinished,
            ring=pictures.ring(asked.question),
            loop=pictures.loop(asked.question),
            pace=pictures.pace(asked.question) + pictures.whistled(asked.question),
            definitions=pictures.definitions(METRICS.values()),
            export_url=self.export_url(),
            **kwargs,
        )

    def before(self) -> Figures | None:
        """The same days a year earlier, once the period is over."""
        question = self.asked.question
        if question.period.last >= self.asked.today:
            return None
        return whole(question.of(*pictures.HEADLINES).over(pictures.a_year_before(question.period)))

    def years(self) -> list[dict[str, Any]]:
        """The years since the first alliance, as chips."""
        first = Alliance.objects.aggregate(first=Min("activated_on"))["first"] or self.asked.today
        chosen = self.asked.form.cleaned_data.get("year") if self.asked.form.is_valid() else None
        free = any(self.request.GET.get(name) for name in ("from", "to"))
        now = None if free else chosen or self.asked.today.year
        return [
            {"label": str(year), "url": self.asked.link(**{"year": year, "from": "", "to": ""}), "current": year == now}
            for year in range(max(first.year, self.asked.today.year - 9), self.asked.today.year + 1)
        ]

    def path(self) -> list[tuple[str, str]]:
        """The regions above, as far as one may see them: name and address."""
        above = [code for code in ancestors(self.asked.region.code) if self.asked.reach.covers(code)]
        names = dict(Region.objects.filter(code__in=above).values_list("code", "name"))
        return [(names[code], self.asked.link(region=code)) for code in above if code in names]

    def export_url(self) -> str:
        return f"{reverse('statistics:export')}?{self.asked.link().partition('?')[2]}"


class StatisticsExportView(Page, View):
    """The shown table as a file: the same rows, columns and numbers."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = Asked(request, timezone.localdate())
        _figures, table, _tiles = asked.answered
        period = asked.question.period
        name = f"statistics-{asked.region.code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.csv"
        answer = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{name}"'
        rows = csv.writer(answer)
        rows.writerow([_("联合体") if table.of_alliances else _("地区"), *(str(metric.label) for metric in table.head)])
        for line in (*table.lines, table.total):
            rows.writerow([neutralised(cell) for cell in (line.label, *line.cells)])
        return answer


class PublishedView(Page, TemplateView):
    """报道数据对照: the printed totals of the places that one may see, beside our count."""

    template_name = "statistics/published.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reach = reach_of(self.request.user)
        scale = settings.DATA_DIR.name if settings.DEMO else ""
        seen = (lambda code: False) if reach.alliances is not None else reach.covers
        rows = compared(seen, scale)
        names = dict(Region.objects.filter(code__in={row.printed.place for row in rows}).values_list("code", "name"))
        shown = [(names.get(row.printed.place, row.printed.place), row) for row in rows]
        return super().get_context_data(rows=shown, **kwargs)
