"""What lapses (已失效): suggestions of an older quarter that nobody has begun to decide, once a newer one was reviewed.

Nobody shall order anything from stale evidence, or find an alliance suggested twice. What one person has spoken on
waits on for the second: a word that was given with a reason is owed an answer, and the second person is told that a
newer review is there.
"""

from __future__ import annotations

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Max
from django.utils.translation import gettext as _

from assessments.models import Proposal, ReviewRun
from assessments.querysets import ProposalQuerySet
from members.lifecycle import CLOCK
from members.models import Step
from members.pouring import pour

State = Proposal.State


def lapse_older(newest: ReviewRun, at: datetime) -> None:
    """``newest`` is complete: where it reviewed a whole quarter, what is still open of earlier cuts lapses by it."""
    lapse(Proposal.objects.filter(run__in=ReviewRun.objects.superseded_by(newest)), newest, at)


def lapse_own(late: ReviewRun, at: datetime) -> None:
    """Where a later whole quarter was reviewed before, what ``late`` suggests is lapsed from the beginning.

    It is written all the same: a review is a function of the data as of its day, its digest and the lights of its
    quarter too, whenever it is made.
    """
    newer = late.newer
    if newer is not None:
        lapse(Proposal.objects.filter(run=late), newer, at)


def lapse(proposals: ProposalQuerySet, newer: ReviewRun, at: datetime) -> None:
    """Those of them that are open lapse; five statements, however many. Nobody is told: it would be hundreds. ``at``
    is when the review was taken up; what was said on them since comes first in their history.

    Rows are locked in the order of ids, as a batch of decisions locks them, and who decides at the same moment comes
    before or after. The waiting ones are locked as well: when the second person says no just now, it is open again
    either before this looks, or once this is done (see :func:`assessments.decisions.reopen`).
    """
    held = proposals.pending().order_by("pk").select_for_update().values_list("pk", "state")
    ids = [pk for pk, state in held if state == State.OPEN]
    if not ids:
        return
    Proposal.objects.filter(pk__in=ids).update(state=State.LAPSED, lapsed_by=newer, updated_at=CLOCK)
    kind = ContentType.objects.get_for_model(Proposal).pk
    stages = Step.objects.filter(thing_type=kind, thing_id__in=ids, until=None).exclude(to_state="")
    at = max(at, stages.aggregate(last=Max("at"))["last"] or at)
    stages.update(until=at)
    pour(
        Step, {"thing_id": ids}, thing_type_id=kind, verb="lapse", from_state=State.OPEN, to_state=State.LAPSED,
        at=at, told_at=at, reason=_("以“%(run)s”的分析为准。") % {"run": newer}, detail={"run": newer.pk},
    )  # fmt: skip
