"""The dynamic review (动态管理): the figures of every alliance over a quarter, held against the rules.

A review is a function of the data as of its cut-off day, whatever dies on the way: its run stands in PostgreSQL, each
batch is one transaction that also moves the run's cursor, and who takes a forsaken run up again goes on from there.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.measures import Period
from alliances.models import Alliance, Rectification
from assessments.fingerprints import fingerprint_of
from assessments.gauges import columns_of
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.models.review import Kind, Light
from assessments.rules import Rule, evidence, hits, rules_of, standing_rules
from members.alone import alone
from members.lifecycle import lock, moving, note
from members.models import Step
from members.states import Refused

BATCH = 1000
LEASE = timedelta(minutes=2)
"""For how long after its last batch a run is believed to be in somebody's hands; longer than any batch takes."""

ATTEMPTS = 5
"""So often a run is taken up without a single batch coming of it, before it is set aside."""

logger = logging.getLogger(__name__)

LOCK_SPACE = 0x5EA50  # keeps our advisory locks apart from others'


WARNINGS = (Kind.DISSOLVE.value, Kind.MERGE.value, Kind.RECTIFY.value, Kind.OBSERVE.value)
"""The kinds that find fault, the gravest first."""

GRAVE = frozenset(WARNINGS[:3])
"""For which the light is red."""

NOT_AGAIN = frozenset({Kind.RECTIFY.value, Kind.REWARD.value})
"""What is not suggested for an alliance that is being rectified."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a review finds of one alliance: its figures, what the rules suggest (kind -> evidence), and its light."""

    alliance: Alliance
    values: dict[str, Any]
    suggestions: dict[str, list[dict[str, Any]]]
    light: str


def run(as_of: date, *, at: datetime | None = None, by: Any = None, batch: int | None = None) -> ReviewRun:
    """Review the calendar quarter that contains ``as_of``, cut at that day's end. Twice is once.

    ``at`` is when; None = the hour of the timetable on the morning after. Raises Refused ``review_running`` when
    another copy is at work on it.
    """
    at = at or morning_after(as_of)
    return resume(begin(as_of, at=at, by=by), at=at, batch=batch)


def begin(as_of: date, *, at: datetime, by: Any = None) -> ReviewRun:
    """The run of that cut-off day, made if there is none, with the rules of this moment; nothing is computed yet."""
    if as_of >= timezone.localdate(at):
        raise ValidationError({"as_of": _("截止日必须早于今天：当天的数据还会变化。")})
    with transaction.atomic():
        begun, new = ReviewRun.objects.get_or_create(
            as_of=as_of,
            defaults={
                "period_from": Period.quarter_of(as_of).first, "rules": standing_rules(), "asked_by": by,
                "started_at": at,
            },
        )  # fmt: skip
        if new:
            note(begun, "begin", at=at, by=by, to_state=ReviewRun.State.RUNNING)
    return begun


def resume(begun: ReviewRun, *, at: datetime, batch: int | None = None) -> ReviewRun:
    """Go on where the run's cursor stands, to its end; a complete run is left as it is, one set aside is taken up."""
    with alone(LOCK_SPACE, begun.pk, Refused("review_running", _("这次分析正在进行，请稍后再看。"))):
        begun.refresh_from_db()
        if begun.state == ReviewRun.State.STALLED:
            with moving(begun, ReviewRun.State.RUNNING, at=at, verb="take_up"):
                begun.attempts = 0
        ReviewRun.objects.filter(pk=begun.pk).update(attempts=F("attempts") + 1)
        while next_batch(begun, at, batch or BATCH):
            pass
    return begun


def sweep(*, at: datetime, wait: bool = True) -> int:
    """Take up every run that was forsaken; how many were brought to their end. A run in other hands is passed over.

    Without ``wait`` also those whose lease still holds: the lock tells whether somebody is really there. One that
    breaks keeps no other waiting; one that has broken, or killed its worker, again and again is set aside, until
    somebody runs it again (``manage.py run_review``).
    """
    ended = 0
    runs = ReviewRun.objects.forsaken() if wait else ReviewRun.objects.unfinished()
    for forsaken in runs.order_by("as_of"):
        try:
            if forsaken.attempts >= ATTEMPTS:
                set_aside(forsaken, at=at)
            else:
                resume(forsaken, at=at)
                ended += 1
        except Refused:
            continue
        except Exception:
            logger.exception("review %s broke", forsaken.pk)
    return ended


def set_aside(broken: ReviewRun, *, at: datetime) -> None:
    """Nobody takes it up by itself any more; the operator is told."""
    with (
        alone(LOCK_SPACE, broken.pk, Refused("review_running", _("这次分析正在进行，请稍后再看。"))),
        moving(broken, ReviewRun.State.STALLED, at=at, verb="set_aside"),
    ):
        broken.lease_until = None


def rehearse(as_of: date, alliances: QuerySet[Alliance], rules: list[Rule] | None = None) -> list[Finding]:
    """A dry run over some of the alliances, with the given rules or those of this moment: nothing is written."""
    period, rules = Period.quarter_of(as_of).until(as_of), standing_rules() if rules is None else rules
    found = alliances.as_of(as_of).select_related("region").order_by("pk")  # type: ignore[attr-defined]
    rows = list(found)
    return [
        finding
        for start in range(0, len(rows), BATCH)
        for finding in findings(rows[start : start + BATCH], period, rules)
    ]


