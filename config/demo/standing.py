"""How the alliances of the demo stand: demonstration sites, belts, orders to rectify, rewards."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from alliances.models import Alliance, Belt, BeltStop, DemonstrationSite, Rectification, Reward
from config.demo.bodies import Body
from config.demo.chance import moment, some_day
from config.demo.ledger import Ledger, Move
from config.demo.places import Places

TERM = timedelta(days=60)
REASONS = ("连续两个季度没有活动，也没有认领事项", "清单长期空转，问题解决率偏低", "成员单位参与少，作用发挥不明显")
MEASURES = "重新梳理需求和资源，补签清单；明确轮值主持单位；每月开展一次联合活动，到期复核。"
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

    def rectify(self, bodies: list[Body], days: list[date], horizon: date) -> None:
        """On each day one of the bodies is ordered to put its house in order; checked again after its term."""
        dull = sorted(bodies, key=lambda b: (b.vigor, b.pk))[: 3 * len(days)]
        for body, day in zip(self.rng.sample(dull, len(days)), days, strict=True):
            due, checked = day + TERM, day + TERM - timedelta(days=self.rng.randint(1, 12))
            reason, over = self.rng.choice(REASONS), checked <= horizon
            self.ledger.put(
                Rectification,
                alliance_id=body.pk,
                region_id=body.region,
                ordered_on=day,
                due_on=due,
                reason=reason,
                measures=MEASURES,
                ended_on=checked if over else None,
                passed=True if over else None,
                synthetic=True,
            )
            body.moves.append(
                Move(Alliance.State.RECTIFYING, moment(day, 10), "rectify", None, reason, {"due_on": str(due)})
            )
            if over:
                body.moves.append(
                    Move(Alliance.State.ACTIVE, moment(checked, 15), "reinstate", None, "整顿措施已落实，复核通过")
                )
            else:
                body.rectify_by = due

    def reward(self, bodies: list[Body], days: list[date]) -> None:
        """The liveliest are favoured, one on each day."""
        for body, day in zip(sorted(bodies, key=lambda b: (-b.vigor, b.pk)), days, strict=False):
            what = self.rng.choice(FAVOURS)
            self.ledger.put(
                Reward, alliance_id=body.pk, region_id=body.region, granted_on=day, what=what, synthetic=True
            )
