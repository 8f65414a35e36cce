"""The network of a place (关系图), and the profile of one alliance with its own."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.views.generic import TemplateView

from alliances.models import Alliance
from assessments.networks import web_of_alliance, web_of_place
from assessments.profiles import profile_of
from assessments.statistics import reach_of
from assessments.views.places import place_of, views_of
from members.pages import DetailPage, Page


class NetworkView(Page, TemplateView):
    """关系图: who is in several alliances of a place."""

    template_name = "reports/network.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        place, today = place_of(self.request, "reports:network"), timezone.localdate()
        web = web_of_place(
            self.request.user, place.region.code, today, place.reach.alliances, lambda code: place.link(region=code)
        )
        return super().get_context_data(
            web=web, region=place.region, path=place.path(), children=place.children(), views=views_of(place), **kwargs
        )


class AllianceProfileView(DetailPage):
    """数字与关系: one alliance's year beside the middle of its peers, and where else its members are."""

    model = Alliance
    context_object_name = "alliance"
    template_name = "reports/alliance.html"

    def get_queryset(self) -> QuerySet:
        reach_of(self.request.user)  # who reads no figures is refused before anything is fetched
        return Alliance.objects.followed_by(self.request.user).running().distinct()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        web = web_of_alliance(self.request.user, self.object, today)
        return super().get_context_data(web=web, profile=profile_of(self.object, today), **kwargs)
