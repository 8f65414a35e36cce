"""金点子: what 红山区 reports, played small; a call of 五金小区 that waits for its people; a service catalogue.

The report tells how it goes (needs raised, projects fixed, a provider chosen, supervision throughout) and its totals;
the ideas, amounts and visits here are made up, and marked so. So are the services: their basis is real law, their
counters are not.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from alliances.models import Alliance, FundEntry, Membership
from alliances.transitions import vote_on
from alliances.transitions.fund import receive
from config.demo.chapters.leadership import ESTATE, SERVICE, members_of, speaking
from config.demo.chapters.stage import Stage
from listings import transitions as verbs
from listings.models import Candidate, Idea, IdeaCall, Item, Milestone, Project, Service, Visit
from members.models import Organization, User


def play(stage: Stage) -> None:
    """All of it, marked as made up."""
    _district(stage)
    _estate(stage)
    _catalogue(stage)
    for model in (IdeaCall, Idea, Project, Candidate, Milestone, Visit, Service):
        model._default_manager.update(synthetic=True)
    Item.objects.filter(project__isnull=False).update(synthetic=True)
    FundEntry.objects.filter(payment__isnull=False).update(synthetic=True)


CATALOGUE = Path(__file__).parents[1] / "data" / "services.yaml"
COUNTER: dict[str, Any] = {"counter": "便民服务大厅（演示）", "phone": "0476-0000000"}

IDEAS = (
    ("独居老人每周探访", "care", "每周一次上门，记下需要什么，交社区跟进。"),
    ("放学后课业陪伴", "education", "社区活动室每天开两小时，志愿者陪伴。"),
    ("楼道适老化小改造", "facility", "加装扶手和夜灯，先做三栋。"),
    ("闲置物品交换日", "culture", "每月一次，居民互换闲置物品。"),
    ("流动图书车", "culture", "进小区流动借书。"),
)
NEARBY = (
    ("代步车集中充电棚", "facility", "利用东门空地搭棚，统一安装充电口。"),
    ("楼栋便民工具箱", "care", "每栋放一个工具箱，登记借用。"),
    ("门前小花池认养", "sanitation", "一户认养一处。"),
)
WHY = (
    "需求集中，做得到",
    "家长反映多，场地现成",
    "安全急需，一次见效",
    "已有社区在做，建议并入",
    "与区图书馆现有服务重复",
)


def _district(stage: Stage) -> None:
    """Five ideas, three projects: one confirmed, one running with something to follow, one that seeks a provider."""
    league = stage.case(SERVICE)
    lead = speaking(stage, league.lead)
    helpers = _admitted(stage, league)
    if len(helpers) < 3:
        return
    _grant(stage, league, lead, "60000.00", 150)
    call = _call(stage, league, lead, "社会组织为民服务金点子", 170, 140)
    ideas = [
        _idea(stage, call, helpers[n % 2], speaking(stage, helpers[n % 2]), IDEAS[n], 160 - n, for_resident=n % 2 == 0)
        for n in range(len(IDEAS))
    ]
    verbs.close_call(call, by=lead, at=stage.ago(139))
    projects = [
        verbs.choose(idea, reason=why, by=lead, at=stage.ago(135))
        for idea, why in zip(_anew(ideas[:3]), WHY[:3], strict=True)
    ]
    for idea, why in zip(_anew(ideas[3:]), WHY[3:], strict=True):
        verbs.decline_idea(idea, reason=why, by=lead, at=stage.ago(135))
    verbs.publish_call(IdeaCall.objects.get(pk=call.pk), by=lead, at=stage.ago(134))
    first, second, _third = projects
    _carry_out(stage, first, helpers[2], lead, "18000.00", days=120, parts=("招募培训", "半年探访"))
    _accept(stage, first, lead, days=20)
    _carry_out(stage, second, helpers[2], lead, "12000.00", days=100, parts=("布置场地",))
    term = stage.today + timedelta(days=12)
    verbs.set_milestone(second, title="学期陪伴总结", due_on=term, by=lead, at=stage.ago(60))
    verbs.visit(
        second, visited_on=stage.ago(6).date(), seen="放学时段到活动室，12 名学生在场。", findings="插座裸露。",
        follow_up="三日内加装防护盖。", by=lead, at=stage.ago(6),
    )  # fmt: skip


def _admitted(stage: Stage, league: Alliance) -> list[Organization]:
    """Four social organisations that the members have let in; the others still wait for their voices."""
    for asking in league.memberships.filter(state=Membership.State.ASKING).order_by("pk")[:4]:
        for member in [league.lead, *members_of(league)]:
            asking.refresh_from_db()
            if asking.state == Membership.State.ASKING:
                vote_on(asking, member, agrees=True, by=speaking(stage, member), at=stage.ago(250))
    return [member for member in members_of(league) if member.sector == Organization.Sector.SOCIAL]


def _estate(stage: Stage) -> None:
    """A call that is open now, one of its kind being selected; a project of 妇联's, with a part to report."""
    estate, lead, women = stage.case(ESTATE), stage.users["dongshiqiao"], stage.own["fulian"]
    others = [one for one in members_of(estate) if one != women]
    call = _call(stage, estate, lead, "五金小区邻里金点子", 9, -12)
    _idea(stage, call, others[0], speaking(stage, others[0]), ("晾衣杆统一加装", "facility", "北面三栋先装。"), 3)
    past = _call(stage, estate, lead, "老旧小区微改造金点子", 75, 45)
    asking = ((estate.lead, lead), (women, stage.users["fulian"]), (others[1], speaking(stage, others[1])))
    ideas = [
        _idea(stage, past, of, by, words, 70 - 3 * n, for_resident=not n)
        for n, ((of, by), words) in enumerate(zip(asking, NEARBY, strict=True))
    ]
    verbs.close_call(past, by=lead, at=stage.ago(44))
    chosen, *rest = _anew(ideas)
    verbs.study_idea(rest[0], finding="花费不多，借还由谁管要说清。", by=lead, at=stage.ago(2))
    project = verbs.choose(chosen, reason="充电隐患突出，地方现成", by=lead, at=stage.ago(42))
    _carry_out(stage, project, women, lead, "9000.00", days=40, parts=("选址和意见征求",))
    verbs.set_milestone(project, title="搭棚通电", due_on=stage.today + timedelta(days=5), by=lead, at=stage.ago(35))


