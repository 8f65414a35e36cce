"""The light of an alliance (状态灯): how it stood at each quarter's end, and why; for itself and those above it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from alliances.models import Alliance
from assessments.models import Proposal, ReviewRow
from assessments.words import Found, found_of
from members.scope import rights_of

SHOWN = 12
"""So many quarters of history."""


@dataclass
class Quarter:
    """A review of the alliance: its row, why the light was not green, and what was suggested (for staff only)."""

    row: ReviewRow
    why: list[Found] = field(default_factory=list)
    proposals: list[Proposal] = field(default_factory=list)

    @property
    def words(self) -> list[str]:
        return [found.word for found in self.why]

    @property
    def set_aside(self) -> bool:
        """Two people have looked at it and found no fault."""
        faults = [proposal for proposal in self.proposals if proposal.kind != Proposal.Kind.REWARD]
        return bool(faults) and all(proposal.state == Proposal.State.OVERRULED for proposal in faults)


def latest(alliance: Alliance, user: Any) -> ReviewRow | None:
    """The row of the last complete review, where the user may read it."""
    rows = ReviewRow.objects.visible_to(user).complete().filter(alliance=alliance)
    found: ReviewRow | None = rows.latest_first().select_related("run").first()
    return found


def history(alliance: Alliance, user: Any) -> list[Quarter]:
    """The last quarters, newest first; two statements."""
    rows = ReviewRow.objects.visible_to(user).complete().filter(alliance=alliance)
    shown: Iterable[ReviewRow] = rows.latest_first().select_related("run", "alliance")[:SHOWN]
    quarters = {row.run_id: Quarter(row) for row in shown}
    for proposal in Proposal.objects.filter(alliance=alliance, run__in=quarters).select_related("run").order_by("kind"):
        quarter = quarters[proposal.run_id]
        quarter.proposals.append(proposal)
        if proposal.kind != Proposal.Kind.REWARD:
            quarter.why += found_of(proposal)
    return list(quarters.values())


def is_told(alliance: Alliance, user: Any) -> bool:
    """Whether the user reads the light of the alliance: those above it, its lead, its current members."""
    own = alliance.lead_id in rights_of(user).organizations
    return own or knows_proposals(alliance, user) or Alliance.objects.joined_by(user).filter(pk=alliance.pk).exists()


def knows_proposals(alliance: Alliance, user: Any) -> bool:
    """Whether the user also reads what is suggested, which the alliance itself does not before it is decided."""
    return rights_of(user).governs(alliance.region_id)
