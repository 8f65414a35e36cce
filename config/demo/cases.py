"""The 24 alliances of the reports (33 with the nested ones); what the reports leave out is filled in and marked."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

import yaml

from alliances.models import Alliance, Arrangement, Chain, Fact, Post
from config.demo.bodies import Body, Form, Formation, birth
from config.demo.chance import moment
from config.demo.ledger import Ledger, Move
from config.demo.organizations import Org, Organizations
from config.demo.places import DATA
from config.demo.trades import trade_of

MODES = {str(label): value for value, label in Alliance.Mode.choices}
CHAINS = {str(label): value for value, label in Chain.Kind.choices}
ELSEWHERE = {
    "国家民委": "11",
    "北京市丰台区": "110106",
    "北京市西城区": "110102",
    "内蒙古": "15",
    "内蒙古自治区": "15",
    "河北省承德市": "1308",
    "赤峰市": "1504",
    "多氟多": "4108",
}
"""Where the members sit whose names say that they are not of the alliance's county."""

MANY = 20
"""More members than this need more organisations than an alliance's own neighbourhood has."""

AT_LEAST = {"NY-SQ-01": 12}
"""Where the report gives no number but says "over ten"."""

PARTNERS = {"NY-LX-01": ("北京市顺义区企业党支部", "110113")}
"""From elsewhere, where the report says that the alliance crosses regions but names nobody."""

JOINED = {"CF-ZL-01": "巴林左旗妇联党支部"}
"""Who is also made a member, so that the demo's accounts meet in one alliance."""


def read() -> list[dict[str, Any]]:
    """The cases as the file gives them."""
    kept = yaml.safe_load((DATA / "cases.yaml").read_text(encoding="utf-8"))
    rows: list[dict[str, Any]] = kept["alliances"]
    return rows