def _catalogue(stage: Stage) -> None:
    """A dozen public services, each of the organ of the county whose name fits; what nobody fits is left out."""
    by = stage.users["balinzuo"]
    county = Organization.objects.standing().within("150422").order_by("code")
    for said in yaml.safe_load(CATALOGUE.read_text(encoding="utf-8")):
        department = county.filter(name__contains=said.pop("department")).first()
        if department is not None:
            lines: dict[str, Any] = {name: "\n".join(said.pop(name, ())) for name in ("steps", "documents")}
            verbs.list_service(department, **said, **lines, **COUNTER, by=by, at=stage.ago(200))


def _call(stage: Stage, alliance: Any, by: User, theme: str, opened: int, closed: int) -> IdeaCall:
    return verbs.open_call(
        alliance, theme=theme, about="围绕居民身边的小事，说清要做什么、由谁来做、大约花多少。",
        opens_on=stage.ago(opened).date(), closes_on=stage.today - timedelta(days=closed), by=by, at=stage.ago(opened),
    )  # fmt: skip


def _idea(
    stage: Stage, call: IdeaCall, of: Organization, by: User, words: tuple[str, str, str], days: int, *,
    for_resident: bool = False,
) -> Idea:  # fmt: skip
    title, category, detail = words
    return verbs.propose_idea(
        call, proposed_by=of, title=title, category=category, detail=detail, for_resident=for_resident, by=by,
        at=stage.ago(days),
    )  # fmt: skip


def _anew(ideas: Iterable[Idea]) -> list[Idea]:
    return [Idea.objects.get(pk=idea.pk) for idea in ideas]


def _grant(stage: Stage, alliance: Any, by: User, amount: str, days: int) -> None:
    """Money of a foundation, pooled through the lead."""
    entry = receive(
        alliance, source="pooled", amount=Decimal(amount), on=stage.ago(days).date(), member=alliance.lead,
        document="基金会资助拨付单", by=by, at=stage.ago(days),
    )  # fmt: skip
    FundEntry.objects.filter(pk=entry.pk).update(synthetic=True)


def _carry_out(
    stage: Stage, project: Project, by_whom: Organization, lead: User, budget: str, *, days: int, parts: tuple[str, ...]
) -> None:
    """Chosen so many days ago; each part reported and accepted a fortnight after the other, and paid for in equal
    shares as far as the fund reaches."""
    own = speaking(stage, by_whom)
    asked = verbs.bid(
        project, organization=by_whom, plan="组织骨干分两组实施，按月小结。", by=own, at=stage.ago(days + 3)
    )
    verbs.appoint(asked, reason="做过同类服务，人手够", budget=Decimal(budget), by=lead, at=stage.ago(days))
    project.refresh_from_db()
    share = (Decimal(budget) / (len(parts) + 1)).quantize(Decimal("1"))
    for n, title in enumerate(parts, 1):
        day = days - 14 * n
        part = verbs.set_milestone(
            project, title=title, due_on=stage.ago(day - 2).date(), by=lead, at=stage.ago(days - 1)
        )
        verbs.report_milestone(part, text="已按方案完成。", by=own, at=stage.ago(day))
        verbs.accept_milestone(part, by=lead, at=stage.ago(day - 1))
        paid = stage.ago(day - 1)
        verbs.pay(part, amount=share, on=paid.date(), document="支付审批单", by=lead, at=paid)


def _accept(stage: Stage, project: Project, lead: User, *, days: int) -> None:
    """Looked at once more, accepted, and confirmed by whoever had the idea."""
    verbs.visit(
        project, visited_on=stage.ago(days + 10).date(), seen="随访两户老人，记录完整。", by=lead,
        at=stage.ago(days + 10),
    )  # fmt: skip
    verbs.accept_project(project, by=lead, at=stage.ago(days))
    asker = speaking(stage, project.item.asked_by)
    verbs.confirm(Item.objects.get(pk=project.item_id), by=asker, at=stage.ago(days - 2))
