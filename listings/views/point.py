"""Points (积分): one's own, and those of the own branch's people. Nobody is ranked, nothing is exported."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from listings import points
from listings.filters.point import PointFilter
from listings.models import Help
from members.pages import ListPage
from members.scope import rights_of


class PointListView(ListPage):
    """The ledger of this year: for what each point stands; before it, who of one's own people has how many."""

    model = Help
    template_name = "helps/point_list.html"
    filterset_class = PointFilter
    ordering = ("-served_on", "-id")

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things.earning().in_year(timezone.localdate().year).select_related("item", "person")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, year = self.request.user, timezone.localdate().year
        people = Help.objects.visible_to(user).earning().in_year(year).by_person()
        speaks, holds = bool(rights_of(user).organizations), points.hold_for(user)
        return super().get_context_data(year=year, people=list(people), speaks=speaks, hold=holds, **kwargs)
