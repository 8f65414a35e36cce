"""What stands as of yesterday before the demo's accounts, played by them through the verbs of the house."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from alliances import transitions as alliances
from alliances.models import Alliance
from config.demo.accounts import branches
from config.demo.cases import read
from config.demo.chance import moment, stream
from config.demo.lists import half_year
from config.demo.years import Years
from listings import transitions as listings
from listings.models import Item, Listing
from listings.models.listing import Kind
from listings.transitions.listing import current_list
from members.models import Organization, Region, User

HOME = "CF-ZL-01"
CITY = "1504"


class Scenes:
    """Plays the scenes of the last weeks: a day is given as so many days before today."""

    def __init__(self, users: dict[str, User], actor: User, today: date, seed: int) -> None:
        self.users, self.actor, self.today = users, actor, today
        self.rng = stream(seed, "scenes")
        self.home = Alliance.objects.get(code=HOME)
        self.own = branches()

    def play(self) -> None:
        """All of them."""
        self._estate()
        self._reported_needs()
        self._applications()
        self._theme_days()
        self._lists_being_signed()
        years = Years(self.users, self.actor, self.home, self.today, self.rng)
        years.last()
        years.this()

    def _ago(self, days: int, hour: int = 10) -> datetime:
        return moment(self.today - timedelta(days=days), hour)

    def _list(self, alliance: Alliance, kind: str, day: date, by: User) -> Listing:
        """The alliance's list for the half-year of the day, marked as synthetic."""
        listing = current_list(alliance, kind, by=by, at=moment(day, 8))
        Listing.objects.filter(pk=listing.pk, synthetic=False).update(synthetic=True)
        return listing

    def _ask(
        self,
        kind: str,
        title: str,
        days: int,
        *,
        due: int,
        capacity: int = 1,
        asker: str = "dongshiqiao",
        open_: bool = True,
        source: str = "",
        category: str = "other",
        detail: str = "",
        wants: str = "",
    ) -> Item:
        """An item of the estate (五金小区): asked so many days ago by the account, and opened by the lead."""
        by, day = self.users[asker], self.today - timedelta(days=days)
        listing = self._list(self.home, kind, day, by)
        item = listings.collect(
            listing,
            title=title,
            asked_by=self.own[asker],
            capacity=capacity,
            place="五金小区",
            by=by,
            at=moment(day, 8),
            due_on=max(day, self.today + timedelta(days=due)),
            category=category,
            detail=detail,
            wants=wants,
        )
        Item.objects.filter(pk=item.pk).update(synthetic=not source, source=source)
        item.refresh_from_db()
        if open_:
            listings.open_(item, by=self.users["dongshiqiao"], at=moment(day, 9))
        return item

    def _estate(self) -> None:
        """东石桥 has asked an open item with one linked problem; other items of the estate stand in every stage."""
        lead, women = self.users["dongshiqiao"], self.users["fulian"]
        problem = self._ask(
            Kind.PROBLEM,
            "五金小区垃圾清运不及时",
            6,
            due=12,
            category="sanitation",
            source="PD2009",
            detail="小区开放无物业，楼道和院内垃圾堆放，居民多次反映。",
        )
        item = self._ask(
            Kind.SUPPLY_DEMAND,
            "五金小区垃圾清运",
            5,
            due=5,
            capacity=2,
            category="sanitation",
            wants="清运车辆一台、志愿者若干，每周两次",
            detail="请成员单位认领，清运积存垃圾并建立定期清运机制。",
        )
        listings.link(problem, item, by=lead, at=self._ago(5))
        parking = self._ask(
            Kind.SUPPLY_DEMAND, "五金小区停车位重新划线", 16, due=4, category="traffic", wants="划线材料和施工人员"
        )
        claim = listings.claim(parking, self.own["fulian"], by=women, at=self._ago(13))
        listings.report(claim, "已到现场测量，画出停车位草图，征求居民意见。", by=women, at=self._ago(9))
        visits = self._ask(
            Kind.SUPPLY_DEMAND, "五金小区独居老人上门探访", 21, due=2, category="care", wants="每周两次上门"
        )
        visiting = listings.claim(visits, self.own["fulian"], by=women, at=self._ago(19))
        listings.report(visiting, "已组织党员分组，完成第一轮探访。", by=women, at=self._ago(12))
        listings.finish(visiting, by=women, at=self._ago(2), outcome="五位老人均已探访两轮，建立联系卡。")
        self._ask(Kind.PROBLEM, "五金小区健身器材损坏", 1, due=25, category="facility", open_=False)

    def _reported_needs(self) -> None:
        """Needs that the reports name, beside those of the estate: asked by the lead, not yet looked into or open."""
        for case in read():
            alliance = Alliance.objects.get(code=case["code"])
            for place, need in enumerate(case.get("needs", ())):
                if (case["code"], need) != (HOME, "垃圾清运"):
                    self._need(alliance, need, case["source"], 30 + 9 * place, still_open=place % 3 == 2)

    def _need(self, alliance: Alliance, need: str, source: str, days: int, *, still_open: bool) -> None:
        day = max(self.today - timedelta(days=days), half_year(self.today)[0])
        members = [m.organization for m in alliance.memberships.current().select_related("organization").order_by("id")]
        named = [organization for organization in members if organization.source or organization == alliance.lead]
        listing = self._list(alliance, Kind.PROBLEM, day, self.actor)
        item = listings.collect(
            listing,
            title=need,
            asked_by=named[days % len(named)],
            by=self.actor,
            at=moment(day, 8),
            due_on=self.today + timedelta(days=days % 20),
            category=category_of(need),
        )
        Item.objects.filter(pk=item.pk).update(source=source)
        item.refresh_from_db()
        listings.open_(item, by=self.actor, at=moment(day, 10))
        if not still_open:
            self._answer(alliance, item, need, day, members)

    def _answer(self, alliance: Alliance, problem: Item, need: str, day: date, members: list[Organization]) -> None:
        """A service item that answers a reported need: claimed, and done within the fortnight or still in hand."""
        hand = next(organization for organization in members if organization.pk != problem.asked_by_id)
        claim = listings.claim(problem, hand, by=self.actor, at=moment(day, 13))
        Item.objects.filter(pk=claim.item_id).update(synthetic=True)
        listings.report(claim, f"已制定“{need}”办理方案，正在推进。", by=self.actor, at=moment(day, 14))
        later = day + timedelta(days=12)
        if later < self.today:
            listings.finish(claim, by=self.actor, at=moment(later, 16), outcome="已办理完毕，请提出单位确认。")

    def _applications(self) -> None:
        """Two applications of yesterday: one that the banner may approve as well, one of a town's community."""
        women, community = self.users["fulian"], self.users["dongshiqiao"]
        first = alliances.found(
            name="巴林左旗巾帼助农党建联合体",
            region=Region.objects.get(pk="150422"),
            form=Alliance.Form.JOINT_COMMITTEE,
            formation=Alliance.Formation.NON_ESTABLISHED,
            lead=self.own["fulian"],
            supervising=self._committee("150422"),
            mode=Alliance.Mode.CROSS_DOMAIN,
            chains=("industry", "service"),
            purpose="笤帚苗加工户分散，单靠一家支部办不成培训、收购和销售，需要合作社、供销和社区一起做。",
            by=women,
            at=self._ago(6),
        )
        self._invite(first, "dongshiqiao", by=women)
        alliances.submit(first, by=women, at=self._ago(2))
        second = alliances.found(
            name="东石桥社区红色物业联合党支部",
            region=Region.objects.get(pk="150422404002"),
            form=Alliance.Form.JOINT_BRANCH,
            formation=Alliance.Formation.NON_ESTABLISHED,
            lead=self.own["dongshiqiao"],
            supervising=self.own["lindong"],
            mode=Alliance.Mode.REGIONAL,
            chains=("governance",),
            purpose="几个老旧小区都没有物业，社区一家管不过来，需要物业企业和职能部门共同管护。",
            by=community,
            at=self._ago(5),
        )
        self._invite(second, "fulian", by=community)
        alliances.submit(second, by=community, at=self._ago(1))
        Alliance.objects.filter(pk__in=(first.pk, second.pk)).update(synthetic=True)

    def _theme_days(self) -> None:
        """At the estate one theme day is to come, and one that was entered late waits for a second person."""
        lead, community = self.own["dongshiqiao"], self.users["dongshiqiao"]
        for title, day in (("楼道清洁主题党日", -25), ("冬季安全用火主题党日", 4)):
            activity = alliances.plan(
                self.home,
                kind="theme_day",
                title=title,
                host=lead,
                planned_on=self.today + timedelta(days=day),
                place="五金小区",
                by=community,
                at=self._ago(30),
            )
            type(activity).objects.filter(pk=activity.pk).update(synthetic=True)
            if day < 0:
                held = self.today + timedelta(days=day)
                there = [lead, self.own["fulian"]]
                alliances.hold(activity, held_on=held, organizations=there, by=community, at=self._ago(1))

    def _invite(self, alliance: Alliance, whom: str, *, by: User) -> None:
        membership = alliances.invite(alliance, self.own[whom], by=by, at=self._ago(5, 11))
        alliances.accept(membership, by=self.users[whom], at=self._ago(4))

    def _committee(self, code: str) -> Organization:
        return Organization.objects.get(region=code, name__startswith="中共", kind=Organization.Kind.COMMITTEE)

    def _lists_being_signed(self) -> None:
        """Lists whose lead has signed in the last days, while the others still have time."""
        half = half_year(self.today)
        wanted = [self.home, *Alliance.objects.within(CITY).running().exclude(pk=self.home.pk).order_by("pk")[3:40:9]]
        for alliance in wanted:
            if alliance.listings.filter(kind=Kind.RESOURCE, period_from__gte=half[0]).exists():
                continue
            listing = listings.draw_up(
                alliance, kind=Kind.RESOURCE, period_from=half[0], period_to=half[1], by=self.actor, at=self._ago(5)
            )
            Listing.objects.filter(pk=listing.pk).update(synthetic=True)
            item = listings.collect(
                listing,
                title=f"{alliance.lead.label}活动场地共享",
                asked_by=alliance.lead,
                category="party",
                by=self.actor,
                at=self._ago(5, 11),
                due_on=self.today + timedelta(days=60),
            )
            Item.objects.filter(pk=item.pk).update(synthetic=True)
            listing.refresh_from_db()
            listings.sign(listing, alliance.lead, by=self.actor, at=self._ago(3))


def category_of(need: str) -> str:
    """The category of a need that a report names."""
    for words, category in (
        (("种植", "技术", "土地", "原苗"), "farming"),
        (("培训", "工人"), "employment"),
        (("资金", "保险"), "finance"),
        (("销路", "市场"), "market"),
        (("停车",), "traffic"),
        (("物业",), "property"),
        (("设施",), "facility"),
        (("垃圾",), "sanitation"),
    ):
        if any(word in need for word in words):
            return category
    return "other"
