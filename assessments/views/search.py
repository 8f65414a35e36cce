"""Search across the house (全站搜索): alliances, items and organisations that one may see."""

from __future__ import annotations

from typing import Any

from django.views.generic import TemplateView

from alliances.filters import AllianceFilter
from alliances.models import Alliance
from listings.filters.item import ItemFilter
from listings.models import Item
from members.models import Organization
from members.pages import Page
from members.throttling import SEARCHES

SHORTEST, LONGEST, SHOWN = 2, 80, 10


class SearchView(Page, TemplateView):
    """Up to ten of each; from two characters on."""

    template_name = "search/search.html"
    per_minute = {"GET": SEARCHES}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
        found = self.found(text) if len(text) >= SHORTEST else {}
        known = {"text": text, "too_short": len(text) < SHORTEST, "any": any(found.values())}
        return super().get_context_data(**known, **found, **kwargs)

    def found(self, text: str) -> dict[str, Any]:
        user = self.request.user
        alliances = AllianceFilter({"q": text}, Alliance.objects.visible_to(user), request=self.request).qs
        items = ItemFilter({"q": text}, Item.objects.visible_to(user), request=self.request).qs
        organizations = Organization.objects.visible_to(user).matching(text)
        return {
            "alliances": list(alliances.select_related("region").order_by("region_id", "id")[:SHOWN]),
            "items": list(items.select_related("alliance").order_by("-collected_on", "-id")[:SHOWN]),
            "organizations": list(organizations.select_related("region").order_by("region_id", "code")[:SHOWN]),
        }
