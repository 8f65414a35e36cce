"""The dynamic review (动态管理): the figures of every alliance over a quarter, held against the rules.

A review is a function of the data as of its cut-off day, whatever dies on the way: its run stands in PostgreSQL, each
batch is one transaction that also moves the run's cursor, and who takes a forsaken run up again goes on from there.
"""

from __future__ import annotations

import logging
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, QuerySet
from django.db.models.functions import Now
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.measures import Period
from alliances.models import Alliance
from assessments.judging import Subject, Suggestions, judge
from assessments.lapsing import lapse_older, lapse_own
from assessments.models import ReviewRun
from assessments.recording import digest_of, write
from assessments.rules import Rule, standing_rules
from members.alone import alone, in_turn
from members.lifecycle import lock, moving, note
from members.states import Refused

BATCH = 10_000
"""So many alliances are measured, judged and written in one transaction: a city in one go, a province in a few. The
statements of a batch cost the same for few as for many, so small ones only cost more."""

LEASE = timedelta(minutes=2)
"""For how long after its last batch a run is believed to be in somebody's hands; longer than any batch takes."""

ATTEMPTS = 5
"""So often a run is taken up without a single batch coming of it, before it is set aside."""

logger = logging.getLogger(__name__)

LOCK_SPACE = 0x5EA50  # keeps our advisory locks apart from others'
ENDS = 0  # no run has that id: the lock of whoever ends a run


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


class Finding(NamedTuple):
    """What a dry run finds of one alliance: its figures, what the rules suggest, and its light."""

    alliance: Alliance
    values: dict[str, Any]
    suggestions: Suggestions
    light: str


def rehearse(as_of: date, alliances: QuerySet[Alliance], rules: list[Rule] | None = None) -> list[Finding]:
    """A dry run over some of the alliances, with the given rules or those of this moment: nothing is written."""
    period, rules = Period.quarter_of(as_of).until(as_of), standing_rules() if rules is None else rules
    found = list(alliances.as_of(as_of).select_related("region").order_by("pk"))  # type: ignore[attr-defined]
    if not found:
        return []
    columns, suggestions, lights = judge(found, period, rules)
    return [
        Finding(one, {key: column.get(one.pk) for key, column in columns.items()}, suggestions.get(one.pk, {}),
                lights[one.pk])
        for one in found
    ]  # fmt: skip


def next_batch(begun: ReviewRun, at: datetime, size: int) -> bool:
    """One batch in one transaction; False once the run is complete."""
    with transaction.atomic():
        lock(begun)
        if begun.state == ReviewRun.State.COMPLETE:
            return False
        following = Alliance.objects.as_of(begun.as_of).filter(pk__gt=begun.cursor)
        alliances = [Subject(*row) for row in following.order_by("pk").values_list(*Subject._fields)[:size]]
        if not alliances:
            complete(begun, at)
            return False
        judgement = judge(alliances, Period(begun.period_from, begun.as_of), begun.rules)
        write(begun, alliances, judgement, at)
        in_turn(LOCK_SPACE, ENDS)  # a later quarter that ends just now is known here, or sees these rows
        lapse_own(begun, at)
        ReviewRun.objects.filter(pk=begun.pk).update(
            cursor=alliances[-1].pk, lease_until=Now() + LEASE, attempts=0
        )
    return True


def complete(begun: ReviewRun, at: datetime) -> None:
    """The run's end: its fingerprint, its hour, one step to tell of; what was undecided of older quarters lapses.

    Runs end one after another, so that of two quarters that end at once the older knows of the newer or is seen by it.
    """
    in_turn(LOCK_SPACE, ENDS)
    with moving(begun, ReviewRun.State.COMPLETE, at=at):
        begun.digest, begun.completed_at, begun.lease_until = digest_of(begun), at, None
    lapse_own(begun, at)
    lapse_older(begun, at)


def morning_after(as_of: date) -> datetime:
    """The hour at which the timetable reviews a quarter that ended with that day."""
    return timezone.make_aware(datetime.combine(as_of + timedelta(days=1), time(2, 10)))
