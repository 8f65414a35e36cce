"""The dashboard of a place (看板), and the same figures on the wall (大屏)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from assessments.dashboards import dashboard_of
from assessments.reports import Frame, Length, Span
from assessments.screens import screen_of
from assessments.views.places import place_of
from assessments.views.report import choices_of, span_of
from members.pages import Page

MINUTES = 5
"""After so long the screen asks for itself again."""


class DashboardView(Page, TemplateView):
    """看板: by default of the running year."""

    template_name = "reports/dashboard.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        place = place_of(self.request, "reports:dashboard")
        span = span_of(self.request, today, Span.of(Length.YEAR, today))
        frame = Frame(place.region, span, today, self.request.user, place.reach.alliances)
        board = dashboard_of(frame, lambda code: place.link(region=code))
        return super().get_context_data(board=board, frame=frame, **choices_of(place, span, today), **kwargs)


class ScreenView(Page, TemplateView):
    """大屏: the running year on one screen, for those who govern; refreshes itself, shows no person and no title."""

    template_name = "screens/screen.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.localtime()
        place = place_of(self.request, "reports:screen")
        if place.reach.alliances is not None:
            raise PermissionDenied(_("大屏由组织部门和党（工）委使用。"))
        frame = Frame(place.region, Span.of(Length.YEAR, now.date()), now.date(), self.request.user)
        return super().get_context_data(
            screen=screen_of(frame, lambda code: place.link(region=code)), frame=frame, now=now,
            minutes=MINUTES, seconds=60 * MINUTES, still="still" in self.request.GET,
            still_url=place.link(still="1"), moving_url=place.link(still=""),
            back_url=f"{reverse('reports:dashboard')}?region={place.region.code}", session_seconds=None, **kwargs,
        )  # fmt: skip
