"""Double registration in the demo: organs linked to communities, their people registered there."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from alliances.models import OrganLink, Registration
from config.demo.accounts import FULIAN
from config.demo.chance import moment, some_day
from config.demo.ledger import Ledger, Move
from config.demo.organizations import Org, Organizations, S
from config.demo.places import CHIFENG

DAY = timedelta(days=1)
REASONS = ("机构改革，职能划转", "机关搬迁到其他街道", "结对任务完成，另作安排")
MOVED = ("工作调动", "居住地变动，改到新社区报到", "身体原因")


class Registering:
    """Links organs of Chifeng with communities of their county, and registers their people there.

    The women's federation of 巴林左旗 stands apart: a chapter tells its story.
    """

    def __init__(self, ledger: Ledger, organizations: Organizations, rng: Random, horizon: date) -> None:
        self.ledger, self.rng, self.horizon = ledger, rng, horizon
        organs = [org for org in organizations.all if org.trade.sector == S.ORGAN and org.region.startswith(CHIFENG)]
        self.organs = [org for org in organs if org.name != FULIAN]
        places = [org for org in organizations.all if org.place and len(org.place) == 12]
        self.near: dict[str, list[Org]] = {}
        for place in (p for p in places if p.region.startswith(CHIFENG)):
            urban = 3 if place.trade.sector == S.COMMUNITY else 1
            for code in {place.region[:4], place.region[:6], place.region[:9]}:
                self.near.setdefault(code, []).extend([place] * urban)
        self.linked: dict[Org, tuple[Org, date]] = {}

    def link(
        self, number: int, first: date, last: date, within: str = CHIFENG, *, apart: str = "none", again: float = 0.0
    ) -> None:
        """That many more organs of the place link on the days from ``first`` to ``last``; fewer where there are none.

        Organs beneath ``apart`` are left out; ``again`` is the share of those who were linked with another community
        until that day.
        """
        free = [org for org in self.organs if org not in self.linked and org.region.startswith(within)]
        free = [org for org in free if not org.region.startswith(apart)]
        for org in self.rng.sample(free, min(number, len(free))):
            near = self.near.get(org.region[:9]) or self.near.get(org.region[:6]) or self.near[CHIFENG]
            community, day = self.rng.choice(near), some_day(self.rng, first, last)
            other = self.rng.choice(self.near.get(org.region[:6]) or near)
            if other is not community and self.rng.random() < again:
                self._link(org, other, day - timedelta(days=self.rng.randint(200, 700)), until=day)
            self._link(org, community, day)
            self.linked[org] = (community, day)

    def register(self, number: int, first: date, last: date) -> None:
        """Exactly that many people of organs register, mostly where their organ is linked, and are so on ``last``.

        A few end it later, up to yesterday; most of these are registered elsewhere from that day on.
        """
        pool = [(person, org) for org in self.organs for person in org.people]
        for person, org in sorted(self.rng.sample(pool, number), key=lambda found: found[0]):
            near = self.near.get(org.region[:6]) or self.near[CHIFENG]
            community, since = self.linked.get(org, (None, first))
            if community is None or self.rng.random() < 0.3:
                community = self.rng.choice(near)
            span = (last - max(first, since)).days
            day = max(first, since) + timedelta(days=round(span * self.rng.random() ** 1.4))
            if self.rng.random() >= 0.03:
                self._registration(person, org, community, day)
                continue
            until = some_day(self.rng, last + DAY, self.horizon)
            self._registration(person, org, community, day, until)
            if self.rng.random() < 0.7:
                self._registration(person, org, self.rng.choice(near), until)

    def _registration(self, person: int, org: Org, community: Org, day: date, until: date | None = None) -> None:
        moves = [Move("registered", moment(day, 15, self.rng), "register_member", org.pk)]
        if until:
            reason = self.rng.choice(MOVED)
            moves.append(Move("ended", moment(until, 10, self.rng), "end_registration", org.pk, reason))
        pk = self.ledger.put(
            Registration, state=moves[-1].to, person_id=person, community_id=community.pk, registered_on=day,
            ended_on=until, synthetic=True, updated_at=moves[-1].at,
        )  # fmt: skip
        self.ledger.history(Registration, pk, moves)

    def _link(self, org: Org, community: Org, day: date, until: date | None = None) -> None:
        asked = day - timedelta(days=self.rng.randint(1, 9))
        moves = [
            Move("asked", moment(asked, 9, self.rng), "ask", org.pk),
            Move("linked", moment(day, 10, self.rng), "accept_link", community.pk),
        ]
        if until:
            moves.append(Move("ended", moment(until, 9, self.rng), "end_link", org.pk, self.rng.choice(REASONS)))
        pk = self.ledger.put(
            OrganLink, state=moves[-1].to, organ_id=org.pk, community_id=community.pk, asked_on=asked, linked_on=day,
            ended_on=until, synthetic=True, updated_at=moves[-1].at,
        )  # fmt: skip
        self.ledger.history(OrganLink, pk, moves)
