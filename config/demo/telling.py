"""The story that the demo tells: reported alliances, the months that the reports count, the years until yesterday.

The same seed tells the same story; a larger scale goes on from the smaller one's base.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from random import Random

from config.demo.bodies import Body, enter
from config.demo.cases import Cases
from config.demo.chance import allot, months, poisson, some_day, stream
from config.demo.filling import Filling, asleep
from config.demo.ledger import Ledger
from config.demo.lists import Lists, half_year
from config.demo.organizations import Org, Organizations
from config.demo.places import CHIFENG, NANYANG, Places
from config.demo.registering import Registering
from config.demo.standing import Standing
from config.demo.together import Gathering, Together
from config.demo.work import Course, Work, natural, pick_problems
from listings.models.listing import Kind
from members.models import Region

SCALES = ("cases", "chifeng-2019", "chifeng-2021")
BEGIN, CUT, REACHED = date(2018, 1, 1), date(2019, 4, 30), date(2021, 6, 30)

# What the reports print for 赤峰 on 30 April 2019 and 30 June 2021; of an "at least" a little more.
ALLIANCES, SITES, BELTS, PERSON_TIMES = 588, 100, 49, 230_000
PARTY_MEMBERS, THEME_DAYS, LISTS, CLAIMED, SOLVED = 83_600, 6_240, 2_985, 4_290, 11_484
CONFIRMED = 3_480  # of the claimed items; each answers 3.3 problems on average
GROWN = 5_122

# Of double registration: on 17 September 2018 in the city, on 8 September 2020 in 巴林左旗. The reports give 69 organs
# of the city and 1,036 of the banners; here the city has fewer and the banners more, 1,105 in all.
REPORTED, COUNTED_AGAIN = date(2018, 9, 17), date(2020, 9, 8)
ORGANS, REGISTERED, ORGANS_OF_BANNER, BANNER = 1_105, 23_800, 91, "150422"

DAY = timedelta(days=1)
Say = Callable[[str], None]


class Telling:
    """Tells the story of one scale into a ledger."""

    def __init__(self, ledger: Ledger, scale: str, seed: int, today: date, say: Say = lambda text: None) -> None:
        self.ledger, self.scale, self.seed, self.say = ledger, scale, seed, say
        self.horizon = today - DAY
        self.places = Places()
        self.organizations = Organizations(ledger, self.places)
        self.lists = Lists(ledger, self._chance("lists"), self.horizon)
        self.work = Work(ledger, self.lists, self.places, self._chance("work"), self.horizon)
        self.together = Together(ledger, self._chance("together"), self.horizon)
        self.standing = Standing(ledger, self.places, self._chance("standing"))
        self.bodies: list[Body] = []

    def tell(self, known: frozenset[str] = frozenset()) -> None:
        """The whole story; ``known`` are the codes of places that are there already."""
        for code, name in self.places.names.items():
            if code not in known:
                self.ledger.put(Region, id=code, code=code, name=name)
        self.say("reported alliances")
        self.bodies = Cases(self.ledger, self.organizations, self._chance("cases")).make()
        if self.scale == "cases":
            self.organizations.staff(self._chance("people"), self.organizations.all, 12 * len(self.organizations.all))
            self._few()
            self._few_registrations()
        else:
            self._base()
        if self.scale == "chifeng-2021":
            self._growth()
        self._afterlife()
        self.say("alliances and their histories")
        rng = self._chance("seats")
        for body in self.bodies:
            enter(self.ledger, body, rng)
        self.ledger.close()

    # What the reports count -----------------------------------------------------------------------------------

    def _few(self) -> None:
        """Only the reported alliances: they work at an ordinary pace until the day of the reports."""
        self._live(self.bodies, BEGIN, CUT, lambda day: 0.6, self._chance("few"))
        self.standing.sites([b for b in self.bodies if b.source][:12], 8, BEGIN, CUT)

    def _base(self) -> None:
        """Chifeng until 30 April 2019, with the totals that the reports print."""
        self.say("organisations of Chifeng")
        rng = self._chance("organisations")
        for county in self.places.counties(CHIFENG):
            self.organizations.settle_county(county, rng)
        ours = [org for org in self.organizations.all if org.region.startswith(CHIFENG)]
        filling = Filling(self.ledger, self.organizations, self._chance("filling"), {body.name for body in self.bodies})
        local = [body for body in self.bodies if body.region.startswith(CHIFENG)]
        made = filling.make(ALLIANCES - len(local), date(2016, 3, 1), date(2019, 4, 20))
        filling.cover(made, ours)
        self.bodies += made
        local += made
        self._people(local)
        self._registrations()
        self.say("lists, items and claims until April 2019")
        self._base_courses(local)
        self.say("activities and services until April 2019")
        self._base_together(local)
        self.standing.sites(local, SITES, BEGIN, CUT)
        self.standing.belts(local, BELTS, BEGIN, CUT)
        self._live(
            [b for b in self.bodies if not b.region.startswith(CHIFENG)],
            BEGIN,
            CUT,
            lambda day: 0.5,
            self._chance("beside"),
        )

    def _people(self, local: list[Body]) -> None:
        """Party members: as many as are covered in Chifeng, and some for everybody else."""
        covered = {seat.org for body in local for seat in body.seats}
        orgs = self.organizations.all
        inside = [org for org in orgs if org in covered]
        self.organizations.staff(self._chance("people"), inside, PARTY_MEMBERS)
        others = [org for org in orgs if org not in covered]
        self.organizations.staff(self._chance("others"), others, 12 * len(others))

    def _registrations(self) -> None:
        """Organs link to communities and their people register there, as many as the reports count."""
        self.say("organs and members registered with communities")
        told = Registering(self.ledger, self.organizations, self._chance("registering"), self.horizon)
        told.link(ORGANS_OF_BANNER - 6, date(2017, 6, 1), REPORTED, BANNER, again=0.1)
        told.link(ORGANS - len(told.linked), date(2017, 6, 1), REPORTED, apart=BANNER, again=0.1)
        told.register(REGISTERED, date(2017, 6, 1), REPORTED)
        told.link(60, REPORTED + DAY, COUNTED_AGAIN, apart=BANNER)
        told.link(6, REPORTED + DAY, COUNTED_AGAIN, BANNER)

    def _few_registrations(self) -> None:
        """Some of the reported organs, and a third of their people."""
        told = Registering(self.ledger, self.organizations, self._chance("registering"), self.horizon)
        told.link(round(0.7 * len(told.organs)), date(2017, 6, 1), REPORTED, again=0.1)
        told.register(sum(len(org.people) for org in told.organs) // 3, date(2017, 6, 1), REPORTED)

    def _base_courses(self, local: list[Body]) -> None:
        rng = self._chance("base courses")
        spans = {body: span for body in local if (span := body.lives(BEGIN, CUT - 3 * DAY)) and body.vigor}
        awake = list(spans)
        numbers = allot(CLAIMED, [body.vigor * (spans[body][1] - spans[body][0]).days for body in awake])
        days = [
            (some_day(rng, *spans[body]), body)
            for body, number in zip(awake, numbers, strict=True)
            for _ in range(number)
        ]
        days.sort(key=lambda found: (found[0], found[1].pk))
        early = [place for place, (day, _) in enumerate(days) if (CUT - day).days >= 4]
        done = set(rng.sample(early, CONFIRMED))
        problems = iter(exactly(rng, CONFIRMED, SOLVED))
        courses = []
        for place, (day, body) in enumerate(days):
            if place in done:
                latest = min(100, (CUT - day).days)
                courses.append(
                    Course(
                        body,
                        day,
                        day + timedelta(days=3 + min(latest - 3, round(rng.lognormvariate(2.9, 0.6)))),
                        next(problems),
                    )
                )
            else:
                fate = rng.random()
                later = max(CUT, day + timedelta(days=8)) + timedelta(days=rng.randint(2, 110))
                ends = "released" if fate < 0.3 else "lingers"
                courses.append(Course(body, day, later if fate > 0.3 else None, pick_problems(rng), ends))
        self.work.run(courses)
        self._solos(awake, spans, 1_300, rng)
        self._more_lists(awake, rng)

    def _solos(self, awake: list[Body], spans: dict[Body, tuple[date, date]], number: int, rng: Random) -> None:
        """Problems that no item answers."""
        for body in rng.choices(awake, [body.vigor for body in awake], k=number):
            self.work.solo(body, some_day(rng, *spans[body]))

    def _more_lists(self, awake: list[Body], rng: Random) -> None:
        """Lists of resources and projects, until as many are signed as the reports count."""
        signed = sum(BEGIN <= sheet.signed <= CUT for sheet in self.lists.sheets.values())
        for _ in range(20 * LISTS):
            if signed >= LISTS:
                break
            body = rng.choice(awake)
            first = rng.choice((date(2018, 1, 8), date(2018, 7, 9), date(2019, 1, 8)))
            kind = rng.choice(
                (Kind.RESOURCE, Kind.PROJECT) if first.year == 2018 else (Kind.PROJECT, Kind.SUPPLY_DEMAND)
            )
            day = max(first, body.activated + 12 * DAY) + timedelta(days=rng.randint(0, 30))
            if day > CUT - 30 * DAY or (body.pk, kind, half_year(day)[0]) in self.lists.sheets:
                continue
            for late in range(rng.choice((1, 2, 3))):
                self.work.offer(body, kind, day + late * DAY)
            signed += 1

    def _base_together(self, local: list[Body]) -> None:
        rng, end = self._chance("base together"), CUT - DAY
        spans = {body: span for body in local if (span := body.lives(BEGIN, end))}
        awake = [body for body in spans if body.vigor]
        weights = [body.vigor * (spans[body][1] - spans[body][0]).days for body in awake]
        gatherings = [
            g
            for b, n in zip(awake, allot(THEME_DAYS, weights), strict=True)
            for g in self.together.theme_days(b, n, *spans[b])
        ]
        for body, number in zip(awake, allot(3_900, weights), strict=True):
            gatherings += [self.together.other(body, *spans[body]) for _ in range(number)]
        gatherings += [
            self.together.gather(body, "founding_meeting", min(end, body.activated + timedelta(days=rng.randint(1, 9))))
            for body in local
            if body.activated >= BEGIN
        ]
        served = self.together.serve_exactly(gatherings, round(PERSON_TIMES * 0.88))
        self.together.write(gatherings)
        labours = [
            labour for labour in self.work.labours if labour.first <= CUT and labour.body.region.startswith(CHIFENG)
        ]
        for labour in labours:
            labour.last = min(labour.last, CUT)
        self.together.labour(labours, PERSON_TIMES - served)
        self.work.labours.clear()

    # What comes after -----------------------------------------------------------------------------------------

    def _growth(self) -> None:
        """From May 2019 to June 2021 the number of alliances grows."""
        self.say("alliances until June 2021")
        rng = self._chance("growth organisations")
        news: list[Org] = []
        for code in self.places.communities(CHIFENG):
            if rng.random() < 0.8:
                before = len(self.organizations.all)
                self.organizations.company_of(code, rng)
                news += self.organizations.all[before:]
        self.organizations.staff(rng, news, 7 * len(news))
        filling = Filling(self.ledger, self.organizations, self._chance("growth"), {body.name for body in self.bodies})
        local = [body for body in self.bodies if body.region.startswith(CHIFENG)]
        made = filling.make(GROWN - len(local), date(2019, 5, 2), date(2021, 6, 20), scale=0.45)
        filling.cover(made, news)
        self.bodies += made

    def _afterlife(self) -> None:
        """Work goes on at a lower rate until yesterday, livelier in the last months; some fall asleep."""
        self.say("the years until yesterday")
        rng, recent = self._chance("after"), quarters_ago(self.horizon) - timedelta(days=20)
        small = self.scale == "cases"
        asleep([b for b in self.bodies if not b.source], rng, CUT + 60 * DAY, self.horizon - timedelta(days=100))

        top, low = (0.8, 0.12) if small else (0.3, 0.01) if self.scale == "chifeng-2021" else (0.45, 0.01)

        def pace(day: date) -> float:
            if self.scale == "chifeng-2021" and day <= REACHED:
                return 0.12
            return max(low, top * min(1.0, 1 - (recent - day).days / 330))

        self._live(self.bodies, CUT + DAY, self.horizon, pace, rng)
        awake = [b for b in self.bodies if b.lives(recent, self.horizon) and b.vigor and not b.staged]
        waiting = rng.choices(awake, [body.vigor for body in awake], k=min(200, max(24, len(awake) // 3)))
        waiting += [body for body in awake if body.region.startswith(NANYANG)]
        soon = (self.horizon + DAY, self.horizon + 12 * DAY)
        self.work.run([Course(body, some_day(rng, *soon), None, pick_problems(rng)) for body in waiting])
        for body in rng.sample(awake, min(120, len(awake) // 2)):
            self.together.plan(body, self.horizon + timedelta(days=rng.randint(2, 24)))
        running = [body for body in self.bodies if body.region.startswith(CHIFENG) and body.activated < CUT]
        self.standing.reward(running, [self.horizon - timedelta(days=back) for back in (300, 211, 96, 60)])

    def _live(self, bodies: list[Body], first: date, last: date, pace: Callable[[date], float], rng: Random) -> None:
        """Month by month, whatever each alliance does at that pace."""
        courses: list[Course] = []
        solos: list[tuple[date, Body]] = []
        gatherings: list[Gathering] = []
        for begin, end in months(first, last):
            rate = pace(end)
            for body in bodies:
                span = body.lives(begin, end)
                if span is None or not body.vigor or (span[1] - span[0]).days < 1:
                    continue
                force = rate * body.vigor**0.5
                courses += [natural(rng, body, *span) for _ in range(poisson(rng, 0.8 * force))]
                solos += [(some_day(rng, *span), body) for _ in range(0 if body.staged else poisson(rng, 0.22 * force))]
                gatherings += self.together.theme_days(body, poisson(rng, 1.6 * force), *span)
                gatherings += [self.together.other(body, *span) for _ in range(poisson(rng, 1.5 * force))]
        self.work.run(courses)
        for day, body in sorted(solos, key=lambda found: (found[0], found[1].pk)):
            self.work.solo(body, day)
        self.together.serve(gatherings, 0.12)
        self.together.write(gatherings)
        if self.work.labours:
            self.together.labour(self.work.labours, 2 * len(self.work.labours))
            self.work.labours.clear()

    def _chance(self, part: str) -> Random:
        return stream(self.seed, part)


def quarters_ago(day: date) -> date:
    """The first day of the quarter before the one of the day."""
    first = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) - DAY
    return date(first.year, first.month - 2, 1)


def exactly(rng: Random, number: int, total: int) -> list[int]:
    """How many problems each of ``number`` items answers, ``total`` in all, each at least one."""
    found = [pick_problems(rng) for _ in range(number)]
    while (gap := total - sum(found)) != 0:
        place = rng.randrange(number)
        if gap > 0 or found[place] > 1:
            found[place] += 1 if gap > 0 else -1
    return found
