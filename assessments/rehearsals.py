"""Trials: what a review would find with other rules or on another day, beside what the last one found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from alliances.models import Alliance
from assessments import reviews
from assessments.gauges import GAUGES
from assessments.judging import Suggestions, rectified_on, suggested
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.models.review import Kind
from assessments.reviews import Finding
from assessments.rules import Columns, Rule, rules_in, standing_rules

Kinds = Mapping[str, list[str]]
"""What is suggested for an alliance: kind -> the words of the rules."""


@dataclass(frozen=True)
class Change:
    """An alliance for which something else would be suggested: what was, and what would be."""

    alliance: Alliance
    before: Kinds
    after: Kinds


@dataclass
class Trial:
    """``reviewed`` alliances as of ``as_of``; how many suggestions of each kind before and after, and who changes."""

    as_of: date
    reviewed: int
    counts: list[tuple[Kind, int, int]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)


def last_run(before: date | None = None) -> ReviewRun | None:
    """The latest complete review, or the latest one not after that day."""
    runs = ReviewRun.objects.filter(state=ReviewRun.State.COMPLETE)
    return (runs.filter(as_of__lte=before) if before else runs).order_by("-as_of").first()


def kinds_of(suggestions: Suggestions) -> dict[str, list[str]]:
    """A finding's suggestions as words."""
    return {kind: [rule["word"] for rule in why] for kind, why in suggestions.items()}


def suggested_in(run: ReviewRun | None, alliances: QuerySet[Alliance]) -> dict[int, dict[str, list[str]]]:
    """What a real review suggested for these alliances."""
    found: dict[int, dict[str, list[str]]] = {}
    if run is not None:
        of_run = Proposal.objects.filter(run=run, alliance__in=alliances.order_by().values("pk")).order_by("pk")
        for proposal in of_run:
            found.setdefault(proposal.alliance_id, {})[proposal.kind] = proposal.words
    return found


def changes_of(
    alliances: Iterable[Alliance], before: Mapping[int, Kinds], after: Mapping[int, Kinds]
) -> list[Change]:
    """The alliances for which the two differ, in the order given."""
    return [
        Change(alliance, before.get(alliance.pk, {}), after.get(alliance.pk, {}))
        for alliance in alliances
        if before.get(alliance.pk, {}) != after.get(alliance.pk, {})
    ]


def rehearsed(as_of: date, alliances: QuerySet[Alliance]) -> tuple[list[Finding], list[Change], ReviewRun | None]:
    """A dry run with the rules of today, and what it would change against the last real review up to that day."""
    found, run = reviews.rehearse(as_of, alliances), last_run(as_of)
    before = suggested_in(run, alliances)
    after = {finding.alliance.pk: kinds_of(finding.suggestions) for finding in found}
    reviewed = [finding.alliance for finding in found]
    gone = Alliance.objects.filter(pk__in=before.keys() - after.keys()).select_related("region").order_by("pk")
    return found, changes_of([*reviewed, *gone], before, after) if run else [], run


def tried(region: str, rules: list[Rule]) -> Trial | None:
    """What changed rules of a region would have suggested in the last quarter that was reviewed, beside those that
    stand now; from the figures that the review has kept. None while nothing was reviewed."""
    run = last_run()
    if run is None:
        return None
    others = [rule for rule in standing_rules() if rule["region"] != region]
    now = others + [rule | {"region": region} for rule in rules_in(region)]
    then = others + [rule | {"region": region} for rule in rules]
    rows = ReviewRow.objects.within(region).filter(run=run).select_related("alliance").order_by("alliance_id")
    alliances, columns = [row.alliance for row in rows], columns_in(rows)
    busy = rectified_on([one.pk for one in alliances], run.as_of)
    before, after = (
        {pk: kinds_of(found) for pk, found in suggested(alliances, columns, rules, run.period_from, busy).items()}
        for rules in (now, then)
    )
    trial = Trial(run.as_of, len(alliances), changes=changes_of(alliances, before, after))
    for kind in Kind:
        was, would = (sum(kind.value in kinds for kinds in found.values()) for found in (before, after))
        trial.counts += [(kind, was, would)] if was or would else []
    return trial


def columns_in(rows: Iterable[ReviewRow]) -> Columns:
    """The figures that a review has kept."""
    return {key: {row.alliance_id: row.values.get(key) for row in rows} for key in GAUGES}
