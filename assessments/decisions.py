"""The verbs of proposals: one person confirms or overrules what the review suggests, a second one approves."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from alliances.transitions import rectify, reward
from assessments.models import Proposal
from listings.transitions import close_down
from members.lifecycle import moving
from members.models import Approval, User
from members.states import Refused
from members.transitions import propose


def decide(
    proposal: Proposal, verb: str, *, by: User, at: datetime, reason: str, arguments: dict[str, Any] | None = None
) -> Approval:
    """The first person's word: ``proposals.confirm`` or ``proposals.overrule``. It waits for a second person.

    ``arguments`` of a confirmation: ``measures`` and ``due_on`` of a rectification, ``what`` of a reward.
    """
    if verb == "proposals.confirm":
        still_possible(proposal)
    with transaction.atomic():
        with moving(
            proposal, Proposal.State.WAITING, at=at, by=by, reason=reason, verb=verb.rpartition(".")[2] + "_asked"
        ):
            pass
        return propose(verb, proposal, by=by, at=at, reason=reason, region_id=proposal.region_id, arguments=arguments)


def confirm(
    proposal: Proposal, *, by: User, at: datetime, reason: str, measures: str = "", due_on: str = "", what: str = ""
) -> Proposal:
    """The second person agrees: what was suggested happens, on the day of the approval."""
    alliance = proposal.alliance
    with moving(proposal, Proposal.State.CONFIRMED, at=at, by=by, reason=reason, verb="confirm"):
        if proposal.kind == Proposal.Kind.RECTIFY:
            order = rectify(alliance, by=by, at=at, reason=reason, measures=measures, due_on=day(due_on))
            proposal.rectification = order
        elif proposal.kind == Proposal.Kind.REWARD:
            reward(alliance, by=by, at=at, reason=reason, what=what or reason)
        elif proposal.kind == Proposal.Kind.DISSOLVE:
            close_down(alliance, by=by, at=at, reason=reason)
    return proposal


def overrule(proposal: Proposal, *, by: User, at: datetime, reason: str) -> Proposal:
    """The second person agrees that nothing shall happen."""
    with moving(proposal, Proposal.State.OVERRULED, at=at, by=by, reason=reason, verb="overrule"):
        return proposal


def reopen(proposal: Proposal, *, by: User, at: datetime, reason: str) -> Proposal:
    """The second person did not agree with the first: the proposal is open again."""
    with moving(proposal, Proposal.State.OPEN, at=at, by=by, reason=reason, verb="reopen"):
        return proposal


def still_possible(proposal: Proposal) -> None:
    """Raises Refused when the alliance has meanwhile left the state in which the suggestion makes sense."""
    wanted = {Proposal.Kind.RECTIFY: "rectifying", Proposal.Kind.DISSOLVE: "dissolved"}.get(
        Proposal.Kind(proposal.kind)
    )
    alliance = proposal.alliance
    if (wanted and not alliance.may_move(wanted)) or not alliance.runs:
        raise Refused(
            "move_refused",
            _("“%(alliance)s”现在是“%(state)s”，这条建议已不能采纳。")
            % {"alliance": alliance, "state": alliance.get_state_display()},
        )


def day(text: str) -> date | None:
    """A day from the JSON of an approval; None for none."""
    return date.fromisoformat(text) if text else None
