"""The verbs of batches: several proposals put forward in one step, and decided together or each by itself."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments import approvals
from assessments.decisions import decide
from assessments.models import Batch, Proposal
from members.lifecycle import note, touch
from members.models import Approval, Step, User
from members.states import Refused

TOGETHER = ("observe", "rectify", "reward", "dissolve")
"""The kinds that may be confirmed in a batch: a merger needs its own other side."""

LARGEST = 100


@dataclass
class Outcome:
    """What became of a batch: what was done, and what was not, with the reason."""

    batch: Batch | None = None
    done: list[Any] = field(default_factory=list)
    left: list[tuple[Any, str]] = field(default_factory=list)


@transaction.atomic
def put_forward(
    proposals: Iterable[Proposal], verb: str, *, by: User, at: datetime, reason: str, arguments: Any = None
) -> Outcome:
    """Confirm or overrule several proposals of one kind in one step; each waits for the second person by itself.

    What somebody else has decided meanwhile is left out and named. Raises ValidationError for several kinds, for a
    kind that is not decided together, for nobody or too many; Refused ``nothing_left`` where all were decided.
    """
    chosen = sorted(proposals, key=lambda proposal: proposal.pk)  # rows are locked in the order of ids
    kind = one_kind(chosen, verb)
    batch = Batch.objects.create(verb=verb, kind=kind, reason=reason, proposed_by=by, proposed_at=at)
    outcome = Outcome(batch)
    for proposal in chosen:
        try:
            with transaction.atomic():
                outcome.done.append(decide(proposal, verb, by=by, at=at, reason=reason, arguments=arguments))
        except Refused as refused:
            outcome.left.append((proposal, refused.message))
    if not outcome.done:
        raise Refused("nothing_left", _("选中的建议都没有提出：%(why)s") % {"why": outcome.left[0][1]})
    batch.approvals.set(outcome.done)
    told_together(outcome, "put_forward", by=by, at=at, reason=reason)
    return outcome


def told_together(outcome: Outcome, verb: str, *, by: User, at: datetime, reason: str) -> None:
    """One step of the batch tells of all; of each approval by itself nobody hears. The batch has changed."""
    steps = Step.objects.filter(
        thing_type=ContentType.objects.get_for_model(Approval), thing_id__in=[one.pk for one in outcome.done]
    )
    steps.untold().update(told_at=at)
    outcome.batch.save(update_fields=["updated_at"])  # type: ignore[union-attr]
    note(outcome.batch, verb, at=at, by=by, reason=reason, detail={"approvals": len(outcome.done)})  # type: ignore[arg-type]


def one_kind(chosen: list[Proposal], verb: str) -> str:
    """The kind that all of them are of."""
    kinds = {proposal.kind for proposal in chosen}
    if not chosen or len(chosen) > LARGEST:
        raise ValidationError(_("请选择 1 至 %(most)s 条建议。") % {"most": LARGEST})
    if len(kinds) > 1:
        raise ValidationError(_("一次只能成批提出同一类建议。"))
    kind = kinds.pop()
    if verb == "proposals.confirm" and kind not in TOGETHER:
        raise ValidationError(_("合并要逐条选择并入哪个联合体，不能成批采纳。"))
    return str(kind)


def settle(
    batch: Batch, *, agreed: Iterable[Approval], declined: Iterable[Approval], by: User, at: datetime, answer: str = ""
) -> Outcome:
    """The second person's word on some of a batch: each is approved or refused by itself, in its own transaction.

    What somebody else has decided meanwhile, and what the alliance's state does not allow any more, is left and
    named; the others go on. ValidationError for a refusal without a reason.
    """
    agreed, declined = list(agreed), list(declined)
    if not agreed and not declined:
        raise ValidationError(_("请至少对一条作出决定。"))
    if declined and not answer.strip():
        raise ValidationError({"answer": _("不同意须写明理由。")})
    outcome = Outcome(batch)
    words = [(one, approvals.approve) for one in agreed] + [(one, approvals.refuse) for one in declined]
    for approval, verb in sorted(words, key=lambda word: word[0].thing_id):  # rows are locked in the order of ids
        try:
            verb(approval, by=by, at=at, answer=answer)
            outcome.done.append(approval)
        except (Refused, PermissionDenied, ValidationError) as wrong:
            approval.refresh_from_db()
            outcome.left.append((approval, words_of(wrong)))
    if outcome.done:
        touch(batch)
        told_together(outcome, "settle", by=by, at=at, reason=answer)
    return outcome


def words_of(wrong: Exception) -> str:
    """What a refusal says, in one line."""
    return "；".join(wrong.messages) if isinstance(wrong, ValidationError) else str(wrong)
