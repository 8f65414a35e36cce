"""How a score is worked out: outcomes on a line from nothing to full, opinions as means, silence re-spread.

A working is what JSON can hold, so that it can be shown, frozen and fingerprinted.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils.translation import gettext as _

from alliances.measures import Period
from alliances.models import Alliance, Membership
from alliances.querysets import AllianceQuerySet
from assessments.fingerprints import fingerprint
from assessments.models import AllianceScore, Indicator, MemberScore, Rating, Scheme
from assessments.querysets import SHOWN_FROM
from assessments.statistics import METRICS

CENT = Decimal("0.01")
WHOLE = Decimal(100)
PARTS = {
    "solve_rate": ("solve_rate_numerator", "solve_rate_denominator"),
    "satisfied_rate": ("satisfied_rate_numerator", "satisfied_rate_denominator"),
}
"""Rates and the two figures that they are made of, shown beside them."""

Line = dict[str, Any]
Opinions = Mapping[tuple[int, str], list[Decimal]]


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def assessed_by(scheme: Scheme) -> AllianceQuerySet:
    """The alliances that a scheme assesses: in its region, running at the end of its cut-off day; in code order."""
    alliances: AllianceQuerySet = Alliance.objects.within(scheme.region_id).as_of(scheme.cut_off).order_by("code", "pk")
    return alliances


def period_of(scheme: Scheme) -> Period:
    """From 1 January to the cut-off day."""
    return Period.year_of(scheme.cut_off).until(scheme.cut_off)


def points(indicator: Indicator, value: Any) -> Decimal:
    """0 at ``zero_at``, 100 at ``full_at``, linear between, never outside."""
    zero, full = Decimal(indicator.zero_at or 0), Decimal(indicator.full_at or 0)
    share = (Decimal(str(value)) - zero) / (full - zero)
    return rounded(min(max(share, Decimal(0)), Decimal(1)) * WHOLE)


def workings(scheme: Scheme, alliances: Iterable[Alliance]) -> dict[int, dict[str, Any]]:
    """Alliance id -> its working, for all given alliances with a fixed number of statements."""
    ids = [alliance.pk for alliance in alliances]
    indicators = list(scheme.indicators.all())
    keys = {key for i in indicators if i.metric for key in (i.metric, *PARTS.get(i.metric, ()))}
    figures = {key: METRICS[key].per_alliance(period_of(scheme), ids) for key in sorted(keys)}
    opinions = opinions_on(scheme, ids)
    return {pk: working([line_of(i, pk, figures, opinions) for i in indicators]) for pk in ids}


def opinions_on(scheme: Scheme, ids: list[int]) -> Opinions:
    """(alliance id, direction) -> the scores given."""
    given: dict[tuple[int, str], list[Decimal]] = defaultdict(list)
    for pk, direction, score in scheme.ratings.filter(alliance__in=ids).values_list(
        "alliance_id", "direction", "score"
    ):
        given[pk, direction].append(score)
    return given


def line_of(indicator: Indicator, pk: int, figures: Mapping[str, Mapping[int, Any]], opinions: Opinions) -> Line:
    """One indicator of one alliance: what was found, its points (None = a gap, and why)."""
    line: Line = {
        "name": indicator.name,
        "source": indicator.source,
        "weight": str(indicator.weight),
        "points": None,
        "gap": "",
    }
    if indicator.source == Indicator.Source.METRIC:
        return line | _computed(indicator, pk, figures)
    scores = opinions.get((pk, indicator.source), [])
    line["raters"] = len(scores)
    if indicator.source == Indicator.Source.MEMBERS and 0 < len(scores) < SHOWN_FROM:
        return line | {"gap": _("评价不足 %(least)s 家，为保密不公布也不计入") % {"least": SHOWN_FROM}}
    if not scores:
        return line | {"gap": _("无人评价")}
    return line | {"points": str(rounded(sum(scores, Decimal(0)) / len(scores)))}


def _computed(indicator: Indicator, pk: int, figures: Mapping[str, Mapping[int, Any]]) -> Line:
    value = figures[indicator.metric].get(pk)
    parts = [figures[key].get(pk) for key in PARTS.get(indicator.metric, ())]
    found = {
        "metric": indicator.metric, "value": value,
        "zero_at": f"{indicator.zero_at:f}", "full_at": f"{indicator.full_at:f}",
        **dict(zip(("numerator", "denominator"), parts, strict=False)),
    }  # fmt: skip
    return found | ({"gap": _("期内没有数据")} if value is None else {"points": str(points(indicator, value))})


def working(lines: list[Line]) -> dict[str, Any]:
    """The lines with the weights really used, and the total. A gap's weight is spread over the others in proportion;
    the total is None when everything is a gap."""
    answered = sum((Decimal(line["weight"]) for line in lines if line["points"] is not None), Decimal(0))
    total = Decimal(0)
    for line in lines:
        line["used"] = None
        if line["points"] is not None:
            used = Decimal(line["weight"]) * WHOLE / answered
            total += used * Decimal(line["points"]) / WHOLE
            line["used"] = str(rounded(used))
    return {"lines": lines, "total": str(rounded(total)) if answered else None}


def grade_of(scheme: Scheme, total: Decimal | None) -> str:
    """The word for a score; none where nothing could be scored."""
    if total is None:
        return ""
    steps = ((scheme.excellent_from, _("优秀")), (scheme.good_from, _("良好")), (scheme.fair_from, _("一般")))
    return next((word for least, word in steps if total >= least), _("较差"))


def alliance_scores(scheme: Scheme) -> list[AllianceScore]:
    """The result of every assessed alliance, not saved."""
    alliances = list(assessed_by(scheme))
    worked = workings(scheme, alliances)
    return [alliance_score(scheme, alliance, worked[alliance.pk]) for alliance in alliances]


def alliance_score(scheme: Scheme, alliance: Alliance, work: dict[str, Any]) -> AllianceScore:
    """A result from its working, not saved."""
    total = None if work["total"] is None else Decimal(work["total"])
    means = [line["points"] for line in work["lines"] if line["source"] == "members"]
    return AllianceScore(
        scheme=scheme, alliance=alliance, score=total, grade=grade_of(scheme, total), working=work,
        evaluation=Decimal(means[0]) if means and means[0] is not None else None,
        digest=fingerprint(scheme.pk, alliance.pk, work),
    )  # fmt: skip


def member_scores(scheme: Scheme, results: Iterable[AllianceScore]) -> Iterator[MemberScore]:
    """The result of every member but the lead in every assessed alliance, not saved.

    ``member_weight`` of it is the alliance's rating of the member, the rest the alliance's own result; where one of
    them is missing, the other counts in full.
    """
    totals = {result.alliance_id: result for result in results}
    given = scheme.ratings.filter(direction=Rating.Direction.ALLIANCE)
    rated = {(pk, member): score for pk, member, score in given.values_list("alliance_id", "organization_id", "score")}
    members = (
        Membership.objects.as_of(scheme.cut_off).filter(alliance__in=totals).select_related("alliance", "organization")
    )
    for membership in members.order_by("organization__code", "alliance_id"):
        if membership.organization_id != membership.alliance.lead_id:
            rating = rated.get((membership.alliance_id, membership.organization_id))
            yield member_score(scheme, membership, rating, totals[membership.alliance_id].score)


def member_score(scheme: Scheme, membership: Membership, rating: Decimal | None, total: Decimal | None) -> MemberScore:
    """A member's result from the two halves, not saved."""
    halves = (
        (_("联合体对本组织的评价"), rating, scheme.member_weight),
        (_("联合体考核结果"), total, WHOLE - scheme.member_weight),
    )
    work = working(
        [
            {"name": name, "weight": str(weight), "points": None if half is None else str(rounded(half)),
             "gap": "" if half is not None else _("没有评价")}
            for name, half, weight in halves if weight
        ]
    )  # fmt: skip
    return MemberScore(
        scheme=scheme, alliance=membership.alliance, organization=membership.organization, working=work,
        score=None if work["total"] is None else Decimal(work["total"]),
        digest=fingerprint(scheme.pk, membership.alliance_id, membership.organization_id, work),
    )  # fmt: skip


def digest_of(results: Iterable[AllianceScore], members: Iterable[MemberScore]) -> str:
    """One fingerprint for all results of a scheme."""
    parts = [["alliance", r.alliance_id, r.digest] for r in results]
    parts += [["member", m.alliance_id, m.organization_id, m.digest] for m in members]
    return fingerprint(*sorted(parts))
