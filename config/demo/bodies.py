"""The alliances of the demo while they are being made: who leads, who joined when, how lively they are."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from alliances.models import Alliance, Chain, Membership
from config.demo.chance import moment
from config.demo.ledger import Ledger, Move
from config.demo.organizations import Org
from members.pinyin import pinyin_of

Form, Formation, State = Alliance.Form, Alliance.Formation, Alliance.State


@dataclass(eq=False, slots=True)
class Seat:
    """A member organisation's place in an alliance."""

    org: Org
    joined: date
    source: str = ""
    left: date | None = None


@dataclass(eq=False, slots=True)
class Body:
    """An alliance. ``vigor`` is how much it does beside others (0 = asleep); ``moves`` its history so far.

    ``staged``: the scenes of the demo play in it, so chance leaves nothing open there.
    """

    pk: int
    name: str
    region: str
    form: str
    lead: Org
    supervising: Org
    activated: date
    formation: str = Formation.NON_ESTABLISHED
    mode: str = ""
    chains: tuple[str, ...] = ()
    parent: Body | None = None
    code: str = ""
    established: str = ""
    source: str = ""
    filled: list[str] = field(default_factory=list)
    purpose: str = ""
    vigor: float = 1.0
    sleeps: date = date.max
    staged: bool = False
    seats: list[Seat] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def join(self, org: Org, joined: date, source: str = "") -> None:
        """One more member, unless it is one already."""
        if all(seat.org is not org for seat in self.seats):
            self.seats.append(Seat(org, joined, source))

    def members(self, day: date) -> list[Org]:
        """Who was a member on that day."""
        return [s.org for s in self.seats if s.joined <= day and (s.left is None or s.left > day)]

    def lives(self, first: date, last: date) -> tuple[date, date] | None:
        """The days from ``first`` to ``last`` on which it was awake."""
        begin, end = max(first, self.activated + timedelta(days=10)), min(last, self.sleeps)
        return (begin, end) if (end - begin).days > 3 else None


def birth(body: Body, rng: Random) -> list[Move]:
    """Applied for and approved, or agreed upon: the steps up to the day on which it began to run."""
    day = body.activated
    drawn = moment(day - timedelta(days=rng.randint(12, 45)), 9, rng)
    first = Move(State.DRAFT, drawn, "found", body.lead.pk)
    if body.formation != Formation.NON_ESTABLISHED:
        return [first, Move(State.ACTIVE, moment(day, 10), "activate", body.lead.pk)]
    submitted = moment(day - timedelta(days=rng.randint(3, 10)), 10, rng)
    return [
        first,
        Move(State.SUBMITTED, submitted, "submit", body.lead.pk),
        Move(State.ACTIVE, moment(day, 10), "approve"),
    ]


def enter(ledger: Ledger, body: Body, rng: Random) -> None:
    """Write the alliance with its chains, members and history."""
    last = body.moves[-1]
    ledger.put(
        Alliance,
        id=body.pk,
        state=last.to,
        code=body.code or f"LHT-{body.region[:6]:0<6}-{body.pk:06d}",
        name=body.name,
        pinyin=pinyin_of(body.name),
        region_id=body.region,
        form=body.form,
        mode=body.mode,
        formation=body.formation,
        purpose=body.purpose,
        parent_id=body.parent.pk if body.parent else None,
        lead_id=body.lead.pk,
        supervising_id=body.supervising.pk,
        established=body.established,
        activated_on=body.activated,
        source=body.source,
        synthetic=not body.source,
        synthetic_fields=body.filled,
        updated_at=last.at,
    )
    for kind in body.chains:
        ledger.put(Chain, alliance_id=body.pk, kind=kind)
    ledger.history(Alliance, body.pk, body.moves)
    for seat in body.seats:
        _seat(ledger, body, seat, rng)


def _seat(ledger: Ledger, body: Body, seat: Seat, rng: Random) -> None:
    joined = moment(seat.joined, 9, rng)
    moves = [Move("accepted", joined, "accept", seat.org.pk)]
    invited = seat.joined - timedelta(days=rng.randint(2, 12))
    if seat.org is not body.lead:
        moves.insert(0, Move("invited", moment(invited, 9, rng), "invite", body.lead.pk))
    if seat.left:
        moves.append(Move("left", moment(seat.left, 9, rng), "leave", seat.org.pk, "工作任务调整，退出联合体"))
    pk = ledger.put(
        Membership,
        state=moves[-1].to,
        alliance_id=body.pk,
        organization_id=seat.org.pk,
        invited_on=invited,
        joined_on=seat.joined,
        left_on=seat.left,
        source=seat.source,
        synthetic=not seat.source,
    )
    ledger.history(Membership, pk, moves)