class Cases:
    """Makes each case: the organisations that it names, its alliance, the nested ones, its facts."""

    def __init__(self, ledger: Ledger, organizations: Organizations, rng: Random) -> None:
        self.ledger, self.organizations, self.rng = ledger, organizations, rng
        self.places = organizations.places
        self.bodies: list[Body] = []

    def make(self) -> list[Body]:
        for case in read():
            self._make(case)
        return self.bodies

    def _make(self, case: dict[str, Any]) -> None:
        region, source = case["region"], case["source"]
        named = [self._named(name, region, source) for name in case["members"]]
        posts = [self._named(post["of"], region, source) for post in case.get("posts", ())]
        lead = self._named(case["lead"], region, source) if case["lead"] else self._lead(region, named)
        supervising = self.organizations.supervisor(lead, region)
        named = [org for org in named if org is not supervising or org is lead]
        established, activated = str(case.get("established") or ""), self._since(case)
        chain = case.get("chain")
        body = Body(
            self.ledger.key(Alliance),
            case["name"],
            region,
            form_of(case["name"]),
            lead,
            supervising,
            activated,
            formation=formation_of(case["name"]),
            mode=MODES.get(case.get("mode", ""), ""),
            chains=(CHAINS[chain],) if chain else (),
            code=case["code"],
            established=established,
            source=source,
            filled=self._filled(case),
            vigor=0.6 + self.rng.random(),
        )
        for org in dict.fromkeys([lead, *named, *posts]):
            body.join(org, activated, source if org in named or org in posts or case["lead"] else "")
        if case["code"] in JOINED:
            body.join(self.organizations.named(JOINED[case["code"]], region[:6]), activated)
            body.staged = True
        self._fill(body, case)
        self._nest(body, case)
        body.moves = birth(body, self.rng)
        self.bodies.append(body)
        self._tell(body, case)

    def _filled(self, case: dict[str, Any]) -> list[str]:
        """The fields that the report leaves out."""
        given = {"lead": case["lead"], "activated_on": case.get("established"), "supervising": None, "formation": None}
        filled = [name for name, value in given.items() if not value]
        if form_of(case["name"]) == Form.OTHER:
            filled.append("form")
        return [*filled, "members"]

    def _since(self, case: dict[str, Any]) -> date:
        """The day on which it began: what the report says, or a day in 2018."""
        said = str(case.get("established") or "")
        year, month = (int(said[:4]), int(said[5:7] or 6)) if said else (2018, self.rng.randint(1, 10))
        return date(year, month, self.rng.randint(8, 26))

    def _lead(self, region: str, named: list[Org]) -> Org:
        """Where the report names no lead: the place's own organisation, or an organ of the county."""
        if len(region) > 6:
            return self.organizations.of_place(region)
        inside = [org for org in named if org.region.startswith(region) and org.trade.sector == "organ"]
        return inside[0] if inside else self.organizations.organs(region, 9)[4]

    def _named(self, name: str, region: str, source: str) -> Org:
        """The organisation that a report names: of a place where the name begins with one, else by its name."""
        for beginning in sorted(ELSEWHERE, key=len, reverse=True):
            if name.startswith(beginning):
                return self.organizations.named(name, ELSEWHERE[beginning], trade_of(name), source=source)
        place = self._place(name, region)
        if place:
            return self.organizations.of_place(place, name if len(place) == 12 else "", source)
        county = region[:6]
        return self.organizations.named(name, county, trade_of(name), source=source)

    def _place(self, name: str, region: str) -> str:
        """The code of the town, community or village with which the name begins; empty for none."""
        county, best = region[:6], ("", 0)
        for code in (*self.places.towns(county), *self.places.communities(county)):
            label = self.places.label(code)
            town = self.places.label(code[:9])
            for said in (label, f"{town}{label}" if len(code) == 12 else label):
                rest = name.removeprefix(said)
                if rest != name and not rest.startswith(("中心", "物业")) and len(said) > best[1]:
                    best = (code, len(said))
        return best[0]

    def _fill(self, body: Body, case: dict[str, Any]) -> None:
        """Synthetic members: as many as the report gives, and of the kinds that its ways of crossing need."""
        wanted = case["member_units"] or AT_LEAST.get(case["code"]) or max(6, len(body.seats) + 2)
        candidates = self._candidates(body, wanted)
        if case["code"] in PARTNERS:
            name, region = PARTNERS[case["code"]]
            body.join(self.organizations.named(name, region, trade_of(name)), body.activated)
        for way in case.get("ways", ()):
            self._cross(body, way, candidates)
        for org in candidates:
            if len(body.seats) >= wanted:
                break
            body.join(org, body.activated)

    def _candidates(self, body: Body, wanted: int) -> list[Org]:
        """Who might join: the town's people and units first, then the county's organs; never the committee above."""
        county, found = body.region[:6], []
        town = body.region[:9] if len(body.region) > 6 else ""
        if town:
            codes = self.places.communities(town)[:10]
            found += [self.organizations.of_place(code) for code in codes]
            self.organizations.company_of(codes[0], self.rng) if codes else None
        else:
            towns = self.places.towns(county)
            codes = [code for t in towns[:4] for code in self.places.communities(t)[:3]]
            found += [self.organizations.of_place(code) for code in codes[:9]]
        organs = self.organizations.organs(county, None if wanted > MANY else 9)
        self.rng.shuffle(organs)
        found += [self.organizations.company_of(code, self.rng) for code in codes[:6]]
        mixed = [org for pair in zip(found, organs, strict=False) for org in pair]
        rest = [org for org in (*found, *organs) if org not in mixed]
        words = MORE if wanted > MANY else MORE[:2]
        extra = [self.organizations.named(f"{self.places.label(county)}{w}党支部", county, trade_of(w)) for w in words]
        return [org for org in dict.fromkeys((*mixed, *rest, *extra)) if org is not body.supervising]

    def _cross(self, body: Body, way: str, candidates: list[Org]) -> None:
        """One more member where all are of one kind in what the report says the alliance crosses."""
        there = {seat.org.crossing[way] for seat in body.seats}
        if len(there) > 1:
            return
        if way == "跨地域":
            candidates = self.organizations.organs(self._neighbour(body.region), 3)
        for org in candidates:
            if org.crossing[way] not in there:
                body.join(org, body.activated)
                return

    def _neighbour(self, region: str) -> str:
        counties = self.places.counties(region[:4])
        return counties[(counties.index(region[:6]) + 1) % len(counties)]

    def _nest(self, body: Body, case: dict[str, Any]) -> None:
        """The nested alliances, and the one above where the report names it."""
        names = list(case.get("sub_alliances", ()))
        missing = case.get("sub_alliance_count", len(names)) - len(names)
        names += [f"富园惠民{word}联合党总支" for word in ("设施农业", "肉牛养殖", "农村电商", "社区服务")[:missing]]
        for place, name in enumerate(names):
            self._kin(body, name, case, parent=body, given=name in case.get("sub_alliances", ()), number=place)
        if case.get("parent"):
            body.parent = self._kin(body, case["parent"], case, parent=None, given=True, number=0)

    def _kin(
        self, body: Body, name: str, case: dict[str, Any], *, parent: Body | None, given: bool, number: int
    ) -> Body:
        supervising, orgs = body.supervising, [seat.org for seat in body.seats]
        mine = [
            o for o in orgs if o is not body.lead and o.region.startswith(supervising.region) and o is not supervising
        ]
        lead = mine[number % len(mine)] if mine and parent else body.lead
        made = Body(
            self.ledger.key(Alliance),
            name,
            body.region,
            form_of(name),
            lead,
            supervising,
            body.activated + timedelta(days=20 if parent else -20),
            formation=Formation.NON_ESTABLISHED,
            chains=body.chains,
            parent=parent,
            code=f"{body.code}-{number + 1}" if parent else f"{body.code}-0",
            source=body.source if given else "",
            filled=["lead", "supervising", "formation", "activated_on", "members"],
            vigor=0.3 + 0.5 * self.rng.random(),
        )
        for org in (lead, *orgs[number : number + 5]):
            made.join(org, made.activated)
        made.moves = birth(made, self.rng)
        self.bodies.append(made)
        return made

    def _posts(self, body: Body, case: dict[str, Any]) -> None:
        """Who holds which post, as reported: standing, without a term and without consents that nobody told of. What
        the report says of a nested branch is a post there."""
        if case.get("secretary"):
            self._post(body, case, case["secretary"], Post.Kind.SECRETARY)
        for post in case.get("posts", ()):
            nested = [b for b in self.bodies if b.parent is body and post["post_here"].startswith(b.name)]
            self._post(
                nested[0] if nested else body,
                case,
                post["person"],
                kind_of_post(post["post_here"]),
                organization_id=self._named(post["of"], case["region"], case["source"]).pk,
                own_post=post["own_post"],
                title=post["post_here"],
            )

    def _post(self, body: Body, case: dict[str, Any], person: str, kind: str, **words: Any) -> None:
        at = moment(body.activated, 11)
        own = {"alliance_id": body.pk, "person": person, "kind": kind, "source": case["source"]}
        pk = self.ledger.put(Post, **own, **words, state=Post.State.STANDING, updated_at=at)
        self.ledger.history(Post, pk, [Move(Post.State.STANDING, at, "report")])

    def _tell(self, body: Body, case: dict[str, Any]) -> None:
        """What the report tells of it: posts, arrangements, facts with their source."""
        source, own = case["source"], {"alliance_id": body.pk}
        self._posts(body, case)
        for kind, text in arrangements_of(case):
            self.ledger.put(Arrangement, **own, kind=kind, text=text, source=source)
        for fact in case.get("facts", ()):
            value, to = fact["value"] if isinstance(fact["value"], list) else (fact["value"], None)
            self.ledger.put(
                Fact,
                **own,
                name=fact["name"],
                value=value,
                value_to=to,
                unit=fact.get("unit", ""),
                source=source,
                at_least=fact.get("at_least", False),
                about=fact.get("about", False),
                period=str(fact.get("period", "")),
            )


