"""The work of alliances: problems, the service items that answer them, claims, confirmation by whoever asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from config.demo import words
from config.demo.bodies import Body
from config.demo.chance import moment, some_day
from config.demo.ledger import Ledger, Move
from config.demo.lists import Lists, Sheet, service_kind
from config.demo.organizations import Org
from config.demo.places import Places
from listings.models import Claim, Item, Progress
from listings.models.listing import Kind

S, C = Item.State, Claim.State
DAY = timedelta(days=1)
STALE = 150
"""Days after which nothing stands undecided."""

EARLIEST = date(2018, 1, 1)
"""Before this day the demo has no lists."""

ARCHIVED = timedelta(days=10)
"""How long after its confirmation an item is closed."""

OPINIONS = ("satisfied",) * 12 + ("mostly",) * 3 + ("dissatisfied",)
"""What askers think of what they confirm: mostly good."""

SPREAD = (1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 5, 6, 7, 3.5)
"""How many problems a service item answers: 3.3 on average, mostly two or three."""


@dataclass(slots=True)
class Course:
    """How a service item fares. Days may lie in the future: what has not come to pass is not written, but it is open.

    ``confirmed`` None = never; ``ends`` says how then: it lingers in hand, or the claimant gives it up.
    """

    body: Body
    claimed: date
    confirmed: date | None
    problems: int
    ends: str = "lingers"


@dataclass(slots=True)
class Labour:
    """Who worked on an item from when to when: from this come service records without a session."""

    body: Body
    org: Org
    first: date
    last: date


def pick_problems(rng: Random) -> int:
    """How many problems an item answers."""
    return round(rng.choice(SPREAD))


class Work:
    """Writes courses into lists, items, claims and their histories."""

    def __init__(self, ledger: Ledger, lists: Lists, places: Places, rng: Random, horizon: date) -> None:
        self.ledger, self.lists, self.places, self.rng, self.horizon = ledger, lists, places, rng, horizon
        self.labours: list[Labour] = []

    def run(self, courses: list[Course]) -> None:
        """All of them, in the order of their days."""
        for course in sorted(courses, key=lambda c: (c.claimed, c.body.pk)):
            self.course(course)

    def course(self, course: Course, *, title: str = "") -> int:
        """One service item with the problems that it answers; returns its key."""
        rng, body = self.rng, course.body
        opened = max(
            body.activated + DAY, EARLIEST, course.claimed - timedelta(days=min(40, int(rng.expovariate(0.14))))
        )
        opened = min(opened, self.horizon)
        sheet = self.lists.of(body, service_kind(rng, opened), opened)
        opened = max(opened, sheet.drawn)
        there = body.members(opened)
        asker = body.lead if rng.random() < 0.6 or len(there) < 3 else rng.choice(there)
        hands = self._hands([org for org in body.members(course.claimed) if org is not asker])
        askers = [org for org in there if org not in hands]
        rural = body.lead.trade.sector in {"village", "town"} and "街道" not in body.lead.name
        category, place = words.category(rng, rural), self.place(body)
        pk = self.ledger.key(Item)
        for need in words.needs(rng, category, place, course.problems):
            by = asker if rng.random() < 0.72 else rng.choice(askers)
            self._problem(pk, course, (category, place, need), by, opened)
        moves = self._item_moves(course, opened, hands, asker)
        self._enter(
            pk,
            sheet,
            body,
            moves,
            title=title or words.service(rng, category, place),
            category=category,
            place=place,
            capacity=len(hands),
            asked_by_id=asker.pk,
            opened=opened,
            answered_by_id=None,
            first_claimed=course.claimed,
        )
        self._claims(pk, course, hands, asker)
        return pk

    def place(self, body: Body) -> str:
        """Where: the alliance's community or village, or one of its members'."""
        spots = [org.place for org in body.members(self.horizon) if org.place] or [body.region]
        return self.places.label(self.rng.choice(spots))

    def solo(self, body: Body, day: date) -> int:
        """A problem that no item answers: still open, returned, or refused with a reason."""
        rng, members = self.rng, body.members(day)
        asker = rng.choice(members)
        sheet = self.lists.of(body, Kind.PROBLEM, day)
        day = max(day, sheet.drawn)
        category, place = words.category(rng, asker.trade.sector == "village"), self.place(body)
        moves = [Move(S.COLLECTED, moment(day, 8, rng), "collect", asker.pk)]
        fate, later = rng.random(), day + timedelta(days=rng.randint(1, 9))
        if fate < 0.35:
            moves.append(Move(S.REFUSED, moment(later, 9, rng), "refuse", body.lead.pk, rng.choice(words.REFUSALS)))
        else:
            moves.append(Move(S.STUDIED, moment(later, 9, rng), "study", body.lead.pk, rng.choice(words.STUDIES)))
            moves.append(Move(S.OPEN, moment(later + DAY, 10, rng), "open", body.lead.pk))
            if fate < 0.97 or (self.horizon - day).days > STALE:
                ended = later + timedelta(days=rng.randint(20, 120))
                moves.append(
                    Move(S.REFUSED, moment(ended, 15, rng), "refuse", body.lead.pk, rng.choice(words.REFUSALS))
                )
        pk = self.ledger.key(Item)
        return self._enter(
            pk,
            sheet,
            body,
            self._past(moves),
            title=words.need(rng, category, place),
            category=category,
            place=place,
            capacity=1,
            asked_by_id=asker.pk,
            opened=later + DAY,
            collected=day,
            for_resident=asker.trade.sector in {"village", "community"},
        )

    def offer(self, body: Body, kind: str, day: date) -> int:
        """A resource or project that nobody has claimed within its half-year."""
        rng, sheet = self.rng, self.lists.of(body, kind, day)
        category, place = words.category(rng, False), self.place(body)
        asker = rng.choice(body.members(day))
        moves = [
            Move(S.COLLECTED, moment(day, 8, rng), "collect", asker.pk),
            Move(S.OPEN, moment(day, 10, rng), "open", body.lead.pk),
        ]
        ended = day + timedelta(days=rng.randint(60, 170))
        moves.append(
            Move(S.REFUSED, moment(ended, 15, rng), "refuse", body.lead.pk, "期内没有单位认领，转入下期清单研究")
        )
        pk = self.ledger.key(Item)
        return self._enter(
            pk,
            sheet,
            body,
            self._past(moves),
            title=words.service(rng, category, place),
            category=category,
            place=place,
            capacity=1,
            asked_by_id=asker.pk,
            opened=day,
            collected=day,
        )

    def _hands(self, free: list[Org]) -> list[Org]:
        """Who claims it: one, sometimes two or three."""
        wanted = self.rng.choices((1, 2, 3), (70, 22, 8))[0]
        return self.rng.sample(free, min(wanted, len(free)))

    def _days(self, course: Course) -> tuple[date, date | None]:
        """The days of the first report and of the last finish."""
        if course.confirmed is None:
            return course.claimed + 2 * DAY, None
        span = (course.confirmed - course.claimed).days
        return course.claimed + timedelta(days=span // 4), course.claimed + timedelta(
            days=max(span // 4, span * 4 // 5)
        )

    def _item_moves(self, course: Course, opened: date, hands: list[Org], asker: Org) -> list[Move]:
        rng, lead = self.rng, course.body.lead.pk
        reported, finished = self._days(course)
        moves = [
            Move(S.COLLECTED, moment(opened, 8, rng), "collect", asker.pk),
            Move(S.OPEN, moment(opened, 10, rng), "open", lead),
            Move(S.CLAIMED, moment(course.claimed, 13, rng), "claim", hands[0].pk, detail={"role": "lead"}),
        ]
        if course.confirmed is None and course.ends == "released":
            given_up = course.claimed + 9 * DAY
            moves.append(Move(S.OPEN, moment(given_up, 15), "release", hands[0].pk, RELEASED))
            moves.append(Move(S.REFUSED, moment(given_up + 30 * DAY, 15), "refuse", lead, "多次征集仍无单位认领"))
            return self._past(moves)
        moves.append(Move(S.IN_HAND, moment(reported, 14, rng), "report", hands[0].pk))
        if course.confirmed and finished:
            moves.append(Move(S.DONE, moment(finished, 16, rng), "finish", hands[0].pk))
            said = {"satisfaction": OPINIONS[(hands[0].pk + course.claimed.toordinal()) % len(OPINIONS)]}
            moves.append(Move(S.CONFIRMED, moment(course.confirmed, 17), "confirm", asker.pk, detail=said))
            moves.append(Move(S.CLOSED, moment(course.confirmed + ARCHIVED, 0), "close"))
        return self._past(moves)

    def _problem(self, answer: int, course: Course, told: tuple[str, str, str], asker: Org, opened: date) -> None:
        rng, body, (category, place, need) = self.rng, course.body, told
        collected = max(body.activated + DAY, EARLIEST, opened - timedelta(days=1 + min(30, int(rng.expovariate(0.2)))))
        sheet = self.lists.of(body, Kind.PROBLEM, collected)
        collected = max(collected, sheet.drawn)
        linked = max(opened, collected)
        moves = [Move(S.COLLECTED, moment(collected, 8, rng), "collect", asker.pk)]
        if rng.random() < 0.6:
            moves.append(Move(S.STUDIED, moment(collected, 9, rng), "study", body.lead.pk, rng.choice(words.STUDIES)))
        moves.append(Move(S.OPEN, moment(collected, 10, rng), "open", body.lead.pk))
        moves.append(Move(S.LINKED, moment(linked, 11, rng), "link", body.lead.pk, detail={"item": answer}))
        answered: int | None = answer
        if course.confirmed:
            moves.append(Move(S.CONFIRMED, moment(course.confirmed, 17), "confirm", asker.pk))
            moves.append(Move(S.CLOSED, moment(course.confirmed + ARCHIVED, 0), "close"))
        elif course.ends == "released":
            given_up = course.claimed + 39 * DAY
            moves.append(Move(S.OPEN, moment(given_up, 15), "unlink", body.lead.pk, "对接的服务事项未能落实"))
            moves.append(Move(S.REFUSED, moment(given_up, 16), "refuse", body.lead.pk, rng.choice(words.REFUSALS)))
        moves = self._past(moves)
        if moves[-1].to not in {S.LINKED, S.CONFIRMED, S.CLOSED}:
            answered = None
        self._enter(
            self.ledger.key(Item),
            sheet,
            body,
            moves,
            title=need,
            category=category,
            place=place,
            capacity=1,
            asked_by_id=asker.pk,
            opened=collected,
            collected=collected,
            answered_by_id=answered,
            for_resident=asker.trade.sector in {"village", "community"} and rng.random() < 0.6,
        )

    def _past(self, moves: list[Move]) -> list[Move]:
        """What has come to pass by the horizon; the first move at least."""
        return [moves[0], *(move for move in moves[1:] if move.at.date() <= self.horizon)]

    def _enter(
        self,
        pk: int,
        sheet: Sheet,
        body: Body,
        moves: list[Move],
        *,
        opened: date,
        collected: date | None = None,
        first_claimed: date | None = None,
        **fields: object,
    ) -> int:
        """Write the item as its moves leave it."""
        reached = {move.to: move.at.date() for move in moves}
        said = next((move.detail for move in moves if move.to == S.CONFIRMED), None) or {}
        collected = collected or opened
        self.ledger.put(
            Item,
            id=pk,
            state=moves[-1].to,
            listing_id=sheet.pk,
            alliance_id=body.pk,
            region_id=body.region,
            kind=sheet.kind,
            due_on=opened + timedelta(days=self.rng.choice((20, 28, 28, 28, 42, 60))),
            addendum=collected > sheet.signed,
            collected_on=collected,
            first_claimed_on=first_claimed if S.CLAIMED in reached else None,
            done_on=reached.get(S.DONE),
            confirmed_on=reached.get(S.CONFIRMED),
            satisfaction=said.get("satisfaction", ""),
            goes_to=words.NEXT if moves[-1].to == S.REFUSED else "",
            synthetic=True,
            updated_at=moves[-1].at,
            **fields,
        )
        self.ledger.history(Item, pk, moves)
        return pk

    def _claims(self, item: int, course: Course, hands: list[Org], asker: Org) -> None:
        reported, finished = self._days(course)
        for slot, org in enumerate(hands, start=1):
            claimed = course.claimed if slot == 1 else min(reported, course.claimed + timedelta(days=slot))
            if claimed <= self.horizon:
                self._claim(item, course, org, slot, (claimed, reported, finished), asker)

    def _claim(
        self, item: int, course: Course, org: Org, slot: int, days: tuple[date, date, date | None], asker: Org
    ) -> None:
        rng, (claimed, reported, finished) = self.rng, days
        moves = [Move(C.CLAIMED, moment(claimed, 13, rng), "claim", org.pk)]
        if course.confirmed is None and course.ends == "released":
            moves.append(Move(C.RELEASED, moment(course.claimed + 9 * DAY, 15), "release", org.pk, RELEASED))
        else:
            moves.append(Move(C.IN_HAND, moment(reported, 14, rng), "report", org.pk))
            if course.confirmed and finished:
                moves.append(Move(C.FINISHED, moment(finished, 16, rng), "finish", org.pk))
                moves.append(Move(C.CONFIRMED, moment(course.confirmed, 17), "confirm", asker.pk))
        moves = self._past(moves)
        reached = {move.to: move.at for move in moves}
        done = reached.get(C.FINISHED)
        pk = self.ledger.put(
            Claim,
            state=moves[-1].to,
            item_id=item,
            organization_id=org.pk,
            role="lead" if slot == 1 else "assist",
            slot=slot,
            promised_on=claimed + timedelta(days=rng.choice((10, 15, 20, 30))),
            support=rng.choice(words.PROMISES),
            claimed_at=moves[0].at,
            finished_at=done,
            outcome=rng.choice(words.OUTCOMES) if done else "",
            updated_at=moves[-1].at,
        )
        self.ledger.history(Claim, pk, moves)
        if C.IN_HAND in reached:
            self.ledger.put(
                Progress, claim_id=pk, text=rng.choice(words.REPORTS), at=reached[C.IN_HAND], by_id=self.ledger.actor
            )
        last = min(self.horizon, finished or claimed + 6 * DAY)
        if org.people and last >= claimed:
            self.labours.append(Labour(course.body, org, claimed, last))


RELEASED = words.RELEASES[0]


def natural(rng: Random, body: Body, first: date, last: date) -> Course:
    """A course begun in the span: most are confirmed in three or four weeks, some late, some given up."""
    claimed, fate = some_day(rng, first, last), 0.0 if body.staged else rng.random()
    if fate < 0.9:
        confirmed = claimed + timedelta(days=3 + min(120, round(rng.lognormvariate(2.9, 0.6))))
        return Course(body, claimed, confirmed, pick_problems(rng))
    if fate < 0.94:
        return Course(body, claimed, claimed + timedelta(days=rng.randint(70, 160)), pick_problems(rng))
    return Course(body, claimed, None, pick_problems(rng), "released")
