"""The register: a branch that was registered twice, of which one pair already waits for a second person."""

from __future__ import annotations

from config.demo.chapters.stage import Stage
from members.models import Organization
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
        reason="名称相同，经电话核实是同一个党支部，系重复登记。", region_id=BANNER, arguments={"into": second.pk},
    )  # fmt: skip


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