MORE = (
    "个体私营企业",
    "商贸物流公司",
    "职业学校",
    "中蒙医院",
    "农业银行支行",
    "电信公司",
    "供热公司",
    "自来水公司",
    "广播电视台",
    "公路养护公司",
    "律师事务所",
    "养老服务公司",
    "园林公司",
    "热力公司",
    "新华书店公司",
    "粮油公司",
    "种业公司",
    "客运公司",
    "食品加工企业",
    "建筑企业",
    "新材料企业",
    "农机企业",
    "饲料企业",
    "包装企业",
    "纺织企业",
    "环保企业",
)
"""Generic members for the largest alliances."""


def arrangements_of(case: dict[str, Any]) -> list[tuple[str, str]]:
    """Kind and text of what the report says about how it works."""
    kinds = Arrangement.Kind
    found = [(kinds.ARRANGEMENT, text) for text in (*case.get("arrangements", ()), *case.get("persons", ()))]
    found += [(kinds.SERVICE, text) for text in case.get("services", ())]
    return [(str(kind), text) for kind, text in found]


def kind_of_post(title: str) -> str:
    """The kind of post that a report's words mean."""
    if title.endswith("书记"):
        return Post.Kind.DEPUTY if title.endswith("副书记") else Post.Kind.SECRETARY
    if title.endswith("委员"):
        return Post.Kind.PART_TIME_MEMBER if "兼" in title else Post.Kind.COMMITTEE_MEMBER
    return Post.Kind.GRID_WORKER if title.endswith("网格员") else Post.Kind.OTHER


def form_of(name: str) -> str:
    """The form that the name says; a joint committee where it says none."""
    for word, form in (
        ("联合工委", Form.JOINT_WORKING_COMMITTEE),
        ("党总支", Form.JOINT_GENERAL_BRANCH),
        ("党支部", Form.JOINT_BRANCH),
        ("联合支部", Form.JOINT_BRANCH),
        ("联盟", Form.LEAGUE),
        ("联合党委", Form.JOINT_COMMITTEE),
        ("大党委", Form.JOINT_COMMITTEE),
    ):
        if word in name:
            return form
    return Form.OTHER


def formation_of(name: str) -> str:
    """Joint Party organisations are set up with approval; the others came about by agreement or were convened."""
    if form_of(name) not in {Form.OTHER, Form.LEAGUE}:
        return Formation.NON_ESTABLISHED
    return Formation.AGREEMENT if "产业" in name or "联盟" in name else Formation.CONVENED
