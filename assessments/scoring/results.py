"""The results of a year: of the alliances and of their members, worked out and fingerprinted, not saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from assessments.fingerprints import fingerprint
from assessments.models import AllianceScore, MemberScore, Rating, Scheme
from assessments.scoring.points import WHOLE, rounded
from assessments.scoring.working import assessed_by, working, workings


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
    said = [line for line in work["lines"] if line["source"] == "members"]
    means = [line["corrected"]["from"] if line.get("corrected") else line["points"] for line in said]
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
