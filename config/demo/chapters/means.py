"""What alliances have: the stations of a nomad route, a shopping street's station, the 4421 of a vegetable village,
the consortium of the broom growers, and the money of an estate. What no report tells is marked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Model

from alliances.models import Alliance, Venue
from alliances.transitions import distribution as dividing
from alliances.transitions import fund, staff, venue
from config.demo.cases import read
from config.demo.chance import moment
from config.demo.chapters.stage import Stage

NOMADS, STREET, VEGETABLES, BROOMS, ESTATE = "CF-YM-01", "CF-SJ-01", "CF-CY-02", "CF-SZ-01", "CF-ZL-01"
PASTURES = ("塔拉", "哈日根台", "乌苏伊肯", "宝日浩特")
PARTNERS = (
    ("leading_firm", "笤帚加工龙头企业"), ("cooperative", "敖包后村笤帚苗合作社"), ("growers", "敖包后村种植户"),
)  # fmt: skip


def play(stage: Stage) -> None:
    """All of them."""
    reported = {case["code"]: case for case in read()}
    _stations(stage, reported[NOMADS]["source"])
    _ribbon(stage, reported[STREET])
    _vegetables(stage, reported[VEGETABLES])
    _brooms(stage)
    _funds(stage)
    _people(stage)
    _hall(stage)


def _stations(stage: Stage, source: str) -> None:
    """The report counts four stations and a centre of four months; their names and the months are made up."""
    alliance = stage.case(NOMADS)
    for place in PASTURES:
        _share(
            stage, alliance, kind="station", name=f"{place}党群服务驿站", place=f"{place}游牧点", seats=20,
            season_from=6, season_to=9, source=source,
        )  # fmt: skip
    _share(
        stage, alliance, kind="centre", name="游牧区党群服务中心", seats=60, opening="每天 9:00–18:00", season_from=6,
        season_to=9, source=source,
    )  # fmt: skip


def _ribbon(stage: Stage, case: dict[str, Any]) -> None:
    """The station of the shopping street, as its report names it."""
    for name in case["venues"]:
        _share(stage, stage.case(STREET), kind="station", name=name, source=case["source"], synthetic=False)


def _vegetables(stage: Stage, case: dict[str, Any]) -> None:
    """The scheme is the report's; the distribution of a million by it is an example."""
    alliance, said = stage.case(VEGETABLES), case["benefit_distribution"]
    rate = Decimal(str(said["risk_reserve_rate"])) * 100
    parties = (
        ("农户", "households", Decimal(0)),
        ("经营主体", "operators", rate),
        ("村集体", "village_collective", rate),
    )
    scheme = dividing.draw_up_scheme(
        alliance, name="4421", base="产品销售增值利润", by=stage.actor, at=stage.ago(60),
        shares=[(party, Decimal(str(said[key])) * 100, reserve) for party, key, reserve in parties],
    )  # fmt: skip
    type(scheme).objects.filter(pk=scheme.pk).update(source=case["source"])
    other = alliance.memberships.current().exclude(organization=alliance.lead).order_by("pk").first()
    if other is None:
        return
    made = dividing.distribute(
        scheme, amount=Decimal("1000000.00"), on=stage.ago(41).date(), basis="演示：一季产品销售增值利润",
        by=stage.actor, at=stage.ago(40),
    )  # fmt: skip
    _mark([made])
    dividing.confirm_distribution(made, organization=other.organization, by=None, at=stage.ago(38))
    dividing.settle(made, by=stage.actor, at=stage.ago(37))


def _brooms(stage: Stage) -> None:
    """Firms, co-operatives and growers beside the alliance: the kinds are the report's, the names are made up."""
    alliance = stage.case(BROOMS)
    day = stage.ago(200)
    _mark(
        staff.enlist(alliance, kind=kind, name=name, since=day.date(), by=stage.actor, at=day)
        for kind, name in PARTNERS
    )


