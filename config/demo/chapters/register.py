"""The register: branches registered twice, of which one pair waits for a second person; a route through alliances."""

from __future__ import annotations

from alliances.models import Alliance, Belt
from alliances.transitions.points import lay
from config.demo.chapters.stage import Stage
from members.models import Organization, Region
from members.organizations import register
from members.pinyin import pinyin_of
from members.transitions import propose

BANNER = "150422"


def play(stage: Stage) -> None:
    """Whatever the register shows."""
    first, second = _branches()
    _again(stage, first, 5)
    propose(
        "organizations.merge", _again(stage, second, 12), by=stage.users["balinzuo"], at=stage.ago(1),
        reason="名称相同，经电话核实是同一个党支部，系重复登记。", region_id=BANNER, arguments={"heir": second.pk},
    )  # fmt: skip


    _route(stage)


def _route(stage: Stage) -> None:
    """A route through the banner's alliances, in the order of their places."""
    stops = list(Alliance.objects.within(BANNER).running().order_by("region_id", "pk")[:6])
    if len(stops) > 1:
        belt = lay(
            Region.objects.get(pk=BANNER), kind=Belt.Kind.ROUTE, name="巴林左旗基层治理红色风景线", alliances=stops,
            by=stage.users["balinzuo"], at=stage.ago(30), reason="串起治理类联合体，便于互相观摩",
        )  # fmt: skip
        Belt.objects.filter(pk=belt.pk).update(synthetic=True)


def _branches() -> list[Organization]:
    """Two branches of the banner's organs, beside those that have an account."""
    organs = Organization.objects.filter(region=BANNER, kind=Organization.Kind.BRANCH, synthetic=True)
    return list(organs.order_by("pk")[:2])


def _again(stage: Stage, one: Organization, days: int) -> Organization:
    """Its second record: the same name with a space in it."""
    name = f"{one.name[:4]} {one.name[4:]}"
    second = Organization(
        name=name, pinyin=pinyin_of(one.name), kind=one.kind, sector=one.sector, industry=one.industry,
        level=one.level, ownership=one.ownership, region_id=one.region_id, parent_id=one.parent_id, synthetic=True,
    )  # fmt: skip
    return register(second, by=stage.users["balinzuo"], at=stage.ago(days))
