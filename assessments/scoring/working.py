"""How a score is worked out: outcomes by their rule, opinions as means, marks as given, silence re-spread.

A working is what JSON can hold, so that it can be shown, frozen and fingerprinted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.counting import per_alliance
from alliances.measures import Period
from alliances.models import Alliance
from alliances.querysets import AllianceQuerySet
from assessments.models import Appeal, Indicator, Mark, Rating, Scheme, Supplement
from assessments.querysets import SHOWN_FROM
from assessments.scoring.points import WHOLE, points, rounded
from assessments.statistics import METRICS
from members.scope import under_any

PARTS = {
    "solve_rate": ("solve_rate_numerator", "solve_rate_denominator"),
    "satisfied_rate": ("satisfied_rate_numerator", "satisfied_rate_denominator"),
}
"""Rates and the two figures that they are made of, shown beside them."""

TOO_FEW = {
    Indicator.Source.MEMBERS.value: gettext_lazy("评价不足 %(least)s 家，为保密不公布也不计入"),
    Indicator.Source.MASSES.value: gettext_lazy("评价不足 %(least)s 人，为保密不公布也不计入"),
}
"""Groups whose raters are promised that nobody can tell what each of them said."""

Line = dict[str, Any]


def assessed_by(scheme: Scheme) -> AllianceQuerySet:
    """The alliances that a scheme assesses: in its region, running at the end of its cut-off day; in code order."""
    alliances: AllianceQuerySet = Alliance.objects.within(scheme.region_id).as_of(scheme.cut_off).order_by("code", "pk")
    return alliances


def rated_in(scheme: Scheme, direction: str) -> AllianceQuerySet:
    """Of those assessed the alliances in which a rating of that direction counts: nobody is asked for what nothing is
    made of. What members say always counts: the dynamic review reads their mean."""
    assessed = assessed_by(scheme)
    if direction == Rating.Direction.ALLIANCE:
        return assessed if scheme.member_weight else assessed.none()
    if direction == Rating.Direction.MEMBERS or scheme.indicators.filter(source=direction).exists():
        return assessed
    asking = scheme.supplements.adopted().filter(indicators__source=direction)
    return assessed.filter(under_any(tuple(asking.values_list("region", flat=True))))


def period_of(scheme: Scheme) -> Period:
    """From 1 January to the cut-off day."""
    return Period.year_of(scheme.cut_off).until(scheme.cut_off)


@dataclass(frozen=True, slots=True)
class Found:
    """What is known of the alliances: figures by key, (raters, sum) by alliance and source, marks and upheld appeals
    by indicator and alliance."""

    figures: Mapping[str, Mapping[int, Any]] = field(default_factory=dict)
    opinions: Mapping[tuple[int, str], tuple[int, Decimal]] = field(default_factory=dict)
    marks: Mapping[tuple[int, int], Mark] = field(default_factory=dict)
    corrections: Mapping[tuple[int, int], Appeal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sheet:
    """An alliance's indicators: those of the scheme, scaled to what the supplement of its region leaves them, and
    those of the supplement."""

    indicators: list[Indicator]
    supplement: Supplement | None = None

    def weighed(self) -> Iterable[tuple[Indicator, Decimal, str]]:
        """Each indicator, its weight in the whole, and whose supplement it comes from."""
        share = self.supplement.share if self.supplement else Decimal(0)
        for indicator in self.indicators:
            yield indicator, indicator.weight * (WHOLE - share) / WHOLE, ""
        for indicator in self.supplement.indicators.all() if self.supplement else ():
            yield indicator, indicator.weight * share / WHOLE, self.supplement.region.name if self.supplement else ""

    def marked(self) -> list[Indicator]:
        """Those that the department scores."""
        return [one for one, _weight, _of in self.weighed() if one.source == Indicator.Source.MANUAL]


class Sheets:
    """The sheets of a scheme: which one an alliance is scored with."""

    def __init__(self, scheme: Scheme) -> None:
        self.own = list(scheme.indicators.all())
        adopted = scheme.supplements.adopted().select_related("region").prefetch_related("indicators")
        self.supplements = sorted(adopted, key=lambda supplement: -len(supplement.region_id))

    def of(self, alliance: Alliance) -> Sheet:
        """With the supplement of the nearest region above it, if there is one."""
        return Sheet(self.own, next((one for one in self.supplements if one.covers(alliance.region_id)), None))

    def indicators(self) -> list[Indicator]:
        """All of them."""
        return [*self.own, *(indicator for one in self.supplements for indicator in one.indicators.all())]


def workings(scheme: Scheme, alliances: Iterable[Alliance]) -> dict[int, dict[str, Any]]:
    """Alliance id -> its working, for all given alliances with a fixed number of statements."""
    alliances, sheets = list(alliances), Sheets(scheme)
    found = found_of(scheme, sheets.indicators(), [alliance.pk for alliance in alliances])
    return {
        alliance.pk: working(
            [line_of(one, weight, of, alliance.pk, found) for one, weight, of in sheets.of(alliance).weighed()]
        )
        for alliance in alliances
    }


def found_of(scheme: Scheme, indicators: list[Indicator], ids: list[int]) -> Found:
    """Everything that the indicators ask about the alliances."""
    keys = {key for i in indicators if i.metric for key in (i.metric, *PARTS.get(i.metric, ()))}
    figures = per_alliance((METRICS[key] for key in sorted(keys)), period_of(scheme), ids)
    counted = {"raters": Count("pk"), "total": Sum("score")}
    given = scheme.ratings.filter(alliance__in=ids).order_by().values_list("alliance", "direction").annotate(**counted)
    said = scheme.opinions.filter(alliance__in=ids).order_by().values_list("alliance").annotate(**counted)
    opinions = {(pk, way): (raters, total) for pk, way, raters, total in given}
    opinions |= {(pk, str(Indicator.Source.MASSES)): (raters, total) for pk, raters, total in said}
    marks = Mark.objects.filter(indicator__in=[i.pk for i in indicators], alliance__in=ids)
    upheld = scheme.appeals.upheld().filter(alliance__in=ids)
    return Found(
        figures, opinions, {(mark.indicator_id, mark.alliance_id): mark for mark in marks},
        {(case.indicator_id, case.alliance_id): case for case in upheld},
    )  # fmt: skip


def line_of(indicator: Indicator, weight: Decimal, of: str, pk: int, found: Found) -> Line:
    """One indicator of one alliance: what was found, its points (None = a gap, and why). ``of`` names the region
    whose supplement it comes from. Where an appeal was upheld, its points stand, and ``corrected`` says from which and
    why."""
    line = _found_line(indicator, weight, of, pk, found)
    case = found.corrections.get((indicator.pk, pk))
    if case is None or case.points is None:
        return line
    corrected = {"from": line["points"], "reason": case.answer}
    return line | {"points": str(rounded(case.points)), "gap": "", "corrected": corrected}


def _found_line(indicator: Indicator, weight: Decimal, of: str, pk: int, found: Found) -> Line:
    line: Line = {
        "indicator": indicator.pk,
        "group": indicator.group,
        "name": indicator.name,
        "source": indicator.source,
        "weight": f"{weight.normalize():f}",
        "supplement": of,
        "points": None,
        "gap": "",
    }
    if indicator.source == Indicator.Source.METRIC:
        return line | _computed(indicator, pk, found)
    if indicator.source == Indicator.Source.MANUAL:
        return line | _marked(indicator, pk, found)
    return line | _rated(indicator, pk, found)


def _rated(indicator: Indicator, pk: int, found: Found) -> Line:
    raters, total = found.opinions.get((pk, indicator.source), (0, Decimal(0)))
    if not raters:
        return {"raters": 0, "gap": _("无人评价")}
    if indicator.source in TOO_FEW and raters < SHOWN_FROM:
        return {"raters": raters, "gap": str(TOO_FEW[indicator.source]) % {"least": SHOWN_FROM}}
    return {"raters": raters, "points": str(rounded(total / raters))}


def _marked(indicator: Indicator, pk: int, found: Found) -> Line:
    mark = found.marks.get((indicator.pk, pk))
    if mark is None:
        return {"gap": _("部门尚未评分")}
    return {"points": str(rounded(mark.score)), "reason": mark.reason}


def _computed(indicator: Indicator, pk: int, found: Found) -> Line:
    value = found.figures[indicator.metric].get(pk)
    parts = [found.figures[key].get(pk) for key in PARTS.get(indicator.metric, ())]
    line = rule_of(indicator) | {
        "value": value,
        **dict(zip(("numerator", "denominator"), parts, strict=False)),
    }
    return line | ({"gap": _("期内没有数据")} if value is None else {"points": str(points(indicator, value))})


def rule_of(indicator: Indicator) -> Line:
    """What a rule needs, as JSON holds it."""
    line: Line = {"metric": indicator.metric, "rule": indicator.rule}
    if indicator.rule == Indicator.Rule.STEP:
        return line | {"steps": indicator.steps}
    bounds = ("full_at",) if indicator.rule == Indicator.Rule.THRESHOLD else ("zero_at", "full_at")
    return line | {name: f"{getattr(indicator, name):f}" for name in bounds}


def working(lines: list[Line]) -> dict[str, Any]:
    """The lines with the weights really used, and the total. A gap's weight is spread over the others in proportion;
    the total is None when everything is a gap."""
    counted = [(line, Decimal(line["weight"])) for line in lines if line["points"] is not None]
    answered = sum((weight for _line, weight in counted), Decimal(0))
    for line in lines:
        line["used"] = None
    for line, weight in counted:
        line["used"] = str(rounded(weight * WHOLE / answered))
    earned = sum((weight * Decimal(line["points"]) for line, weight in counted), Decimal(0))
    return {"lines": lines, "total": str(rounded(earned / answered)) if answered else None}
