"""Pages of the dynamic review (动态管理): runs, candidates, and alliances being put in order."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Rectification, RectificationAppeal
from assessments.filters import ProposalFilter
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.words import ICONS, TONES
from members.mouths import fetch
from members.pages import ListPage, Page
from members.scope import rights_of


class StaffPage(Page):
    """A page for those who govern somewhere; others are refused, not shown an empty page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not rights_of(request.user).codes:
            raise PermissionDenied(_("动态管理由组织部门和乡镇街道查看。"))
        return super().dispatch(request, *args, **kwargs)


class ReviewListView(StaffPage, ListPage):
    """The runs, newest first, each with how many proposals of one's own scope are still open, and how many lapsed."""

    model = ReviewRun
    template_name = "reviews/review_list.html"
    ordering = ("-as_of",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_rehearse=bool(rights_of(self.request.user).departments), **kwargs)
        counts = Proposal.objects.visible_to(self.request.user).filter(
            run__in=[run.pk for run in context["object_list"]]
        )
        of_run: dict[int, dict[str, int]] = {}
        for run, state, count in counts.order_by().values_list("run", "state").annotate(n=Count("pk")):
            of_run.setdefault(run, {})[state] = count
        for run in context["object_list"]:
            states = of_run.get(run.pk, {})
            run.suggested, run.pending = sum(states.values()), states.get("open", 0) + states.get("waiting", 0)
            run.lapsed = states.get("lapsed", 0)
        return context


class ReviewDetailView(StaffPage, ListPage):
    """The candidates of a run in one's scope: the rules hit, what is suggested, how it stands."""

    model = Proposal
    filterset_class = ProposalFilter
    template_name = "reviews/review_detail.html"
    ordering = ("region_id", "id")

    def get_queryset(self) -> QuerySet:
        self.run = fetch(ReviewRun.objects.visible_to(self.request.user), self.kwargs["pk"])
        return super().get_queryset().filter(run=self.run).select_related("alliance", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(tones=TONES, icons=ICONS, **kwargs)
        seen = Proposal.objects.visible_to(self.request.user).filter(run=self.run)
        counts = dict(seen.order_by().values_list("kind").annotate(n=Count("pk")))
        kinds = [
            {"kind": kind, "label": label, "count": counts.get(kind, 0), "tone": TONES[kind], "icon": ICONS[kind]}
            for kind, label in Proposal.Kind.choices
        ]
        rows = ReviewRow.objects.governed_by(self.request.user).filter(run=self.run)
        lights = dict(rows.order_by().values_list("light").annotate(n=Count("pk")))
        return context | {
            "run": self.run, "kinds": kinds, "pending": seen.pending().count(), "newer": self.run.newer,
            "lapsed": seen.filter(state=Proposal.State.LAPSED).count(),
            "lights": [(light, lights.get(light.value, 0)) for light in ReviewRow.Light],
            "choosable": bool(rights_of(self.request.user).departments),
        }  # fmt: skip


class RectificationListView(StaffPage, ListPage):
    """Orders in one's scope, the open ones by their term, the past ones apart."""

    model = Rectification
    template_name = "reviews/rectification_list.html"
    ordering = ("due_on", "id")

    def get_queryset(self) -> QuerySet:
        orders = Rectification.objects.governed_by(self.request.user).select_related("alliance", "region")
        view = self.request.GET.get("view")
        if view == "appealed":
            asked = RectificationAppeal.objects.visible_to(self.request.user).open()
            return orders.filter(pk__in=asked.values("rectification"))
        return orders.exclude(ended_on=None) if view == "past" else orders.open()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = self.request.GET.get("view")
        context = super().get_context_data(past=view == "past", appealed=view == "appealed", **kwargs)
        orders = context["object_list"]
        for order in orders:
            order.days_left = (order.due_on - context["today"]).days
        mine = Alliance.objects.reinstatable_by(self.request.user).filter(
            pk__in=[order.alliance_id for order in orders]
        )
        return context | {"recheckable": set(mine.values_list("pk", flat=True))}
