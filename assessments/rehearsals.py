"""Trials: what a review would find with other rules or on another day, beside what the last one found."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import QuerySet

from alliances.models import Alliance
from assessments import reviews
from assessments.gauges import GAUGES
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.models.review import Kind
from assessments.reviews import NOT_AGAIN, Finding
from assessments.rules import Rule, rules_in, rules_of, standing_rules

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


def kinds_of(suggestions: Mapping[str, list[dict[str, Any]]]) -> dict[str, list[str]]:
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
    rows = list(
        ReviewRow.objects.within(region).filter(run=run).select_related("alliance", "run").order_by("alliance_id")
    )
    busy = reviews.rectified_on([row.alliance_id for row in rows], run.as_of)
    before, after = ({row.alliance_id: _hit(row, all_rules, busy) for row in rows} for all_rules in (now, then))
    trial = Trial(run.as_of, len(rows), changes=changes_of([row.alliance for row in rows], before, after))
    for kind in Kind:
        was, would = (sum(kind.value in kinds for kinds in found.values()) for found in (before, after))
        trial.counts += [(kind, was, would)] if was or would else []
    return trial


def _hit(row: ReviewRow, rules: list[Rule], busy: set[int]) -> dict[str, list[str]]:
    alliance = row.alliance
    if alliance.activated_on is None or alliance.activated_on > row.run.period_from:
        return {}
    values = {**dict.fromkeys(GAUGES), **row.values}
    found = kinds_of(reviews.suggest(rules_of(alliance.region_id, rules), values))
    return {kind: words for kind, words in found.items() if alliance.pk not in busy or kind not in NOT_AGAIN}
