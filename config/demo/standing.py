"""How the alliances of the demo stand: demonstration sites, belts, rewards."""

from __future__ import annotations

from datetime import date
from random import Random

from alliances.models import Belt, BeltStop, DemonstrationSite, Reward
from config.demo.bodies import Body
from config.demo.chance import some_day
from config.demo.ledger import Ledger
from config.demo.places import Places

FAVOURS = (
    "列为下年度党建经费重点支持对象",
    "优先安排集体经济扶持项目",
    "在全市组织工作会议上作经验交流",
    "优先推荐评选先进基层党组织",
)
BELT_TRADES = ("百里谷子", "肉牛养殖", "设施农业", "生态治理", "乡村旅游", "红色物业", "商贸服务", "民族团结")


class Standing:
    """Marks alliances that exist already."""

    def __init__(self, ledger: Ledger, places: Places, rng: Random) -> None:
        self.ledger, self.places, self.rng = ledger, places, rng

    def sites(self, bodies: list[Body], number: int, first: date, last: date) -> None:
        """That many demonstration sites, the liveliest first."""
        for body in sorted(bodies, key=lambda b: (-b.vigor, b.pk))[:number]:
            since = some_day(self.rng, max(first, body.activated), last)
            self.ledger.put(DemonstrationSite, alliance_id=body.pk, region_id=body.region, since=since, synthetic=True)

    def belts(self, bodies: list[Body], number: int, first: date, last: date) -> None:
        """That many belts, each strung through alliances of one county."""
        counties = sorted({body.region[:6] for body in bodies if len(body.region) >= 6})
        for place in range(number):
            county = counties[place % len(counties)]
            inside = [body for body in bodies if body.region.startswith(county)]
            stops = self.rng.sample(inside, min(len(inside), self.rng.randint(3, 7)))
            trade = BELT_TRADES[(place // len(counties) + place) % len(BELT_TRADES)]
            since = some_day(self.rng, max([first, *(stop.activated for stop in stops)]), last)
            kind = self.rng.choices(list(Belt.Kind.values), (6, 3, 2))[0]
            pk = self.ledger.put(
                Belt,
                name=f"{self.places.label(county)}{trade}{Belt.Kind(kind).label}",
                kind=kind,
                region_id=county,
                since=since,
                synthetic=True,
            )
            for position, stop in enumerate(stops, start=1):
                self.ledger.put(BeltStop, belt_id=pk, alliance_id=stop.pk, position=position)

    def reward(self, bodies: list[Body], days: list[date]) -> None:
        """The liveliest are favoured, one on each day."""
        for body, day in zip(sorted(bodies, key=lambda b: (-b.vigor, b.pk)), days, strict=False):
            what = self.rng.choice(FAVOURS)
            self.ledger.put(
                Reward, alliance_id=body.pk, region_id=body.region, granted_on=day, what=what, synthetic=True
            )
