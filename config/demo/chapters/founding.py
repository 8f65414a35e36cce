"""共建准入 and 并入: who asks to join 五金小区, and an alliance that is proposed to go into another one."""

from __future__ import annotations

from alliances import transitions as alliances
from alliances.models import Alliance, Membership
from config.demo.chapters.stage import Stage
from config.demo.scenes import HOME
from listings.transitions import propose_merge
from members.models import Organization, Role, User

COUNTY = "150422"
CITY = "1504"


def play(stage: Stage) -> None:
    """Two newcomers before the members of the estate; a merger for the second pair of eyes."""
    home = stage.case(HOME)
    for number, (name, sector, statement) in enumerate(NEWCOMERS):
        _ask(stage, home, number, name, sector, statement)
    _propose_merger(stage, home)


NEWCOMERS = (
    ("巴林左旗供热公司党支部", "state_enterprise", "小区供热管网由我们维护，可以派人驻点，入冬前逐户检查。"),
    ("林东惠民药房党支部", "private_enterprise", "可以为独居老人送药上门，每月义诊一次。"),
)


def _ask(stage: Stage, home: Alliance, number: int, name: str, sector: str, statement: str) -> None:
    """A branch of the banner asks to join; on the first the lead has spoken already."""
    branch = Organization.objects.create(
        code=f"DEMO-{COUNTY}-JOIN{number + 1}", name=name, kind=Organization.Kind.BRANCH, sector=sector,
        level=Organization.Level.PRIMARY, region_id=COUNTY, synthetic=True,
        ownership="public" if sector == "state_enterprise" else "private",
    )  # fmt: skip
    head = User.objects.create(username=f"join{number + 1}", name=f"{name}书记", is_active=False)
    Role.objects.create(user=head, role="branch", organization=branch, since=stage.ago(400).date())
    asked = alliances.apply(home, branch, by=head, at=stage.ago(2 - number), statement=statement)
    Membership.objects.filter(pk=asked.pk).update(synthetic=True)


def _propose_merger(stage: Stage, home: Alliance) -> None:
    """One department official proposes; the other finds it in the queue."""
    others = Alliance.objects.within(CITY).running().exclude(pk=home.pk).filter(nested=None, parent=None).order_by("pk")
    small = others.filter(synthetic=True).last() or others.last()
    if small is None:
        return
    rest = others.exclude(pk=small.pk)
    into = rest.within(small.region_id[: len(COUNTY)]).first() or rest.first()
    if into is not None:
        reason = "（演示）两个联合体服务相近、成员有重复，拟并入一处办理，请复核。"
        propose_merge(small, into, by=stage.users["chifeng"], at=stage.ago(1, 15), reason=reason)
