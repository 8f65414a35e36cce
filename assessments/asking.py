"""One request for statistics: who asks, for which region, alliance and days. Page, file and REST read it here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, QueryDict
from django.urls import reverse

from alliances.measures import Period
from alliances.models import Alliance
from assessments.questions import ComparedForm, QuestionForm
from assessments.statistics import METRICS, Question, reach_of
from members.models import Region
from members.models.region import ancestors


class Asking:
    """``params`` are those of the address; ``chosen`` is the region as whose officer one acts.

    Raises Http404 for a region or an alliance that the caller does not reach, as for one that does not exist, and
    PermissionDenied for those who read no statistics.
    """

    form_class: type[QuestionForm] = QuestionForm

    def __init__(self, user: Any, params: Mapping[str, Any], today: date, chosen: str | None = None) -> None:
        self.user, self.params, self.today = user, params, today
        self.reach = reach_of(user)
        self.form = self.form_class(params)
        self.region = self._region(chosen)
        self.alliance = self._alliance()

    @cached_property
    def question(self) -> Question:
        """All figures; ``of`` chooses some."""
        return self.over(self.form.period(self.today))

    @property
    def before(self) -> Question:
        """The same of the same days of the year before, with the alliances that crossed then."""
        return self.over(self.question.period.a_year_before())

    def over(self, period: Period) -> Question:
        """The same of other days."""
        said, within = self.form.said, self.reach.alliances
        alliances = self.form.alliances(within, period.last)
        return Question(
            self.region.code, period, tuple(METRICS.values()), alliances, said.get("kind", ""), self.form.classed
        )

    @property
    def compares(self) -> bool:
        """Whether the same days of the year before stand beside each number."""
        return bool(self.form.said.get("compare"))

    def reached(self) -> QuerySet:
        """The alliances of the region, as far as the caller may see them."""
        chosen = self.question.alliances
        seen: Any = Alliance.objects.visible_to(self.user) if chosen is None else chosen
        return seen.within(self.region.code).distinct()

    def above(self) -> list[tuple[str, str]]:
        """The regions above, as far as one may see them, widest first: code and name."""
        above = [code for code in ancestors(self.region.code) if self.reach.covers(code)]
        return list(Region.objects.filter(code__in=above).order_by("code").values_list("code", "name"))

    def _region(self, chosen: str | None) -> Region:
        own = chosen if chosen and self.reach.covers(chosen) else self.reach.home
        code = self.params.get("region") or own
        known = code.isascii() and code.isdigit() and self.reach.covers(code)
        region = Region.objects.filter(code=code).first() if known else None
        if region is None:
            raise Http404
        return region

    def _alliance(self) -> Alliance | None:
        wanted = self.form.said.get("alliance")
        if not wanted:
            return None
        reached: Any = Alliance.objects.all() if self.reach.alliances is None else self.reach.alliances
        found = reached.within(self.region.code).filter(pk=wanted).first()
        if found is None:
            raise Http404
        return found


class ComparedAsking(Asking):
    """For what stands beside the year before in any case."""

    form_class = ComparedForm


class Links:
    """Addresses that keep what was asked, with some of it changed: an empty value takes a part away."""

    def __init__(self, asking: Asking, params: QueryDict) -> None:
        self.asking, self.params = asking, params

    def page(self, **changes: Any) -> str:
        """The overview, one level down or over other days."""
        return self.to("statistics:detail", **changes)

    def rows(self, key: str, **changes: Any) -> str:
        """The rows behind a figure."""
        return self.to("statistics:rows", figure=key, **changes)

    def to(self, name: str, **changes: Any) -> str:
        """A page of the statistics."""
        query = self.params.copy()
        for gone in ("cursor", "format", "figure", "own"):
            query.pop(gone, None)
        query["region"] = self.asking.region.code
        for part, value in changes.items():
            query.pop(part, None)
            if value:
                query[part] = str(value)
        return f"{reverse(name)}?{query.urlencode()}"
