"""The synthetic alliances around the reported ones: where they are, who leads, who joins."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from alliances.models import Alliance, Chain
from config.demo.bodies import Body, Formation, birth
from config.demo.cases import form_of
from config.demo.chance import skewed, some_day
from config.demo.ledger import Ledger
from config.demo.organizations import Org, Organizations
from config.demo.places import CHIFENG

Mode = Alliance.Mode

VILLAGE_TRADES = (
    "谷子",
    "杂粮",
    "设施蔬菜",
    "肉羊",
    "肉牛",
    "中药材",
    "林果",
    "马铃薯",
    "文冠果",
    "食用菌",
    "葵花",
    "乡村旅游",
)
COUNTY_TRADES = (
    "肉牛",
    "肉羊",
    "谷子",
    "设施农业",
    "中药材",
    "杂粮",
    "绒毛",
    "乡村旅游",
    "电子商务",
    "冷链物流",
    "新型建材",
    "乳业",
)
SYSTEMS = ("教育", "卫生", "政法", "金融", "交通", "农牧", "文旅", "住建", "民政", "商务")

LEVELS = (("community", 0.27), ("village", 0.33), ("town", 0.27), ("county", 0.11), ("city", 0.02))
ALONE = 2
MEMBERS = {"community": 9, "village": 6, "town": 10, "county": 13, "city": 12}


class Filling:
    """Makes alliances of Chifeng until there are as many as wanted."""

    def __init__(self, ledger: Ledger, organizations: Organizations, rng: Random, names: set[str]) -> None:
        self.ledger, self.organizations, self.rng, self.names = ledger, organizations, rng, names
        self.places = organizations.places
        self.weights = {county: 0.6 + rng.random() for county in self.places.counties(CHIFENG)}
        self.rural: dict[str, list[str]] = {}
        self.urban: dict[str, list[str]] = {}
        for code in self.places.communities(CHIFENG):
            rural = self.places.label(code).endswith(("村", "嘎查"))
            (self.rural if rural else self.urban).setdefault(code[:6], []).append(code)

    def make(self, number: int, first: date, last: date, scale: float = 1.0) -> list[Body]:
        """That many alliances, founded from ``first`` to ``last``, more and more of them as time goes by."""
        found: list[Body] = []
        while len(found) < number:
            span = (last - first).days
            day = first + timedelta(days=round(span * self.rng.random() ** 0.7))
            made = self._alliance(min(day, last), scale)
            if made:
                found.append(made)
        return found

    def cover(self, bodies: list[Body], orgs: list[Org]) -> None:
        """Everybody who is in no alliance joins one nearby; some join two."""
        near: dict[str, list[Body]] = {}
        for body in bodies:
            near.setdefault(body.region[:9], []).append(body)
            near.setdefault(body.region[:6], []).append(body)
        taken = {seat.org for body in bodies for seat in body.seats}
        for org in orgs:
            if org not in taken and org.name != f"中共{self.places.names[org.region]}委员会":
                choice = self.rng.choice(near.get(org.region[:9]) or near[org.region[:6]])
                if choice.supervising is org:
                    choice = self.rng.choice(near[org.region[:6]])
                choice.join(org, choice.activated + timedelta(days=self._late(choice)))

    def _late(self, body: Body) -> int:
        """How many days after the founding a member came: mostly none."""
        room = (date(2019, 4, 20) - body.activated).days
        return 0 if self.rng.random() < 0.7 or room < 1 else self.rng.randint(1, room)

    def _alliance(self, day: date, scale: float) -> Body | None:
        level = self.rng.choices([name for name, _ in LEVELS], [share for _, share in LEVELS])[0]
        county = self.rng.choices(list(self.weights), list(self.weights.values()))[0]
        region = self._region(level, county)
        name, chains, mode = self._name(level, region)
        if name in self.names:
            return None
        self.names.add(name)
        lead = self._lead(level, region)
        formation = Formation.NON_ESTABLISHED if self.rng.random() < 0.6 else self.rng.choice(["agreement", "convened"])
        body = Body(
            self.ledger.key(Alliance),
            name,
            region,
            form_of(name) if form_of(name) != "other" else self._form(),
            lead,
            self.organizations.supervisor(lead, region),
            day,
            formation=formation,
            mode=mode,
            chains=chains,
            vigor=skewed(self.rng, 0.8, 0.75) * scale,
        )
        if self.rng.random() < 0.05:
            body.vigor = 0.0
        body.join(lead, day)
        for org in self._members(body, round(skewed(self.rng, MEMBERS[level], 0.5) * scale**0.5)):
            body.join(org, day)
        if len(body.seats) < ALONE:
            return None
        body.moves = birth(body, self.rng)
        return body

    def _form(self) -> str:
        return self.rng.choices(
            ["other", "joint_committee", "joint_general_branch", "joint_branch", "league"], [3, 3, 2, 3, 2]
        )[0]

    def _region(self, level: str, county: str) -> str:
        if level == "city":
            return CHIFENG
        if level == "county":
            return county
        if level == "town":
            return self.rng.choice(self.places.towns(county))
        pool = (self.rural if level == "village" else self.urban).get(county) or self.rural[county]
        return self.rng.choice(pool)

    def _name(self, level: str, region: str) -> tuple[str, tuple[str, ...], str]:
        """What it calls itself, on which chains it stands, in which mode."""
        rng, label = self.rng, self.places.label(region)
        industry, governance, service = Chain.Kind.INDUSTRY, Chain.Kind.GOVERNANCE, Chain.Kind.SERVICE
        if label.endswith("社区"):
            name = rng.choice(
                ("基层治理共同体", "联合党委", "大党委", "党建联合体", "邻里党建联盟", "小区治理联合党支部")
            )
            mode: str = rng.choices([Mode.REGIONAL, Mode.HUB, Mode.DUAL_REGISTRATION, Mode.SMART], [6, 2, 3, 1])[0]
            return f"{label}{name}", (governance, service)[: rng.choice((1, 1, 2))], mode
        if len(region) == 12:
            trade = rng.choice(VILLAGE_TRADES)
            name = rng.choice(
                (f"{trade}产业党建联合体", f"{trade}产业联合党总支", "乡村振兴党建联合体", f"{trade}产业联合党支部")
            )
            town = self.places.label(region[:9])
            return f"{town}{label}{name}", (industry,), rng.choice((Mode.CROSS_DOMAIN, Mode.CROSS_DOMAIN, ""))
        if len(region) == 9:
            urban = label.endswith("街道")
            name = rng.choice(
                ("商圈联合党支部", "街区党建联盟", "红色物业党建联合体", "城市基层党建共同体", "双报到党建联盟")
                if urban
                else (
                    "党建共同体",
                    "产业振兴联合党委",
                    f"{rng.choice(VILLAGE_TRADES)}产业联合党委",
                    "平安建设党建联合体",
                    "生态治理党建联合体",
                )
            )
            mode = rng.choice(
                (Mode.BUSINESS_STREET, Mode.REGIONAL, Mode.DUAL_REGISTRATION) if urban else (Mode.CROSS_DOMAIN, "")
            )
            return (
                f"{label}{name}",
                (industry if "产业" in name else governance,) + ((service,) if rng.random() < 0.3 else ()),
                mode,
            )
        if rng.random() < 0.55:
            return (
                f"{label}{rng.choice(COUNTY_TRADES)}产业党建联合体",
                (industry, Chain.Kind.OPERATION)[: rng.choice((1, 2))],
                Mode.CROSS_DOMAIN,
            )
        name = rng.choice(("系统服务基层党建联盟", "行业党建联合体", "政企联建联合党委"))
        return f"{label}{rng.choice(SYSTEMS)}{name}", (rng.choice((service, Chain.Kind.BUSINESS)),), Mode.CROSS_DOMAIN

    def _lead(self, level: str, region: str) -> Org:
        return (
            self.organizations.of_place(region)
            if len(region) >= 9
            else self.rng.choice(self.organizations.organs(region))
        )

    def _members(self, body: Body, number: int) -> list[Org]:
        """Neighbours of the town first, then organs and firms of the county."""
        county = body.region[:6] if len(body.region) >= 6 else self.rng.choice(list(self.weights))
        under = self.organizations.under
        if len(body.region) >= 9:
            town = body.region[:9]
            codes = [town, *self.places.communities(town)]
            if len(codes) > 14:
                codes = self.rng.sample(codes, 14)
            pool = [org for code in {body.region, town, *codes} for org in under.get(code, ())]
            pool.sort(key=lambda org: org.pk)
        else:
            pool = list(under[county])
        wide = under[county]
        near = min(len(pool), max(1, round(number * 0.75)))
        chosen = self.rng.sample(pool, near) + self.rng.sample(wide, min(len(wide), max(1, number - near)))
        return [org for org in chosen if org is not body.supervising and "委员会" not in org.name[-3:]]


def asleep(bodies: list[Body], rng: Random, first: date, last: date) -> None:
    """Some fall asleep on a day of the span and never wake up."""
    for body in bodies:
        if rng.random() < 0.06:
            body.sleeps = some_day(rng, first, last)
