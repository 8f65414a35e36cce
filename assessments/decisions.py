"""The verbs of proposals: one person confirms or overrules what the review suggests, a second one approves."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions import favour_of, rectify, reward
from assessments.lapsing import lapse
from assessments.letters import issue
from assessments.models import Proposal
from listings.transitions import close_down, fold_into, shared_by
from members.lifecycle import lock, moving
from members.models import Approval, User
from members.states import MoveRefused, Refused
from members.transitions import propose

Kind = Proposal.Kind
Arguments = dict[str, Any]

TAKES: Mapping[str, tuple[str, ...]] = {
    Kind.RECTIFY: ("measures", "due_on", "recheck_on"),
    Kind.REWARD: ("what", "kind", "amount", "source"),
    Kind.MERGE: ("into",),
}
"""What a confirmation says beside the reason, a kind each; days and amounts as text, as an approval keeps them."""


def decide(
    proposal: Proposal, verb: str, *, by: User, at: datetime, reason: str, arguments: Arguments | None = None
) -> Approval:
    """The first person's word: ``proposals.confirm`` or ``proposals.overrule``. It waits for a second person.

    ``arguments`` of a confirmation are those of TAKES; what the verb would refuse is refused now: ValidationError.
    """
    if not proposal.may_move(Proposal.State.WAITING):
        raise MoveRefused(proposal, Proposal.State.WAITING)
    said = {name: value for name, value in (arguments or {}).items() if value not in ("", None)}
    region = proposal.region_id
    if verb == "proposals.confirm":
        still_possible(proposal)
        region = makes_sense(proposal, said, by=by, at=at) or region
    elif said:
        raise ValidationError(dict.fromkeys(sorted(said), _("不采纳时不填这一项。")))
    with transaction.atomic():
        with moving(
            proposal, Proposal.State.WAITING, at=at, by=by, reason=reason, verb=verb.rpartition(".")[2] + "_asked"
        ):
            pass
        return propose(verb, proposal, by=by, at=at, reason=reason, region_id=region, arguments=said)


def makes_sense(proposal: Proposal, said: Arguments, *, by: User, at: datetime) -> str:
    """Check the words of a confirmation; of a merger the code of the place that holds both alliances."""
    strange = set(said) - set(TAKES.get(proposal.kind, ()))
    if strange:
        raise ValidationError(dict.fromkeys(sorted(strange), _("这类建议不填这一项。")))
    if proposal.kind == Kind.RECTIFY:
        today, term = timezone.localdate(at), day(said.get("due_on"), "due_on")
        if term and term <= today:
            raise ValidationError({"due_on": _("整顿期限应在下达日期之后。")})
        check = day(said.get("recheck_on"), "recheck_on")
        if check and term is None:
            raise ValidationError({"due_on": _("填写复核日的，请同时填写整顿期限。")})
        if check and check < (term or today):
            raise ValidationError({"recheck_on": _("复核日不应早于整顿期限。")})
    elif proposal.kind == Kind.REWARD:
        favour_of(**{"what": "", **said})
    elif proposal.kind == Kind.MERGE:
        other = Alliance.objects.absorbing(proposal.alliance, by).filter(pk=said.get("into") or 0).first()
        if other is None:
            raise ValidationError({"into": _("请选择并入哪个联合体。")})
        return shared_by(proposal.alliance, other)
    return ""


def confirm(proposal: Proposal, *, by: User, at: datetime, reason: str, **said: Any) -> Proposal:
    """The second person agrees: what was suggested happens, on the day of the approval, and the alliance is told."""
    with moving(proposal, Proposal.State.CONFIRMED, at=at, by=by, reason=reason, verb="confirm"):
        ordered = DEEDS[proposal.kind](proposal, by=by, at=at, reason=reason, **said)
        if ordered is not None:
            issue(proposal, by=by, at=at, reason=reason, ordered=ordered)
    return proposal


def overrule(proposal: Proposal, *, by: User, at: datetime, reason: str) -> Proposal:
    """The second person agrees that nothing shall happen."""
    with moving(proposal, Proposal.State.OVERRULED, at=at, by=by, reason=reason, verb="overrule"):
        return proposal


@transaction.atomic
def reopen(proposal: Proposal, *, by: User, at: datetime, reason: str) -> Proposal:
    """The second person did not agree with the first: the proposal is open again, or, where a later quarter has been
    reviewed meanwhile, lapsed."""
    with moving(proposal, Proposal.State.OPEN, at=at, by=by, reason=reason, verb="reopen"):
        pass
    newer = proposal.run.newer
    if newer is not None:
        lapse(Proposal.objects.filter(pk=proposal.pk), newer, at)
        proposal.refresh_from_db()
    return proposal


def still_possible(proposal: Proposal) -> None:
    """Raises Refused when the alliance has meanwhile left the state in which the suggestion makes sense."""
    words = obstacle(proposal)
    if words:
        raise Refused("move_refused", words)


def obstacle(proposal: Proposal) -> str:
    """Why the state of the alliance does not allow the suggestion any more; empty where it does."""
    wanted = {Kind.RECTIFY: "rectifying", Kind.DISSOLVE: "dissolved", Kind.MERGE: "merged"}.get(Kind(proposal.kind))
    alliance = proposal.alliance
    idle = proposal.kind == Kind.REWARD and alliance.state != Alliance.State.ACTIVE
    if idle or (wanted and not alliance.may_move(wanted)) or not alliance.runs:
        words = _("“%(alliance)s”现在是“%(state)s”，这条建议已不能采纳。")
        return words % {"alliance": alliance, "state": alliance.get_state_display()}
    return ""


def day(text: str | None, field: str) -> date | None:
    """A day from the JSON of an approval; None for none."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError as wrong:
        raise ValidationError({field: _("日期无法识别。")}) from wrong


def _rectify(proposal: Proposal, *, measures: str = "", **words: Any) -> Arguments:
    order = proposal.rectification = rectify(proposal.alliance, measures=measures, **words)
    days = {"due_on": order.due_on, "recheck_on": order.recheck_on, "appeal_until": order.appeal_until}
    return {"measures": order.measures, **{name: str(day or "") for name, day in days.items()}}


def _reward(proposal: Proposal, *, reason: str, what: str = "", **words: Any) -> Arguments:
    granted = reward(proposal.alliance, reason=reason, what=what or reason, **words)
    return {"kind": granted.kind, "what": granted.what, "amount": str(granted.amount or ""), "source": granted.source}


def _observe(proposal: Proposal, **words: Any) -> Arguments:
    lock(proposal.alliance)
    still_possible(proposal)
    return {}


def _merge(proposal: Proposal, **words: Any) -> None:
    fold_into(proposal.alliance, **words)


def _dissolve(proposal: Proposal, **words: Any) -> None:
    close_down(proposal.alliance, **words)


DEEDS: Mapping[str, Callable[..., Arguments | None]] = {
    Kind.RECTIFY: _rectify,
    Kind.REWARD: _reward,
    Kind.OBSERVE: _observe,
    Kind.MERGE: _merge,
    Kind.DISSOLVE: _dissolve,
}
"""What a confirmation does, a kind each; it gives back what the alliance's letter says, None where there is none."""
