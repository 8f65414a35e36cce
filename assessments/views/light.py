"""Pages of one alliance's reviews: its light over the quarters, beside its peers, and the rows behind each figure."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from alliances.measures import Period
from alliances.views.alliance import AlliancePage
from assessments import evidence, lights
from assessments.gauges import EVALUATION, GAUGES
from assessments.models import AllianceScore, Letter, ReviewRow
from assessments.peers import peers_of
from assessments.words import figure, meaning_of
from members.pages import ListPage
from members.scope import rights_of


class AllianceReviewView(AlliancePage):
    """状态灯: how it stands, why, how it stood before; for those above it, its lead and its members."""

    tab = "light"
    template_name = "reviews/alliance_review.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alliance, user = self.object, self.request.user
        quarters = lights.history(alliance, user)
        row = quarters[0].row if quarters else None
        return super().get_context_data(
            quarters=quarters,
            now=quarters[0] if quarters else None,
            figures=figures_of(row) if row else [],
            peers=peers_of(row) if row else None,
            staff=lights.knows_proposals(alliance, user),
            told=lights.is_told(alliance, user),
            letters=Letter.objects.visible_to(user).filter(alliance=alliance),
            **kwargs,
        )


def figures_of(row: ReviewRow) -> list[tuple[str, str, str]]:
    """Every measure of the quarter that has a value: its name, the value, the way to its rows."""
    of_row = (row.run_id, row.alliance_id)
    return [
        (str(gauge.label), figure(key, row.values[key]), reverse("reviews:evidence", args=[*of_row, key]))
        for key, gauge in GAUGES.items()
        if row.values.get(key) is not None
    ]


class EvidenceView(ListPage):
    """Exactly the rows that a figure of a review counts: what they are now, beside what the review found then."""

    template_name = "reviews/evidence.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        key = self.kwargs["key"]
        rows = ReviewRow.objects.visible_to(self.request.user).filter(
            run=self.kwargs["pk"], alliance=self.kwargs["alliance"]
        )
        if not rights_of(self.request.user).codes:  # those above also read a run that is under way
            rows = rows.complete()
        row = rows.select_related("run", "alliance").first()
        if row is None or key not in GAUGES:
            raise Http404
        self.row, run = row, row.run
        found = evidence.rows_behind(key, row.alliance_id, Period(run.period_from, run.as_of), self.request.user)
        self.countable = found is not None
        result: QuerySet = found if found is not None else ReviewRow.objects.none()
        self.count = result.count()
        return result

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        key, row = self.kwargs["key"], self.row
        return context | {
            "lines": [evidence.told(one, key) for one in context["object_list"]],
            "row": row, "run": row.run, "alliance": row.alliance, "gauge": meaning_of(key), "count": self.count,
            "countable": self.countable, "value": figure(key, row.values.get(key)),
            "result": self.evaluated() if key == EVALUATION else None,
        }  # fmt: skip

    def evaluated(self) -> AllianceScore | None:
        """The yearly result from which the evaluation was taken."""
        scores = AllianceScore.objects.visible_to(self.request.user).filter(
            alliance=self.row.alliance_id, scheme__published_on__lte=self.row.run.as_of, evaluation__isnull=False
        )
        return scores.select_related("scheme").order_by("-scheme__year").first()
