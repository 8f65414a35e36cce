"""The review over several quarters: lights with a history, letters, a batch that waits for a second pair of eyes."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from alliances.measures import Period
from alliances.models import Alliance
from assessments import reviews
from assessments.batches import put_forward, settle
from assessments.decisions import decide
from assessments.models import Letter, Proposal, ReviewRun
from config.demo.chance import moment
from config.demo.chapters.stage import Stage
from config.demo.scenes import CITY

QUARTERS = {"cases": 3}
"""How many quarters before the last are reviewed as well; at the larger scales one, of which a part is decided."""

MOST = 3
"""So many of a kind are decided in a past quarter; what is left lapses when the next one is reviewed."""

OBSERVED = "本季度没有动静，请牵头单位看一看成员的需求，下季度再看。"
SET_ASIDE = "与牵头单位核对过，季度初有集中办结，暂不处置，继续看一个季度。"
OWED = "牵头单位说明了情况，建议本次不作处理。"
WAITING = "连续两个季度没有认领和解决，建议列为重点关注。"


def play(stage: Stage) -> None:
    """Past quarters are decided in part, and a second person still owes an answer on one; of the last one, as the
    timetable would have run it, a batch waits for ``chifeng2``, the rest for anybody."""
    last = Period.quarter_of(stage.today).first - timedelta(days=1)
    quarters = [last]
    for _ in range(QUARTERS.get(stage.scale, 1)):
        quarters.append(Period.quarter_of(quarters[-1]).first - timedelta(days=1))
    for quarter in reversed(quarters[1:]):
        _past(stage, quarter)
    _owed(stage, quarters[1])
    reviews.run(last)
    _waiting(stage)
    Letter.objects.filter(synthetic=False).update(synthetic=True)
    ReviewRun.objects.filter(synthetic=False).update(synthetic=True)


def _past(stage: Stage, quarter: date) -> None:
    """Reviewed on the morning after; a fortnight later two people have decided on what it found."""
    run = reviews.run(quarter)
    found = Proposal.objects.within(CITY).filter(run=run, state=Proposal.State.OPEN).select_related("alliance")
    day = moment(quarter + timedelta(days=15), 10)
    running = [one for one in found.order_by("pk") if one.alliance.runs]
    watched = [one for one in running if one.kind == Proposal.Kind.OBSERVE][:MOST]
    _decide(stage, watched, "proposals.confirm", day, OBSERVED)
    for kind in (Proposal.Kind.RECTIFY, Proposal.Kind.REWARD):
        others = [one for one in running if one.kind == kind][:MOST]
        _decide(stage, others, "proposals.overrule", day + timedelta(hours=1), SET_ASIDE)


def _decide(stage: Stage, proposals: list[Proposal], verb: str, at: datetime, reason: str) -> None:
    if not proposals:
        return
    batch: Any = put_forward(proposals, verb, by=stage.users["chifeng"], at=at, reason=reason).batch
    agreed = list(batch.approvals.order_by("pk"))
    settle(batch, agreed=agreed, declined=[], by=stage.users["chifeng2"], at=at + timedelta(days=1), answer="同意")


def _owed(stage: Stage, quarter: date) -> None:
    """One person spoke a week before the next review, and nobody has answered since."""
    left = Proposal.objects.within(CITY).of_quarter(quarter).filter(state=Proposal.State.OPEN).order_by("-pk")
    for proposal in left.filter(alliance__state=Alliance.State.ACTIVE).select_related("alliance")[:1]:
        at = moment(quarter + timedelta(days=84), 9)
        decide(proposal, "proposals.overrule", by=stage.users["chifeng"], at=at, reason=OWED)


def _waiting(stage: Stage) -> None:
    """The last quarter: some of what is only to be watched was put forward in one step yesterday."""
    open_ones = Proposal.objects.within(CITY).filter(kind=Proposal.Kind.OBSERVE, state=Proposal.State.OPEN)
    running = open_ones.filter(alliance__state=Alliance.State.ACTIVE).order_by("-run__as_of", "pk")
    chosen = list(running.select_related("alliance")[:4])
    if chosen:
        by, at = stage.users["chifeng"], stage.ago(1, 15)
        put_forward(chosen, "proposals.confirm", by=by, at=at, reason=WAITING)
