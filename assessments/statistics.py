"""Statistics: every figure of the house in one explicit list, and the answer to "how many, where, when, by what".

Who may ask for what is a :class:`Reach`; what is asked a :class:`Question`. The number on a page, in REST and in a
file is the same because all of them ask here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alliances import metrics as of_alliances
from alliances.counting import totals
from alliances.measures import DENOMINATOR, NUMERATOR, Metric, Number, Period
from alliances.models import Alliance, Chain
from listings import metrics as of_listings
from listings.models.listing import Kind
from members.models import Region
from members.scope import rights_of

KEYS = (
    "alliances_active", "demonstration_sites", "belts", "organizations_covered", "party_members_covered",
    "organs_linked", "members_registered", "listings_signed", "items_open", "items_claimed", "problems_solved",
    "solve_rate", "solve_rate_numerator", "solve_rate_denominator", "median_days_to_solve", "satisfied_rate",
    "satisfied_rate_numerator", "satisfied_rate_denominator", "activities_held",
    "theme_days_held", "meetings_held", "service_person_times", "service_people", "alliances_rectified",
    "alliances_rewarded", "instructor_rate", "instructor_rate_numerator", "instructor_rate_denominator",
    "whistle_response_rate", "whistle_response_rate_numerator", "whistle_response_rate_denominator",
    "whistle_solved_rate", "whistle_solved_rate_numerator", "whistle_solved_rate_denominator",
    "whistle_satisfied_rate", "whistle_satisfied_rate_numerator", "whistle_satisfied_rate_denominator",
    "idea_calls_held", "ideas_proposed", "projects_fixed", "projects_accepted", "project_organizations",
    "project_money",
)  # fmt: skip

_DEFINED = {metric.key: metric for metric in (*of_alliances.METRICS, *of_listings.METRICS)}

METRICS: dict[str, Metric] = {key: _DEFINED[key] for key in KEYS}
"""Every figure, in the order in which it is listed everywhere."""

FEW_PERSONS = 5
"""Counts of persons under this are hidden from programs."""

CLASSES: dict[str, Any] = {"mode": Alliance.Mode, "form": Alliance.Form, "chain": Chain.Kind, "kind": Kind}

Figures = dict[str, Number]


@dataclass(frozen=True)
class Reach:
    """Whose figures a caller may read.

    ``roots`` are division codes. Staff and programs read everything at and beneath them (``alliances`` None). Who
    only speaks for organisations reads the figures of the alliances of these (``alliances``), in any region that
    contains one of the roots or lies in it. ``home`` is the region when none is named.
    """

    home: str
    roots: tuple[str, ...]
    alliances: QuerySet | None = None

    def covers(self, code: str) -> bool:
        """Whether the caller may ask for this region; if not, it answers like one that does not exist."""
        above = self.alliances is not None and any(root.startswith(code) for root in self.roots)
        return above or any(code.startswith(root) for root in self.roots)


def reach_of(user: Any) -> Reach:
    """The caller's reach. Raises PermissionDenied for those who read no statistics (Party members, 三员)."""
    rights = rights_of(user)
    if rights.seen:
        roots = tuple(sorted(rights.seen, key=lambda code: (len(code), code)))
        return Reach(roots[0], roots)
    if not rights.organizations:
        raise PermissionDenied(_("您的角色不查看统计。"))
    joined = Alliance.objects.joined_by(user)
    own = tuple(sorted({role.organization.region_id for role in user.current_roles if role.role == "branch"}))
    return Reach(own[0], own + tuple(joined.order_by().values_list("region_id", flat=True)), joined)


@dataclass(frozen=True)
class Question:
    """Which figures of which region over which days; ``period`` never ends after the day of asking.

    ``alliances`` None asks for all of the region, otherwise only for what belongs to one of them; ``kind`` for what
    stands on lists of that kind; ``classed``: whether the alliances were chosen by a class (mode, form …).
    """

    code: str
    period: Period
    metrics: tuple[Metric, ...]
    alliances: QuerySet | None = None
    kind: str = ""
    classed: bool = False

    def knows(self, metric: Metric) -> bool:
        """Whether the figure can be told apart by what is asked: a belt has no mode, a meeting no kind of list."""
        return not (self.classed and metric.alliance is None) and not (self.kind and metric.kind is None)

    def over(self, period: Period) -> Question:
        """The same of other days."""
        return replace(self, period=period)

    def of(self, *keys: str) -> Question:
        """The same with other figures."""
        return replace(self, metrics=tuple(METRICS[key] for key in keys))


@dataclass(frozen=True)
class Row:
    """A group and its figures; ``code`` None holds what has no class."""

    code: str | None
    label: str
    figures: Figures


def whole(question: Question) -> Figures:
    """The figures of the region, those of the same rows in one statement; None where a figure knows nothing of what
    was asked."""
    asked = (question.period, question.code, question.alliances, question.kind)
    known = totals([metric for metric in question.metrics if question.knows(metric)], *asked)
    return {metric.key: known.get(metric.key) for metric in question.metrics}


def rows(question: Question, group: str) -> list[Row]:
    """The figures by group: one statement each. Regions stand in the order of their codes, the own level last."""
    asked = (question.period, question.code, group, question.alliances, question.kind)
    found = {metric: metric.by(*asked) if question.knows(metric) else None for metric in question.metrics}
    named = [
        Row(code, label, {m.key: None if n is None else n.get(code, m.nothing) for m, n in found.items()})
        for code, label in classes_of(question, group)
    ]
    return [row for row in named if row.code is not None or any(row.figures.values())]


def whole_and_rows(question: Question, group: str) -> tuple[Figures, list[Row]]:
    """Both at once; what sums is added up and not counted a second time."""
    parts = rows(question, group)
    adds = [metric for metric in question.metrics if metric.sums(group) and question.knows(metric)]
    rest = whole(replace(question, metrics=tuple(m for m in question.metrics if m not in adds)))
    sums = {m.key: round(sum(row.figures[m.key] or 0 for row in parts), 2) for m in adds}
    return {metric.key: {**rest, **sums}[metric.key] for metric in question.metrics}, parts


def difference(now: Number, before: Number) -> Number:
    """What has changed, with its sign; None where one of the two is not known."""
    return None if now is None or before is None else round(now - before, 4)


def with_parts(keys: Iterable[str]) -> tuple[str, ...]:
    """The figures, each rate followed by its numerator and denominator."""
    told = [key + part for key in keys for part in ("", NUMERATOR, DENOMINATOR) if key + part in METRICS]
    return tuple(dict.fromkeys(told))


def classes_of(question: Question, group: str) -> Iterable[tuple[str | None, str]]:
    """The codes and names of a grouping's rows, in their order."""
    if group == "month":
        return [(month.label, month_name(month.first)) for month in question.period.months()]
    if group == "region":
        places = list(Region.objects.children_of(question.code).order_by("code").values_list("code", "name"))
        own = Region.objects.values_list("name", flat=True).get(code=question.code)
        return [*places, (question.code, _("%(region)s本级") % {"region": own} if places else own)]
    return [*((code, str(label)) for code, label in CLASSES[group].choices), (None, _("未归类"))]


def month_name(day: date) -> str:
    """2019年4月."""
    return _("%(year)s年%(month)s月") % {"year": day.year, "month": day.month}


def hide_few(figures: Figures) -> tuple[Figures, list[str]]:
    """For programs: counts of one to four persons become None; with the keys of what was hidden."""
    hidden = [key for key, value in figures.items() if METRICS[key].persons and value and value < FEW_PERSONS]
    return {key: None if key in hidden else value for key, value in figures.items()}, hidden
