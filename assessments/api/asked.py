"""What a program asks of statistics, parameter by parameter, and the body that answers it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from alliances.measures import GROUPS, Metric, Period
from assessments.asking import Asking
from assessments.drilling import Drill
from assessments.drilling.asking import DrillAsking
from assessments.statistics import METRICS, Figures, Row, difference, hide_few, reach_of, whole, whole_and_rows
from members.problems import Unreadable

MOST_MONTHS = 240
LONGEST = 3600
"""Seconds: no older answer is given to who accepts one."""
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Asked:
    """The parameters of a question, read one by one; each refusal names its parameter and the way to mend it."""

    asking_class: type[Asking] = Asking

    def __init__(self, user: Any, params: Any, today: date) -> None:
        self.params = params
        self.to = self._day("to") or today
        self.first = self._day("from") or date(self.to.year, 1, 1)
        if self.first > self.to:
            refuse("from", _("起始日不能晚于截止日，请调整 from 或 to。"))
        reach_of(user)  # whom it does not concern is told so first
        form = self.asking_class.form_class({name: params[name] for name in params if name != "region"})
        for name, errors in form.errors.items():
            refuse(name, str(errors[0]))
        if not (params.get("from") or params.get("to")) and any(form.said.get(n) for n in ("year", "quarter", "month")):
            self.first, self.to = form.span(today).days
        self.as_of = min(self.to, today)
        self.max_age = self._max_age()
        self.group = self._group()
        self.metrics = self._metrics()
        self.asking = self.asking_class(user, params, today)

    def answer(self, *, few_hidden: bool) -> dict[str, Any]:
        """The whole body of the answer."""
        figures, rows = self._counted(self.period)
        said: dict[str, Any] = {"region": self.asking.region.code, "from": self.first.isoformat()}
        said |= {"to": self.to.isoformat(), "as_of": self.as_of.isoformat()}
        if not self.asking.compares:
            told = [{"group": {"code": r.code, "label": r.label}, **shown(r.figures, few_hidden)} for r in rows or ()]
            return said | shown(figures, few_hidden) | ({"rows": told} if rows is not None else {})
        past = self.period.a_year_before()
        figures_then, rows_then = self._counted(past)
        said |= beside(figures, figures_then, few_hidden)
        said["before"] |= {"from": past.first.isoformat(), "to": past.last.isoformat()}
        if rows is not None:
            then = self._matched(rows, rows_then or [])
            said["rows"] = [
                {"group": {"code": r.code, "label": r.label}, **beside(r.figures, then(r), few_hidden)} for r in rows
            ]
        return said

    @property
    def period(self) -> Period:
        return Period(self.first, self.as_of)

    def _counted(self, period: Period) -> tuple[Figures, list[Row] | None]:
        question = replace(self.asking.over(period), metrics=self.metrics)
        return whole_and_rows(question, self.group) if self.group else (whole(question), None)

    def _matched(self, rows: list[Row], before: list[Row]) -> Callable[[Row], Figures]:
        """The figures that a row had a year before: of the same group, of the month twelve months earlier."""
        known = {row.code: row.figures for row in before}
        knows = self.asking.question.knows
        nothing = {metric.key: metric.nothing if knows(metric) else None for metric in self.metrics}
        if self.group != "month":
            return lambda row: known.get(row.code, nothing)
        return lambda row: known.get(f"{int(str(row.code)[:4]) - 1:04d}{str(row.code)[4:]}", nothing)

    def _day(self, name: str) -> date | None:
        text = self.params.get(name, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text) if DAY.fullmatch(text) else unreadable(name)
        except ValueError:
            unreadable(name)

    def _max_age(self) -> int:
        """How many seconds old an answer the caller accepts; 0 for one that is counted now."""
        text = self.params.get("max_age") or "0"
        if not (text.isascii() and text.isdigit()):
            raise Unreadable({"max_age": [_("看不懂，请写成秒数，例如 600。")]})
        if len(text) > len(str(LONGEST)) or int(text) > LONGEST:
            refuse("max_age", _("最多接受 %(seconds)s 秒以前的结果。") % {"seconds": LONGEST})
        return int(text)

    def _group(self) -> str | None:
        group = self.params.get("by") or None
        if group is not None and group not in GROUPS:
            refuse("by", _("没有这种分组，请用 %(groups)s 之一。") % {"groups": "、".join(GROUPS)})
        months = (self.as_of.year - self.first.year) * 12 + self.as_of.month - self.first.month + 1
        if group == "month" and months > MOST_MONTHS:
            refuse("from", _("按月统计最多 %(months)s 个月，请缩短期间。") % {"months": MOST_MONTHS})
        return group

    def _metrics(self) -> tuple[Metric, ...]:
        names = [name for name in self.params.get("figures", "").split(",") if name]
        unknown = [name for name in names if name not in METRICS]
        if unknown:
            refuse("figures", _("没有这些指标：%(names)s。可用的见 figures/。") % {"names": "、".join(unknown)[:200]})
        return tuple(METRICS[name] for name in dict.fromkeys(names)) or tuple(METRICS.values())


class AskedRows(Asked):
    """The same, and which figure's rows."""

    asking_class = DrillAsking
    asking: DrillAsking

    def drill(self) -> Drill:
        return Drill(
            self.asking.metric, self.asking.over(self.period), self.asking.reach, self.asking.user, self.asking.own
        )


def unreadable(name: str) -> NoReturn:
    """Refuse a date that is none."""
    raise Unreadable({name: [_("看不懂这个日期，请写成 2019-04-30 这样的形式。")]})


def refuse(name: str, message: str) -> NoReturn:
    """Refuse a parameter that is readable but invalid."""
    raise ValidationError({name: [message]})


def shown(figures: Figures, few_hidden: bool) -> dict[str, Any]:
    """Figures as they go out, to programs without those of few persons."""
    if not few_hidden:
        return {"figures": figures}
    figures, hidden = hide_few(figures)
    return {"figures": figures, "suppressed": hidden} if hidden else {"figures": figures}


def beside(now: Figures, before: Figures, few_hidden: bool) -> dict[str, Any]:
    """Figures, those of the year before and the differences; what is hidden on one side is told by none."""
    said, then = shown(now, few_hidden), shown(before, few_hidden)
    change = {key: difference(said["figures"][key], then["figures"][key]) for key in now}
    return said | {"before": then, "change": change}
