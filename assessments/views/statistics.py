"""Statistics on pages: the same figures as REST, one level at a time, and what the reports print beside them."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.views.generic import TemplateView

from alliances.models import Alliance
from assessments import pictures, tables
from assessments.asking import Asking, ComparedAsking, Links
from assessments.published import compared
from assessments.statistics import Figures, reach_of, whole
from members.context import acting_of
from members.downloads import download
from members.models import Region
from members.models.region import child_length
from members.pages import Page, paged
from members.throttling import EXPORTS

SHOWN_ALLIANCES = 40


class Asks(Page):
    """What answers one request for statistics, as a page or as a file."""

    asking_class: type[Asking] = Asking

    @cached_property
    def asking(self) -> Any:
        request = self.request
        return self.asking_class(request.user, request.GET, timezone.localdate(), acting_of(request).region)

    @cached_property
    def links(self) -> Links:
        return Links(self.asking, self.request.GET)


class AskingPage(Asks, TemplateView):
    """A page of statistics: 422 with the words of the form where the question makes no sense."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = self.asking  # whom it does not concern is refused before the form
        return self.render_to_response(self.get_context_data(**kwargs), status=200 if asked.form.is_valid() else 422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asking, links = self.asking, self.links
        above = [(name, links.page(region=code, alliance="")) for code, name in asking.above()]
        if asking.alliance:
            above.append((asking.region.name, links.page(alliance="")))
        return super().get_context_data(
            form=asking.form, region=asking.region, alliance=asking.alliance, path=above, here=links.page(),
            period=asking.question.period, own_only=asking.reach.alliances is not None, **kwargs,
        )  # fmt: skip

    def years(self, name: str) -> list[dict[str, Any]]:
        """The years since the first alliance, as chips."""
        today, said = self.asking.today, self.asking.form.said
        first = Alliance.objects.aggregate(first=Min("activated_on"))["first"] or today
        now = None if said.get("from") or said.get("to") else said.get("year") or today.year
        back = {"from": "", "to": ""}
        return [
            {"label": str(year), "url": self.links.to(name, year=year, **back), "current": year == now}
            for year in range(max(first.year, today.year - 9), today.year + 1)
        ]


class Tabled(Asks):
    """What page and file share: the figures of the whole, and the table beneath them."""

    previous_url: str | None = None
    next_url: str | None = None

    @cached_property
    def answered(self) -> tuple[Figures, tables.Table, list[Any]]:
        """The tiles of its map come along, none without a lower level."""
        asking = self.asking
        if asking.reach.alliances is None and child_length(asking.region.code) and not asking.alliance:
            return tables.region_table(asking, self.links)
        return *tables.alliance_table(asking, self.alliances(), self.links), []

    def alliances(self) -> list[Alliance]:
        """A page of them."""
        found, self.previous_url, self.next_url = paged(self.request, self.asking.reached(), "pk", SHOWN_ALLIANCES)
        return found


class StatisticsView(Tabled, AskingPage):
    """统计分析: figures of a region with the level beneath it."""

    template_name = "statistics/statistics.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        question, links = self.asking.question, self.links
        figures, table, tiles = self.answered
        months, series, unfinished = pictures.curves(question)
        before = whole(self.asking.before.of(*tables.HEADLINES))
        return super().get_context_data(
            years=self.years("statistics:detail"),
            headlines=tables.headlines(figures, before, links),
            table=table,
            previous_url=self.previous_url,
            next_url=self.next_url,
            tiles=tiles,
            months=months,
            series=series,
            unfinished=unfinished,
            ring=pictures.ring(question),
            loop=pictures.loop(question),
            pace=pictures.rates(question, (*pictures.PACE, *pictures.WHISTLE_RATES), links.rows),
            figures_url=links.to("statistics:figures"),
            export_url=links.to("statistics:export"),
            **kwargs,
        )


class StatisticsExportView(Tabled):
    """The table as a file, with every alliance where the page shows some at a time: ``csv`` or ``xlsx``."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        period, (_figures, table, _tiles) = self.asking.question.period, self.answered
        name = f"statistics-{self.asking.region.code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
        return download(name, table.heads(), table.rows(), request.GET.get("format", "csv"))

    def alliances(self) -> list[Alliance]:
        return list(self.asking.reached().order_by("pk"))


class FiguresView(AskingPage):
    """全部指标: every figure with its definition, beside the same days of the year before."""

    template_name = "statistics/figures.html"
    asking_class = ComparedAsking

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            sections=tables.sections(self.asking, self.links), before=self.asking.before.period,
            years=self.years("statistics:figures"), export_url=self.links.to("statistics:figures_export"), **kwargs,
        )  # fmt: skip


class FiguresExportView(Asks):
    """The list of all figures as a file."""

    asking_class = ComparedAsking
    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        period = self.asking.question.period
        name = f"figures-{self.asking.region.code}-{period.first:%Y%m%d}-{period.last:%Y%m%d}"
        rows = tables.listed(self.asking)
        return download(name, tables.listed_heads(), rows, request.GET.get("format", "xlsx"))


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
