"""The calendar of hosts, kept in order: laid out, begun by the clock, closed up behind who leaves, continued.

:func:`settle` is the one place that changes the turns of a running rotation (swaps apart). It is safe to run twice.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Max, Q

from alliances.models import Alliance, HostTurn, Rotation, Swap
from alliances.transitions.papers import midnight
from members.lifecycle import lock, moving, note
from members.models import Step

State = HostTurn.State


class Slot(NamedTuple):
    """A turn that is to be: whose (id of the organisation), from which day, up to the day before which."""

    organization: int
    since: date
    until: date

    @property
    def last_day(self) -> date:
        """The last day on which it hosts."""
        return self.until - timedelta(days=1)


def calendar(rotation: Rotation, organizations: Iterable[int], since: date) -> Iterator[Slot]:
    """The turns of the organisations in their order, one after the other from ``since`` on.

    A month's turn begins on the day of the month on which the rotation began, or on the last one of a shorter month.
    """
    for organization in organizations:
        until = _after(rotation, since)
        yield Slot(organization, since, until)
        since = until


def lay_out(rotation: Rotation, organizations: Iterable[int], since: date, *, by: Any, at: datetime) -> None:
    """Make the turns rows, planned."""
    for slot in calendar(rotation, organizations, since):
        turn = HostTurn.objects.create(
            rotation=rotation, alliance_id=rotation.alliance_id, organization_id=slot.organization,
            since=slot.since, until=slot.until,
        )  # fmt: skip
        note(turn, "lay_out", at=at, by=by, organization=turn.organization, to_state=State.PLANNED)


@transaction.atomic
def settle(alliance: Alliance, *, day: date, by: Any = None, at: datetime) -> int:
    """Bring the calendar of an alliance up to the day; returns how many turns have begun.

    Who is no member any more makes room: the next in order move up, and the one after stands in for the rest of a
    turn that had begun. Turns whose day has come begin. Who is new hosts last. When the last turn has begun, a next
    round follows, in the order in which the members hosted.
    """
    rotation = Rotation.objects.filter(alliance=alliance, state=Rotation.State.RUNNING).first()
    if rotation is None:
        return 0
    lock(alliance)
    lock(rotation)
    members = set(alliance.memberships.current().values_list("organization_id", flat=True))
    closed_up = _close_up(rotation, members, by=by, at=at)
    begun = new = _begin(rotation, day)
    _continue(rotation, members, by=by, at=at)
    while new:
        new = _begin(rotation, day)
        begun += new
        _continue(rotation, members, by=by, at=at)
    closed_up |= _stand_in(rotation, members, day, by=by, at=at)
    added = _take_in(rotation, members, by=by, at=at)
    if closed_up or added:
        note(rotation, "close_up" if closed_up else "take_in", at=at, by=by)
    return begun


def hand_over_hosts(as_of: date) -> int:
    """Begin the turns whose first day has come, and keep every running calendar in order; how many have begun."""
    due = Alliance.objects.running().filter(rotations__state=Rotation.State.RUNNING).order_by("pk")
    return sum(settle(alliance, day=as_of, at=midnight(as_of)) for alliance in due)


def end_turns(rotation: Rotation, *, day: date, by: Any, at: datetime, reason: str) -> None:
    """The present turn ends with the day before; those to come are cancelled, and swaps asked for them lapse."""
    for turn in rotation.turns.present():
        with moving(turn, State.OVER, at=at, by=by, reason=reason):
            turn.until = max(day, turn.since + timedelta(days=1))
    for turn in rotation.turns.to_come():
        _cancel(turn, by=by, at=at, reason=reason)


def end_rotations(alliance: Alliance, *, day: date, by: Any, at: datetime, reason: str) -> None:
    """The alliance has ended, and nobody hosts it any more."""
    for rotation in Rotation.objects.filter(alliance=alliance).present():
        with moving(rotation, Rotation.State.ENDED, verb="end", at=at, by=by, reason=reason):
            end_turns(rotation, day=day, by=by, at=at, reason=reason)


def lapse(turn: HostTurn, *, by: Any, at: datetime) -> None:
    """Swaps that were asked with or of this turn can no longer be."""
    for swap in Swap.objects.pending().filter(Q(turn=turn) | Q(other=turn)).order_by("pk"):
        with moving(swap, Swap.State.LAPSED, at=at, by=by):
            pass


def _begin(rotation: Rotation, day: date) -> int:
    """The turns whose day has come begin, each at its own midnight (or when it was laid out); the one before ends."""
    due = list(rotation.turns.begun_by(day).order_by("since"))
    for turn in due:
        at = max(midnight(turn.since), _laid_out_at(turn))
        for before in rotation.turns.present():
            with moving(before, State.OVER, at=at):
                pass
        lapse(turn, by=None, at=at)
        with moving(turn, State.PRESENT, verb="begin", at=at, organization=turn.organization):
            pass
    return len(due)


def _laid_out_at(turn: HostTurn) -> datetime:
    return Step.objects.of(turn).values_list("at", flat=True)[0]


def _close_up(rotation: Rotation, members: set[int], *, by: Any, at: datetime) -> bool:
    """The turns to come belong to members, in the same order as before; what is left over at the end is cancelled."""
    planned = list(rotation.turns.to_come().order_by("since"))
    staying = [turn.organization_id for turn in planned if turn.organization_id in members]
    if len(staying) == len(planned):
        return False
    for turn, organization in zip(planned, staying, strict=False):
        if turn.organization_id != organization:
            _give(turn, organization, by=by, at=at)
    for turn in planned[len(staying) :]:
        _cancel(turn, by=by, at=at)
    return True


def _stand_in(rotation: Rotation, members: set[int], day: date, *, by: Any, at: datetime) -> bool:
    """Whose host has left has the next in order as host for the rest of the turn."""
    present = rotation.turns.present().first()
    if present is None or present.organization_id in members:
        return False
    organization = rotation.turns.to_come().order_by("since").values_list("organization", flat=True)[0]
    if present.since >= day:
        _give(present, organization, by=by, at=at)
        return True
    until = present.until
    with moving(present, State.OVER, at=at, by=by):
        present.until = day
    rest = HostTurn.objects.create(
        rotation=rotation, alliance_id=rotation.alliance_id, organization_id=organization, since=day, until=until
    )
    note(rest, "lay_out", at=at, by=by, organization=rest.organization, to_state=State.PLANNED)
    with moving(rest, State.PRESENT, verb="begin", at=at, by=by, organization=rest.organization):
        pass
    return True


def _take_in(rotation: Rotation, members: set[int], *, by: Any, at: datetime) -> bool:
    """Members without a turn host after all others."""
    known = set(rotation.turns.standing().values_list("organization_id", flat=True))
    new = sorted(members - known)
    lay_out(rotation, new, _end_of(rotation), by=by, at=at)
    return bool(new)


def _continue(rotation: Rotation, members: set[int], *, by: Any, at: datetime) -> None:
    if not rotation.turns.to_come().exists():
        lay_out(rotation, _in_order(rotation, members), _end_of(rotation), by=by, at=at)


def _in_order(rotation: Rotation, members: set[int]) -> list[int]:
    """The members, who hosted longest ago first."""
    hosted = rotation.turns.standing().order_by().values("organization").annotate(last=Max("since"))
    last = {row["organization"]: row["last"] for row in hosted}
    return sorted(members, key=lambda pk: (last.get(pk, date.max), pk))


def _end_of(rotation: Rotation) -> date:
    last: date | None = rotation.turns.standing().aggregate(last=Max("until"))["last"]
    return last or rotation.starts_on


def _give(turn: HostTurn, organization: int, *, by: Any, at: datetime) -> None:
    """The turn becomes another's; what was agreed about it no longer holds."""
    lapse(turn, by=by, at=at)
    turn.organization_id = organization
    turn.save()
    note(turn, "give", at=at, by=by, organization=turn.organization)


def _cancel(turn: HostTurn, *, by: Any, at: datetime, reason: str = "") -> None:
    lapse(turn, by=by, at=at)
    with moving(turn, State.CANCELLED, at=at, by=by, reason=reason):
        pass


def _after(rotation: Rotation, since: date) -> date:
    if rotation.unit == Rotation.Unit.WEEK:
        return since + timedelta(weeks=rotation.length)
    months = since.year * 12 + since.month - 1 + rotation.length
    year, month = months // 12, months % 12 + 1
    return date(year, month, min(rotation.starts_on.day, monthrange(year, month)[1]))
