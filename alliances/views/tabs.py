"""The tab bar over an alliance: this storey's own tabs, and those of upper storeys by the names of their addresses."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance


@dataclass(frozen=True, slots=True)
class Tab:
    """A link of the tab bar."""

    label: str | Promise
    url: str
    current: bool = False
    count: int | None = None
    icon: str = ""


OWN, LISTED = "own", "listed"
TABS = (
    ("detail", _("概况"), "alliances:detail", OWN),
    ("members", _("成员"), "alliances:members", OWN),
    ("leadership", _("班子"), "alliances:leadership", OWN),
    ("listings", _("清单"), "listings:list", LISTED),
    ("items", _("事项"), "items:list", LISTED),
    ("whistles", _("吹哨"), "whistles:list", LISTED),
    ("cases", _("联动"), "cases:list", LISTED),
    ("activities", _("活动"), "alliances:activities", OWN),
    ("meetings", _("会议"), "alliances:meetings", OWN),
    ("charter", _("章程协议"), "alliances:charter", OWN),
    ("rotation", _("轮值"), "alliances:rotation", OWN),
    ("means", _("保障"), "alliances:means", OWN),
    ("assessments", _("考核"), "assessments:list", LISTED),
    ("light", _("状态灯"), "reviews:alliance", OWN),
    ("standing", _("动态管理"), "alliances:standing", OWN),
    ("timeline", _("时间线"), "alliances:timeline", OWN),
)
"""Key, word, name of the address; LISTED ones are lists of an upper storey, filtered by this alliance."""


def tabs_of(alliance: Alliance, current: str) -> list[Tab]:
    """The tabs whose addresses exist, in the order of the table."""
    found = []
    for key, label, name, place in TABS:
        try:
            url = reverse(name, args=[alliance.pk]) if place == OWN else f"{reverse(name)}?alliance={alliance.pk}"
        except NoReverseMatch:
            continue
        found.append(Tab(label, url, current=key == current))
    return found
