"""The rows behind a number: exactly those that the figure counts, as far as who asks may read them.

The figure's own definition yields them (``Metric.behind``), so that number and list cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from django.db.models import Count, Model, QuerySet, Sum
from django.utils.translation import gettext as _

from alliances.measures import DENOMINATOR, NUMERATOR, Metric, Nature, Number
from assessments.comparing import in_full, written
from assessments.drilling.looks import LOOKS, Look
from assessments.statistics import Question, Reach
from members.charts import count
from members.spreadsheets import MOST_ROWS

MOST = MOST_ROWS
"""How many rows a file takes; more are to be fetched in parts."""


@dataclass(frozen=True)
class Drill:
    """The rows of one figure under a question; with ``own`` only those of the region's own level."""

    metric: Metric
    question: Question
    reach: Reach
    user: Any
    own: bool = False

    @cached_property
    def rows(self) -> QuerySet:
        """Every row that counts, newest first where they are dated; none where the figure knows nothing of what was
        asked."""
        asked = self.question
        rows = self.metric.behind(asked.period, asked.code, asked.alliances, asked.kind, own=self.own)
        return (rows if asked.knows(self.metric) else rows.none()).order_by(self.ordering)

    @property
    def ordering(self) -> str:
        """By what the list is paged: alone it says where each row stands."""
        return "-pk" if self.metric.day else "pk"

    @cached_property
    def shown(self) -> QuerySet:
        """Those of them that the user may read. Who reads a subtree reads all rows in it; who speaks for organisations
        counts what happens in their alliances, and reads what they see."""
        manager: Any = self.rows.model._default_manager
        if self.reach.alliances is None or not hasattr(manager, "visible_to"):
            return self.rows
        return self.rows.filter(pk__in=manager.visible_to(self.user).order_by().values("pk"))

    @cached_property
    def listed(self) -> QuerySet:
        """What is shown, with what its columns need."""
        return self.shown.select_related(*self.look.fetch)

    @cached_property
    def look(self) -> Look:
        """Its day is that on which a row of the figure counts."""
        look, day = LOOKS[self.rows.model], self.metric.day
        if not day or self.metric.once:
            return look
        return replace(look, day=(str(self.rows.model._meta.get_field(day).verbose_name), day))

    @cached_property
    def size(self) -> int:
        """How many rows count: a count says so itself."""
        return int(self.value or 0) if isinstance(self.metric.measure, Count) else self.rows.count()

    @cached_property
    def hits(self) -> Number:
        """Of a rate, how many rows are in its numerator."""
        return (self.rows.aggregate(n=Sum("counts_as"))["n"] or 0) if self.metric.nature is Nature.RATE else None

    @cached_property
    def hidden(self) -> int:
        """How many of them count, but are not for the user to read."""
        return self.size - self.shown.count() if self.shown is not self.rows else 0

    @property
    def shown_size(self) -> int:
        """How many rows are listed."""
        return self.size - self.hidden

    @cached_property
    def value(self) -> Number:
        """The figure itself, from the same rows' definition."""
        asked = self.question
        if not asked.knows(self.metric):
            return None
        if self.own:
            parts = self.metric.by(asked.period, asked.code, "region", asked.alliances, asked.kind)
            return parts.get(asked.code, self.metric.nothing)
        return self.metric.total(asked.period, asked.code, asked.alliances, asked.kind)

    @property
    def words(self) -> str:
        """The figure with its unit; a rate with what it divides."""
        parts = {self.metric.key + NUMERATOR: self.hits, self.metric.key + DENOMINATOR: self.size}
        return in_full(self.metric, {self.metric.key: self.value, **parts})

    def sentence(self) -> str:
        """How the rows make the number."""
        said = {"rows": count(self.size), "value": written(self.metric, self.value), "unit": self.metric.unit}
        if self.value is None and self.size == 0:
            return _("没有计入的记录。")
        if self.metric.nature is Nature.RATE:
            return _("分子 %(some)s ÷ 分母 %(rows)s = %(value)s；下面逐条列出分母，并标明是否计入分子。") % {
                **said, "some": count(self.hits),
            }  # fmt: skip
        if self.metric.nature is Nature.MEDIAN:
            return _("%(rows)s 条记录，用时的中位数 = %(value)s %(unit)s。") % said
        if self.weighs:
            return _("%(rows)s 条记录，金额合计 = %(value)s %(unit)s。") % said
        if self.metric.once:
            return _("去重后 %(rows)s 条 = %(value)s %(unit)s，同一个只列一次。") % said
        return _("%(rows)s 条记录 = %(value)s %(unit)s，每条计 1。") % said

    @property
    def weighs(self) -> bool:
        """Whether a row brings in something other than one."""
        return "counts_as" in self.rows.query.annotations

    def heads(self, *, coded: bool = False) -> list[str]:
        """The names of the columns; ``coded`` with the division code, as files have it."""
        return [*self.look.heads(coded=coded), *([self.weight_label()] if self.weighs else [])]

    def cells(self, row: Model, *, coded: bool = False) -> list[Any]:
        """A row under the heads, numbers as numbers and days as dates."""
        return [*self.look.cells(row, coded=coded), *([self.weight(row)] if self.weighs else [])]

    def weight_label(self) -> str:
        named = {Nature.RATE: _("计入分子"), Nature.MEDIAN: _("用时（天）")}
        return named.get(self.metric.nature, _("金额（元）"))

    def weight(self, row: Any) -> Any:
        """What the row brings in, in words for a rate."""
        if self.metric.nature is Nature.RATE:
            return _("是") if row.counts_as else _("否")
        return row.counts_as

    def url(self, row: Any) -> str:
        """The row's page, where it has one that the reader may open."""
        return self.look.url(row) if self.look.url and self._opens(row) else ""

    def _opens(self, row: Any) -> bool:
        """Organisations of elsewhere count where their alliance is, and are read where they are."""
        if not self.look.of_bodies:
            return True
        return self.reach.alliances is None and any(row.region_id.startswith(root) for root in self.reach.roots)