def _funds(stage: Stage) -> None:
    """Two years of the estate's money: three sources, some spending, one line that was wrong."""
    alliance, lead, own = stage.case(ESTATE), stage.users["dongshiqiao"], stage.own
    held = alliance.activities.filter(state="held").order_by("-planned_on").first()
    lines: tuple[tuple[int, dict[str, Any]], ...] = (
        (390, {"source": "superior_grant", "amount": "30000.00", "document": "街道拨款通知"}),
        (380, {"purpose": "楼道照明灯具", "amount": "8460.50"}),
        (150, {"source": "superior_grant", "amount": "50000.00", "document": "街道拨款通知"}),
        (120, {"source": "pooled", "amount": "6000.00", "member": own["fulian"]}),
        (90, {"source": "dues", "amount": "5000.00", "document": "党费补助批复"}),
        (60, {"purpose": "清运车辆租用", "amount": "12800.00"}),
        (20, {"purpose": "主题党日用品", "amount": "1260.00", "activity": held}),
        (12, {"source": "dues", "amount": "500.00"}),
    )
    made = []
    for days, words in lines:
        verb: Any = fund.spend if "purpose" in words else fund.receive
        amount, day = Decimal(words["amount"]), stage.ago(days)
        made.append(verb(alliance, **words | {"amount": amount}, on=day.date(), by=lead, at=day))
    made.append(fund.reverse_entry(made[-1], reason="重复入账", by=lead, at=stage.ago(10)))
    _mark(made)


def _people(stage: Stage) -> None:
    """Who works for the estate: one of each kind."""
    alliance, lead = stage.case(ESTATE), stage.users["dongshiqiao"]
    _mark(
        staff.take_on(alliance, kind=kind, name=name, unit=unit, task=task, since=day.date(), by=lead, at=day)
        for kind, name, unit, task, day in (
            ("cross_posting", "演示负责人", "物业服务企业党组织", "兼任社区网格员", stage.ago(300)),
            ("engaged", "演示专干", "社会招聘", "联合体日常联络", stage.ago(180)),
            ("volunteer", "演示志愿者甲", "巴林左旗妇联党支部", "独居老人探访", stage.ago(100)),
            ("volunteer", "演示志愿者乙", "五金小区居民", "楼道巡查", stage.ago(80)),
        )
    )


def _hall(stage: Stage) -> None:
    """The community's centre, which the women's federation uses."""
    alliance, owner = stage.case(ESTATE), stage.users["dongshiqiao"]
    hall = _share(
        stage, alliance, kind="centre", name="东石桥社区党群服务中心", place="五金小区东门", seats=40,
        opening="工作日 8:30–20:30",
    )  # fmt: skip
    words: dict[str, Any] = {"organization": stage.own["fulian"], "by": stage.users["fulian"]}
    made = []
    for days, hour, asked, purpose in (
        (-9, 9, 12, "巾帼志愿者培训"), (1, 14, 2, "独居老人探访碰头会"), (2, 9, 1, "手工编织技能课"),
        (3, 18, 1, "家庭教育讲座"),
    ):  # fmt: skip
        begins = moment(stage.today + timedelta(days=days), hour)
        span: dict[str, Any] = {"starts_at": begins, "ends_at": begins + timedelta(hours=2)}
        made.append(venue.book(hall, **span, purpose=purpose, **words, at=stage.ago(asked)))
    venue.refuse_booking(made[-1], by=owner, at=stage.ago(1, 16), reason="当晚社区居民议事会要用")
    _mark(made)


def _share(stage: Stage, alliance: Alliance, *, source: str = "", synthetic: bool = True, **words: Any) -> Venue:
    """A place of the lead."""
    place = venue.share(alliance, organization=alliance.lead, by=stage.actor, at=stage.ago(120), **words)
    Venue.objects.filter(pk=place.pk).update(source=source, synthetic=synthetic)
    return place


def _mark(things: Iterable[Model]) -> None:
    """Say of each that it is made up."""
    for thing in list(things):
        type(thing)._default_manager.filter(pk=thing.pk).update(synthetic=True)
