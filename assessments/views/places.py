"""Of which place a page of figures speaks: one rule for the report, the dashboard, the network and the screen."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.statistics import Reach, reach_of
from members.context import acting_of
from members.models import Region
from members.models.region import ancestors


@dataclass(frozen=True)
class Place:
    """A region within the caller's reach; ``name`` is the page's address."""

    request: HttpRequest
    reach: Reach
    region: Region
    name: str

    def link(self, **changes: str) -> str:
        """The page itself with another region or another question."""
        query = self.request.GET.copy()
        query["region"] = self.region.code
        for key, value in changes.items():
            query.pop(key, None)
            if value:
                query[key] = value
        return f"{reverse(self.name)}?{query.urlencode()}"

    def path(self) -> list[tuple[str, str]]:
        """The regions above, as far as one may see them: name and address."""
        above = [code for code in ancestors(self.region.code) if self.reach.covers(code)]
        names = dict(Region.objects.filter(code__in=above).values_list("code", "name"))
        return [(names[code], self.link(region=code)) for code in above if code in names]

    def children(self) -> list[tuple[str, str]]:
        """The regions beneath: name and address; none for who speaks for an organisation only."""
        if self.reach.alliances is not None:
            return []
        below = Region.objects.children_of(self.region.code).order_by("code").values_list("code", "name")
        return [(name, self.link(region=code)) for code, name in below]


def place_of(request: HttpRequest, name: str) -> Place:
    """The region that is asked for, else the one as whose officer one acts. What lies outside the caller's reach is
    not there (404); who reads no figures at all is refused (PermissionDenied)."""
    reach = reach_of(request.user)
    chosen = acting_of(request).region
    own = chosen if chosen and reach.covers(chosen) else reach.home
    code = request.GET.get("region") or own
    known = code.isascii() and code.isdigit() and reach.covers(code)
    region = Region.objects.filter(code=code).first() if known else None
    if region is None:
        raise Http404
    return Place(request, reach, region, name)


VIEWS = (
    ("reports:report", _("报告"), "newspaper"),
    ("reports:dashboard", _("看板"), "layout-dashboard"),
    ("reports:network", _("关系图"), "network"),
    ("reports:screen", _("大屏"), "monitor"),
    ("statistics:detail", _("统计分析"), "chart-column"),
)


def views_of(place: Place) -> list[dict[str, Any]]:
    """The ways to look at the same place: what report, dashboard and network offer beside each other."""
    governs = place.reach.alliances is None
    return [
        {
            "label": label,
            "icon": icon,
            "url": f"{reverse(name)}?region={place.region.code}",
            "current": name == place.name,
        }
        for name, label, icon in VIEWS
        if governs or name != "reports:screen"
    ]
