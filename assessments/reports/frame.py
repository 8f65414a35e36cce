"""What a report is about: a place, a span of time as far as it has come, and in whose eyes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse

from alliances.measures import Metric, Period
from alliances.models import Alliance
from assessments.reports.spans import Span
from assessments.statistics import METRICS, Question
from listings.models import Item
from members.models import Region


@dataclass(frozen=True, slots=True)
class Frame:
    """``alliances`` None asks for all of the region, else for these alone. What ``reader`` may not see is not named;
    figures are those of the whole region either way."""

    region: Region
    span: Span
    today: date
    reader: Any
    alliances: QuerySet | None = None

    @property
    def period(self) -> Period:
        """The days that count: a running span ends today."""
        return self.span.period.until(self.today)

    @property
    def finished(self) -> bool:
        """Whether the span is over: its figures then move only by what is entered late or corrected."""
        return self.span.period.last < self.today

    def question(self, *keys: str, period: Period | None = None) -> Question:
        """These figures of the place, over the span or other days."""
        metrics: tuple[Metric, ...] = tuple(METRICS[key] for key in keys)
        return Question(self.region.code, period or self.period, metrics, self.alliances)

    def rows_url(self, key: str) -> str:
        """The rows behind a figure of the span."""
        first, last = self.period.days
        asked = {"region": self.region.code, "figure": key, "from": first, "to": last}
        return f"{reverse('statistics:rows')}?{urlencode(asked)}"

    def own(self, rows: QuerySet, path: str = "alliance") -> QuerySet:
        """Of these rows those of the place (and of the asked alliances)."""
        here: Any = rows
        if self.alliances is None:
            return here
        return here.filter(**{f"{path}__in": self.alliances.order_by().values("pk")})

    def items(self) -> QuerySet:
        """The items of the place whose words the reader may read."""
        return self.own(Item.objects.visible_to(self.reader).within(self.region.code))

    def running(self) -> QuerySet:
        """The alliances that ran at the end and that the reader may see."""
        seen = Alliance.objects.visible_to(self.reader).within(self.region.code).as_of(self.period.last)
        return self.own(seen, "pk").distinct()
