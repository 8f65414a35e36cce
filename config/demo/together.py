"""What alliances do together in the demo: theme days, lessons, visits, volunteering; who came and who served."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from alliances.models import Activity, Attendance, ServiceRecord, Session
from config.demo import words
from config.demo.bodies import Body
from config.demo.chance import allot, moment, some_day
from config.demo.ledger import Ledger, Move
from config.demo.organizations import Org
from config.demo.work import Labour

Kind, State = Activity.Kind, Activity.State

OTHERS = (
    (Kind.PARTY_LESSON, 2),
    (Kind.EXCHANGE_VISIT, 3),
    (Kind.MUTUAL_REVIEW, 1),
    (Kind.VOLUNTEERING, 7),
    (Kind.OTHER, 1),
)
APPETITE = {Kind.VOLUNTEERING: 1.0, Kind.THEME_DAY: 0.42, Kind.FOUNDING_MEETING: 0.0, Kind.OTHER: 0.1}
"""How many of those who come also serve, beside volunteering."""


@dataclass(eq=False, slots=True)
class Gathering:
    """A session to be written: of whom, when, who came. ``serving`` how many people served in it."""

    body: Body
    kind: str
    day: date
    orgs: list[Org]
    series: int = 0
    serving: int = 0

    @property
    def room(self) -> int:
        """How many Party members those who came have in all."""
        return sum(len(org.people) for org in self.orgs)


class Together:
    """Writes activities, sessions, attendance and service records."""

    def __init__(self, ledger: Ledger, rng: Random, horizon: date) -> None:
        self.ledger, self.rng, self.horizon = ledger, rng, horizon
        self._series = 0
        self.written = 0

    def gather(self, body: Body, kind: str, day: date, series: int = 0) -> Gathering:
        """A session of the kind, with some of the members of that day."""
        members = body.members(day)
        came = max(1, min(len(members), round(len(members) * self.rng.uniform(0.2, 0.6)), 10))
        orgs = self.rng.sample(members, came)
        if body.lead not in orgs:
            orgs[0] = body.lead
        return Gathering(body, kind, day, orgs, series)

    def theme_days(self, body: Body, number: int, first: date, last: date) -> list[Gathering]:
        """That many sessions: one theme is often held in two or three places."""
        found: list[Gathering] = []
        while len(found) < number:
            day, self._series = some_day(self.rng, first, last), self._series + 1
            for _ in range(min(number - len(found), self.rng.choice((1, 1, 1, 2, 3)))):
                found.append(self.gather(body, Kind.THEME_DAY, day, self._series))
                day = min(last, day + timedelta(days=self.rng.choice((0, 0, 1, 2))))
        return found

    def other(self, body: Body, first: date, last: date) -> Gathering:
        """One session of another kind."""
        kind = self.rng.choices([k for k, _ in OTHERS], [w for _, w in OTHERS])[0]
        return self.gather(body, kind, some_day(self.rng, first, last))

    def serve(self, gatherings: list[Gathering], share: float) -> None:
        """Let about that share of those who could come serve, volunteering before all."""
        for gathering in gatherings:
            appetite = APPETITE.get(Kind(gathering.kind), 0.15) * self.rng.uniform(0.4, 1.4)
            gathering.serving = min(gathering.room, round(gathering.room * share * appetite))

    def serve_exactly(self, gatherings: list[Gathering], total: int) -> int:
        """Let ``total`` people serve, as far as there are so many; returns how many do."""
        weights = [
            gathering.room * APPETITE.get(Kind(gathering.kind), 0.15) * self.rng.uniform(0.4, 1.4)
            for gathering in gatherings
        ]
        for gathering, number in zip(gatherings, allot(total, weights), strict=True):
            gathering.serving = min(number, gathering.room)
        return sum(gathering.serving for gathering in gatherings)

    def write(self, gatherings: list[Gathering]) -> None:
        """All of them, sessions of one series under one activity, in the order of their days."""
        series: dict[int, int] = {}
        for gathering in sorted(gatherings, key=lambda g: (g.day, g.body.pk)):
            activity = series.get(gathering.series) if gathering.series else None
            if activity is None:
                activity = self._activity(gathering)
                series[gathering.series] = activity
            self._session(activity, gathering)

    def plan(self, body: Body, day: date) -> int:
        """An activity that is still to come."""
        coming = self.other(body, day, day)
        planned = moment(self.horizon - timedelta(days=self.rng.randint(0, 8)), 9, self.rng)
        pk = self.ledger.put(
            Activity,
            state=State.PLANNED,
            alliance_id=body.pk,
            region_id=body.region,
            kind=coming.kind,
            title=title_of(self.rng, coming),
            host_id=coming.orgs[0].pk,
            place=coming.orgs[0].name,
            planned_on=day,
            synthetic=True,
            updated_at=planned,
        )
        self.ledger.history(Activity, pk, [Move(State.PLANNED, planned, "plan", body.lead.pk)])
        return pk

    def _activity(self, gathering: Gathering) -> int:
        rng, body, day = self.rng, gathering.body, gathering.day
        planned, host = moment(day - timedelta(days=rng.randint(4, 20)), 9, rng), rng.choice(gathering.orgs)
        planned = max(planned, moment(body.activated, 11))
        held = moment(day, 17, rng)
        pk = self.ledger.put(
            Activity,
            state=State.HELD,
            alliance_id=body.pk,
            region_id=body.region,
            kind=gathering.kind,
            title=title_of(rng, gathering),
            host_id=host.pk,
            place=host.name[:80],
            planned_on=day,
            synthetic=True,
            updated_at=held,
        )
        moves = [Move(State.PLANNED, planned, "plan", body.lead.pk), Move(State.HELD, held, "hold", host.pk)]
        self.ledger.history(Activity, pk, moves)
        return pk

    def _session(self, activity: int, gathering: Gathering) -> None:
        rng, body = self.rng, gathering.body
        recorded = min(gathering.day + timedelta(days=rng.randint(0, 3)), self.horizon)
        pk = self.ledger.put(
            Session,
            activity_id=activity,
            region_id=body.region,
            held_on=gathering.day,
            recorded_at=moment(max(recorded, gathering.day), 18, rng),
            recorded_by_id=self.ledger.actor,
        )
        for org in gathering.orgs:
            self.ledger.put(Attendance, session_id=pk, organization_id=org.pk)
        if gathering.serving:
            people = [person for org in gathering.orgs for person in org.people]
            for person in rng.sample(people, gathering.serving):
                self._record(body, person, gathering.day, pk)

    def labour(self, labours: list[Labour], total: int) -> None:
        """Exactly ``total`` service records for items, by the people of the claimants while they were at it."""
        weights = [len(labour.org.people) * self.rng.random() for labour in labours]
        for labour, number in zip(labours, allot(total, weights), strict=True):
            span = (labour.last - labour.first).days
            for _ in range(number):
                day = labour.first + timedelta(days=self.rng.randint(0, span))
                self._record(labour.body, self.rng.choice(labour.org.people), day, None)

    def _record(self, body: Body, person: int, day: date, session: int | None) -> None:
        self.written += 1
        self.ledger.put(
            ServiceRecord,
            alliance_id=body.pk,
            region_id=body.region,
            person_id=person,
            session_id=session,
            served_on=day,
            synthetic=True,
        )


def title_of(rng: Random, gathering: Gathering) -> str:
    """What the activity is called."""
    if gathering.kind == Kind.FOUNDING_MEETING:
        return f"{gathering.body.name}成立大会"[:80]
    if gathering.kind == Kind.THEME_DAY:
        return f"{gathering.day.month}月{rng.choice(words.THEMES)}"
    return rng.choice(words.GATHERINGS[str(gathering.kind)])
