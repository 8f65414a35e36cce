"""The results of a year as pages and REST show them: frozen once published, computed while they are being checked."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.models import Alliance
from assessments import scoring
from assessments.models import AllianceScore, Appeal, Indicator, MemberScore, Scheme
from assessments.words import counted_at, figure
from assessments.words.scheme import rule_said

AVERAGES = {
    "members": gettext_lazy("%(count)s 家评价的平均"),
    "masses": gettext_lazy("%(count)s 位群众评价的平均"),
}


def shown_to(scheme: Scheme, user: Any) -> bool:
    """Published results are shown to all who see the scheme; before, to who checks them and to who may appeal."""
    if scheme.state == Scheme.State.PUBLISHED:
        return True
    return scheme.state == Scheme.State.SCORING and alliances_for(scheme, user).exists()


def alliances_for(scheme: Scheme, user: Any) -> QuerySet[Alliance]:
    """The alliances of the scheme whose results the user may read. Before the publication those are all for the
    department that checks them, one's own for a lead, and for who governs the place those that appeal."""
    if scheme.state != Scheme.State.PUBLISHED:
        assessed = scoring.assessed_by(scheme)
        if Scheme.objects.directed_by(user).filter(pk=scheme.pk).exists():
            return assessed
        appealing = Appeal.objects.governed_by(user).filter(scheme=scheme)
        return assessed.filter(Q(lead__in=user.rights.organizations) | Q(pk__in=appealing.values("alliance_id")))
    readable = AllianceScore.objects.visible_to(user).filter(scheme=scheme)
    return Alliance.objects.filter(pk__in=readable.values("alliance_id"))


def of_alliances(scheme: Scheme, alliances: Iterable[Alliance]) -> list[AllianceScore]:
    """Their results in the given order: the frozen ones, or those of this moment (not saved)."""
    alliances = list(alliances)
    if scheme.state == Scheme.State.PUBLISHED:
        frozen = {score.alliance_id: score for score in scheme.scores.filter(alliance__in=alliances)}
        found = [frozen[alliance.pk] for alliance in alliances]
    else:
        worked = scoring.workings(scheme, alliances)
        found = [scoring.alliance_score(scheme, alliance, worked[alliance.pk]) for alliance in alliances]
    for score, alliance in zip(found, alliances, strict=True):
        score.alliance = alliance
    return found


def of_members(scheme: Scheme, user: Any, alliance: Alliance | None = None) -> QuerySet[MemberScore]:
    """Published results of members: of one alliance those that the user may read, else those of one's own."""
    seen = MemberScore.objects.visible_to(user).filter(scheme=scheme).select_related("organization", "alliance")
    if alliance is not None:
        return seen.filter(alliance=alliance).order_by("organization__code")
    return seen.filter(organization__in=user.rights.organizations).order_by("alliance__code")


def grades(scheme: Scheme, user: Any) -> list[tuple[str, int]]:
    """How many alliances have which grade, in the order of grades; only once published."""
    seen = AllianceScore.objects.visible_to(user).filter(scheme=scheme).order_by()
    counted = dict(seen.values_list("grade").annotate(count=Count("pk")))
    words = [_("优秀"), _("良好"), _("一般"), _("较差")]
    listed = [(word, counted.get(word, 0)) for word in words] if counted else []
    return listed + ([(_("未定等次"), counted[""])] if counted.get("") else [])


def lines_of(result: AllianceScore) -> list[dict[str, Any]]:
    """The working as a page shows it: each line with its value in words, the formula, and the way to what it counts."""
    period = scoring.period_of(result.scheme)
    return [_line(line, result.alliance_id, period.days) for line in result.working["lines"]]


def _line(line: dict[str, Any], alliance: int, days: Any) -> dict[str, Any]:
    shown = line | {"source_word": Indicator.Source(line["source"]).label, "url": "", "words": "", "contribution": None}
    if line["points"] is not None:
        shown["contribution"] = scoring.rounded(Decimal(line["points"]) * Decimal(line["used"]) / 100)
    if line["source"] == Indicator.Source.METRIC:
        shown["words"], shown["url"] = figure(line["metric"], line["value"]), counted_at(line["metric"], alliance, days)
        shown["rule_word"] = rule_said(line)
        if line.get("denominator") is not None:
            shown["words"] += f"（{line['numerator']} / {line['denominator']}）"
    elif line["points"] is not None and line["source"] in AVERAGES and not line.get("corrected"):
        shown["words"] = str(AVERAGES[line["source"]]) % {"count": line["raters"]}
    return shown