def findings(alliances: list[Alliance], period: Period, rules: list[Rule]) -> Iterator[Finding]:
    """The figures, suggestions and lights of a batch; a fixed number of statements, however many alliances it has.

    Who did not yet run when the quarter began is measured, but not judged; who is being rectified on the last day is
    suggested neither for rectification again nor for a reward.
    """
    columns, held = columns_of(alliances, period), rules_by_region(alliances, rules)
    rectifying = rectified_on([alliance.pk for alliance in alliances], period.last)
    for alliance in alliances:
        values = {key: column.get(alliance.pk) for key, column in columns.items()}
        newcomer = alliance.activated_on is None or alliance.activated_on > period.first
        suggestions = {} if newcomer else suggest(held[alliance.region_id], values)
        if alliance.pk in rectifying:
            suggestions = {kind: what for kind, what in suggestions.items() if kind not in NOT_AGAIN}
        yield Finding(alliance, values, suggestions, light_of(suggestions, newcomer, alliance.pk in rectifying))


def rules_by_region(alliances: list[Alliance], rules: list[Rule]) -> dict[str, list[Rule]]:
    """The rules that hold in each of the alliances' places."""
    return {code: rules_of(code, rules) for code in {alliance.region_id for alliance in alliances}}


def light_of(kinds: Collection[str], newcomer: bool, rectifying: bool) -> str:
    """The colour for what was found: who is being rectified stays red, a newcomer has none yet."""
    if rectifying or not GRAVE.isdisjoint(kinds):
        return Light.RED.value
    if newcomer:
        return Light.NONE.value
    return Light.AMBER.value if Kind.OBSERVE.value in kinds else Light.GREEN.value


def suggest(rules: list[Rule], values: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Kind -> the evidence of the rules that were hit; of several warnings the gravest kind only."""
    suggestions: dict[str, list[dict[str, Any]]] = {}
    for rule in hits(rules, values):
        suggestions.setdefault(rule["kind"], []).append(evidence(rule, values))
    for milder in [kind for kind in WARNINGS if kind in suggestions][1:]:
        del suggestions[milder]
    return suggestions


def rectified_on(ids: list[int], day: date) -> set[int]:
    """Those under rectification at the end of that day."""
    return set(Rectification.objects.on(day).filter(alliance__in=ids).values_list("alliance_id", flat=True))


def next_batch(begun: ReviewRun, at: datetime, size: int) -> bool:
    """One batch in one transaction; False once the run is complete."""
    with transaction.atomic():
        lock(begun)
        if begun.state == ReviewRun.State.COMPLETE:
            return False
        following = Alliance.objects.as_of(begun.as_of).filter(pk__gt=begun.cursor)
        alliances = list(following.select_related("region").order_by("pk")[:size])
        if not alliances:
            complete(begun, at)
            return False
        write(begun, findings(alliances, Period(begun.period_from, begun.as_of), begun.rules), at)
        ReviewRun.objects.filter(pk=begun.pk).update(
            cursor=alliances[-1].pk, lease_until=Now() + LEASE, attempts=0
        )
    return True


def write(begun: ReviewRun, found: Iterator[Finding], at: datetime) -> None:
    """The rows, proposals and first steps of a batch."""
    rows, proposals = [], []
    for finding in found:
        rows.append(
            ReviewRow(run=begun, alliance=finding.alliance, values=finding.values, light=finding.light)
        )
        proposals += [
            Proposal(
                run=begun, alliance=finding.alliance, region=finding.alliance.region, kind=kind, evidence=why,
                synthetic=finding.alliance.synthetic,
            )
            for kind, why in sorted(finding.suggestions.items())
        ]  # fmt: skip
    ReviewRow.objects.bulk_create(rows)
    Proposal.objects.bulk_create(proposals)
    kind = ContentType.objects.get_for_model(Proposal)
    # Nobody is told of each: the end of the run tells everybody once.
    Step.objects.bulk_create(
        Step(thing_type=kind, thing_id=proposal.pk, verb="suggest", to_state=proposal.state, at=at, told_at=at)
        for proposal in proposals
    )


def complete(begun: ReviewRun, at: datetime) -> None:
    """The run's end: its fingerprint, its hour, one step to tell of."""
    with moving(begun, ReviewRun.State.COMPLETE, at=at):
        begun.digest, begun.completed_at, begun.lease_until = digest_of(begun), at, None


def digest_of(begun: ReviewRun) -> str:
    """The fingerprint of all rows and proposals, in the order of alliances."""
    suggested: dict[int, list[tuple[str, Any]]] = {}
    for proposal in begun.proposals.order_by("alliance_id", "kind").values_list("alliance_id", "kind", "evidence"):
        suggested.setdefault(proposal[0], []).append(proposal[1:])
    rows = begun.rows.order_by("alliance_id").values_list("alliance_id", "values", "light")
    return fingerprint_of([pk, values, light, suggested.get(pk, [])] for pk, values, light in rows.iterator())


def morning_after(as_of: date) -> datetime:
    """The hour at which the timetable reviews a quarter that ended with that day."""
    return timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time(2, 10)))
