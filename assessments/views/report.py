"""The report of a month, a quarter or a year (月报): on the screen, on A4, and as a workbook of the same cells."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from alliances.models import Alliance
from assessments.reports import Frame, Length, Report, Span, report_of
from assessments.reports.workbook import sheets_of
from assessments.views.places import Place, place_of, views_of
from members.downloads import workbook
from members.pages import Page
from members.throttling import EXPORTS

LENGTHS = ((Length.MONTH, _("月")), (Length.QUARTER, _("季")), (Length.YEAR, _("年")))
OFFERED = 24
"""So many spans stand in the choice; older ones have their address."""


def span_of(request: HttpRequest, today: date, usual: Span | None = None) -> Span:
    """The span that is asked for, else ``usual`` (the last complete month); what has not begun is not there (404)."""
    key = request.GET.get("period")
    span = Span.named(key) if key else usual or Span.last_complete(Length.MONTH, today)
    if span is None or span.period.first > today:
        raise Http404
    return span


def choices_of(place: Place, span: Span, today: date) -> dict[str, Any]:
    """The ways to another place and to other days, for the bar above report and dashboard."""
    return {
        "span": span, "path": place.path(), "children": place.children(), "spans": offered(span, today),
        "views": views_of(place),
        "lengths": [
            {"label": label, "url": place.link(period=key), "current": length == span.length}
            for length, label, key in ((one, word, longer(span, one, today).key) for one, word in LENGTHS)
        ],
        "earlier": place.link(period=span.before.key),
        "later": place.link(period=span.after.key) if span.after.period.first <= today else "",
    }  # fmt: skip


def asked_report(request: HttpRequest, today: date) -> tuple[Place, Report]:
    """The report that page and workbook show."""
    place = place_of(request, "reports:report")
    frame = Frame(place.region, span_of(request, today), today, request.user, place.reach.alliances)
    return place, report_of(frame)


class ReportView(Page, TemplateView):
    """The report on the screen and on paper."""

    template_name = "reports/report.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        place, report = asked_report(self.request, today)
        span = report.frame.span
        query = place.link(period=span.key).partition("?")[2]
        return super().get_context_data(
            report=report, frame=report.frame, workbook_url=f"{reverse('reports:workbook')}?{query}",
            **choices_of(place, span, today), **kwargs,
        )  # fmt: skip


class ReportWorkbookView(Page, View):
    """The same report as a workbook."""

    per_minute = {"GET": EXPORTS}

    def get(self, request: HttpRequest) -> HttpResponseBase:
        today = timezone.localdate()
        _place, report = asked_report(request, today)
        return workbook(report.name, *sheets_of(report, today, settings.DEMO))


def longer(span: Span, length: Length, today: date) -> Span:
    """The span of another length that holds the same last day, or today's where that one has not begun."""
    found = Span.of(length, span.period.last)
    return found if found.period.first <= today else Span.of(length, today)


def offered(chosen: Span, today: date) -> list[tuple[str, str, bool]]:
    """The latest spans of that length since the first alliance, the newest first: key, name, whether it is shown."""
    first = Alliance.objects.aggregate(first=Min("activated_on"))["first"] or today
    found: list[Span] = []
    span = Span.of(chosen.length, today)
    while len(found) < OFFERED and span.period.last >= first:
        found.append(span)
        span = span.before
    if chosen not in found:
        found.append(chosen)
    return [(one.key, one.label, one == chosen) for one in found]
