"""The Party organisations of the demo and their people: real places, generic organs, invented nobody."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from random import Random

from config.demo.chance import allot, moment, skewed
from config.demo.ledger import Ledger
from config.demo.places import Places
from config.demo.trades import BRANCHES, COOPERATIVES, COUNTY_ORGANS, ENTERPRISES, SOCIAL, TOWN_UNITS, Trade, trade_of
from members.models import Organization, PartyMember
from members.pinyin import pinyin_of

K, S, I, L, O = (  # noqa: E741
    Organization.Kind,
    Organization.Sector,
    Organization.Industry,
    Organization.Level,
    Organization.Ownership,
)
BEGINNING = date(2016, 7, 1)

HEADCOUNT: dict[str, int] = {S.VILLAGE: 15, S.COMMUNITY: 20, S.TOWN: 21, S.ORGAN: 28, S.SCHOOL: 13, S.INSTITUTION: 9}
"""About how many Party members an organisation of the sector has; 7 where nothing is said."""


@dataclass(eq=False, slots=True)
class Org:
    """An organisation as the demo remembers it; ``people`` are the keys of its Party members."""

    pk: int
    name: str
    region: str
    kind: str
    trade: Trade
    place: str | None = None
    people: range = field(default=range(0))

    @property
    def crossing(self) -> dict[str, str]:
        """The values from which the ways of crossing are computed."""
        trade = self.trade
        return {
            "跨领域": trade.sector,
            "跨行业": trade.industry,
            "跨层级": trade.level,
            "跨地域": self.region[:6],
            "跨体制": trade.ownership,
        }


class Organizations:
    """Every organisation of the demo, each made when first spoken of."""

    def __init__(self, ledger: Ledger, places: Places) -> None:
        self.ledger, self.places = ledger, places
        self.all: list[Org] = []
        self.by_place: dict[str, Org] = {}
        self.by_name: dict[tuple[str, str], Org] = {}
        self.under: dict[str, list[Org]] = {}
        self._numbers: dict[str, int] = {}

    def committee(self, code: str) -> Org:
        """The Party committee of a city or county; for a town its own committee."""
        if len(code) >= 9:
            return self.of_place(code[:9])
        level = {2: L.PROVINCE, 4: L.CITY, 6: L.COUNTY}[len(code)]
        name = f"中共{self.places.names[code]}委员会"
        return self.named(name, code, Trade(S.ORGAN, I.PARTY_AFFAIRS, level), kind=K.COMMITTEE)

    def supervisor(self, lead: Org, region: str) -> Org:
        """The committee above the lead and over the place that the alliance serves."""
        for code in (lead.region, *self.places.upwards(lead.region)):
            if code != lead.place and region.startswith(code) and len(code) != 12:
                return self.committee(code)
        return self.committee(region[:4])

    def of_place(self, code: str, name: str = "", source: str = "") -> Org:
        """The Party organisation of a town, community or village: the only one of that place."""
        if code in self.by_place:
            return self.by_place[code]
        label = self.places.label(code)
        if len(code) == 9:
            street = not label.endswith(("镇", "乡", "苏木"))
            kind, trade = (K.WORKING_COMMITTEE if street else K.COMMITTEE), Trade(S.TOWN, I.GOVERNANCE, L.TOWN)
            own = f"{label}{'党工委' if street else '党委'}"
        else:
            rural = label.endswith(("村", "嘎查"))
            trade = Trade(
                S.VILLAGE if rural else S.COMMUNITY, I.AGRICULTURE if rural else I.GOVERNANCE, L.PRIMARY, O.COLLECTIVE
            )
            kind = K.BRANCH if rural or int(code[-1]) % 3 == 0 else K.GENERAL_BRANCH
            own = f"{label}{'党支部' if kind == K.BRANCH else '党总支'}"
        full = own if trade.sector != S.VILLAGE else f"{self.places.label(code[:9])}{own}"
        made = self._make(
            name or full, code, trade, kind_of(name, kind), place=code, short_name=name or own, source=source
        )
        self.by_place[code] = made
        return made

    def named(self, name: str, region: str, trade: Trade | None = None, *, kind: str = "", source: str = "") -> Org:
        """The organisation of that name in the region."""
        known = self.by_name.get((region, name))
        if known is None:
            known = self._make(name, region, trade or trade_of(name), kind or kind_of(name, K.BRANCH), source=source)
            self.by_name[region, name] = known
        return known

    def organs(self, county: str, number: int | None = None) -> list[Org]:
        """The organs of a city or county; with ``number`` some of them, of every kind."""
        label = self.places.label(county)
        return [
            self.named(
                f"{label}{word}党支部", county, Trade(S.ORGAN, industry, L.CITY if len(county) == 4 else L.COUNTY)
            )
            for word, industry in COUNTY_ORGANS[:: len(COUNTY_ORGANS) // number if number else 1]
        ]

    def settle_county(self, county: str, rng: Random) -> None:
        """All that a county has: organs, enterprises, social organisations, its towns with their places and units."""
        label = self.places.label(county)
        self.committee(county)
        self.organs(county)
        for word, trade in (*ENTERPRISES, *SOCIAL):
            self.named(f"{label}{word}党支部", county, trade)
        for organ, word in ((o, w) for o, _ in COUNTY_ORGANS[:30] for w in BRANCHES):
            if rng.random() < 0.07:
                self.named(
                    f"{label}{organ}{word}党支部", county, Trade(S.INSTITUTION, dict(COUNTY_ORGANS)[organ], L.COUNTY)
                )
        for town in self.places.towns(county):
            self.settle_town(town, rng)

    def settle_town(self, town: str, rng: Random) -> None:
        """A town, its villages and communities, and the units that work in it."""
        self.of_place(town)
        street = self.places.label(town).endswith("街道")
        for word, trade in TOWN_UNITS:
            if rng.random() < (0.55 if street and trade.industry == I.AGRICULTURE else 0.94):
                self.named(f"{self.places.label(town)}{word}党支部", town, trade)
        for code in self.places.communities(town):
            rural = self.of_place(code).trade.sector == S.VILLAGE
            if rng.random() < (0.1 if rural else 0.4):
                self.company_of(code, rng)

    def company_of(self, code: str, rng: Random) -> Org:
        """A village's co-operative, or the firm that manages the estates of a community."""
        label = self.places.label(code)
        if self.of_place(code).trade.sector != S.VILLAGE:
            return self.named(f"{label}物业服务企业党支部", code, trade_of("物业服务企业"))
        word = rng.choice(COOPERATIVES)
        return self.named(
            f"{label}{word}专业合作社党支部", code, Trade(S.PRIVATE_ENTERPRISE, I.AGRICULTURE, L.PRIMARY, O.COLLECTIVE)
        )

    def staff(self, rng: Random, orgs: list[Org], total: int) -> None:
        """Party members for each of them, ``total`` in all; called by number, not by name."""
        sizes = allot(total, [skewed(rng, HEADCOUNT.get(org.trade.sector, 7), 0.45) for org in orgs], least=3)
        for org, size in zip(orgs, sizes, strict=True):
            first = 0
            for number in range(size):
                pk = self.ledger.key(PartyMember)
                first = first or pk
                self.ledger.put(
                    PartyMember,
                    id=pk,
                    name=f"党员{pk:05d}",
                    organization_id=org.pk,
                    post="书记" if number == 0 else "",
                    since=BEGINNING,
                    synthetic=True,
                )
            org.people = range(first, first + size)

    def _make(
        self,
        name: str,
        region: str,
        trade: Trade,
        kind: str,
        *,
        place: str | None = None,
        short_name: str = "",
        source: str = "",
    ) -> Org:
        number = self._numbers[region] = self._numbers.get(region, 0) + 1
        pk = self.ledger.put(
            Organization,
            code=f"{region:0<12}-{number:03d}",
            name=name,
            short_name=short_name if short_name != name else "",
            pinyin=pinyin_of(name),
            kind=kind,
            sector=trade.sector,
            industry=trade.industry,
            level=trade.level,
            ownership=trade.ownership,
            region_id=region,
            place_id=place,
            parent_id=self._parent(region, place, name),
            source=source,
            synthetic=not source,
            updated_at=moment(BEGINNING, 9),
        )
        made = Org(pk, name, region, kind, trade, place)
        self.all.append(made)
        self.under.setdefault(region, []).append(made)
        return made

    def _parent(self, region: str, place: str | None, name: str) -> int | None:
        """The committee that it is affiliated to; a city's has none here."""
        for code in (region, *self.places.upwards(region)):
            if code[:4] not in {"1504", "4113"} or code == place or len(code) == 12:
                continue
            if len(code) < 9 and name == f"中共{self.places.names[code]}委员会":
                continue
            return self.committee(code).pk
        return None


def kind_of(name: str, usual: str) -> str:
    """What the name says that it is."""
    for ending, kind in (
        ("党工委", K.WORKING_COMMITTEE),
        ("党总支", K.GENERAL_BRANCH),
        ("党支部", K.BRANCH),
        ("党委", K.COMMITTEE),
        ("党组", K.GROUP),
        ("委员会", K.COMMITTEE),
    ):
        if name.endswith(ending):
            return kind
    return usual if not name.endswith("党组织") else K.OTHER
