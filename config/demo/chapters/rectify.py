"""规范整顿 at its stages: one carries out its plan, one waits for its re-check, one appeals; and the 24 of 2020."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import F

from alliances.models import Alliance, FundEntry, Rectification, RectificationAppeal, RectificationPart, Reward
from alliances.transitions import rectification as verbs
from assessments import approvals, reviews
from assessments.appeals import lodge
from assessments.decisions import decide
from assessments.models import Proposal, ReviewRun
from assessments.rules import Rule, rules_in
from assessments.thresholds import propose_change
from config.demo.chance import moment
from config.demo.chapters.stage import Stage
from config.demo.scenes import CITY, HOME
from members.models import Region, Step, User
from members.transitions import propose

UNDER_WAY, READY, SECONDED, FAVOURED = "CF-ZH-01", "CF-ZL-02", "CF-SJ-01", "CF-SZ-01"
QUARTERS = (date(2020, 3, 31), date(2020, 6, 30), date(2020, 9, 30))
EACH = 8  # 24 in the year, as the report says
MEASURES = "重新梳理需求和资源，补签清单；明确轮值主持单位；每月开展一次联合活动，到期复核。"
PLAN = "清单挂着没人认领，是因为需求写得笼统。先和成员单位逐条过一遍，能办的定人定时，不能办的说明原因。"
PARTS = (("逐条核对清单，写清需要什么", "牵头单位组织委员"), ("召开联席会商，落实认领单位", "牵头单位书记"))
OVERRULED = "本季度基数小，受疫情防控影响活动减少，暂不整顿，继续关注。"


def play(stage: Stage) -> None:
    """The orders of today; at the scale that reaches 2021 also those of 2020."""
    _under_way(stage)
    _ready(stage)
    _appealed(stage)
    _favoured(stage)
    if stage.scale == "chifeng-2021":
        play_2020(stage, EACH)
    for model in (Rectification, RectificationPart, RectificationAppeal):
        model.objects.filter(synthetic=False).update(synthetic=True)


def _order(stage: Stage, code: str, days: int, reason: str, *, one: str = "balinzuo", other: str = "chifeng") -> Any:
    """One proposed it, another agreed, so many days ago."""
    alliance = stage.case(code)
    asked = propose(
        "alliances.rectify", alliance, by=stage.users[one], at=stage.ago(days + 1), reason=reason,
        region_id=alliance.region_id, arguments={"measures": MEASURES},
    )  # fmt: skip
    return approvals.approve(asked, by=stage.users[other], at=stage.ago(days))


def _carry_out(order: Any, lead: User, judge: User, days: Sequence[datetime]) -> None:
    """Planned, accepted and half done, on the days given."""
    parts = [{"what": what, "who": who, "due_on": order.due_on - timedelta(days=back)} for (what, who), back in
             zip(PARTS, (25, 5), strict=True)]  # fmt: skip
    verbs.plan(order, text=PLAN, parts=parts, by=lead, at=days[0])
    verbs.accept_plan(order, by=judge, at=days[1], reason="措施具体，按此落实。")
    verbs.finish_part(order.parts.all()[0], by=lead, at=days[2], text="十二条需求已改写。")
    verbs.report_progress(order, text="联席会商已排期，三家成员单位表示可以认领。", by=lead, at=days[3])


def _under_way(stage: Stage) -> None:
    order = _order(stage, UNDER_WAY, 32, "上季度清单认领率低，三件事项长期无人认领。")
    _carry_out(order, stage.actor, stage.users["balinzuo"], [stage.ago(days) for days in (28, 26, 12, 4)])


def _ready(stage: Stage) -> None:
    """Two have done all they planned; on one of them a department official has spoken already."""
    for code, judge in ((READY, "balinzuo"), (SECONDED, "chifeng")):
        order = _order(stage, code, 50, "清单挂着没人认领，连续一个季度没有进展。", one=judge, other="chifeng2")
        _carry_out(order, stage.actor, stage.users[judge], [stage.ago(days) for days in (46, 44, 30, 20)])
        _finish(order, stage.actor, stage.ago(3), stage.ago(2))
    alliance = stage.case(SECONDED)
    propose(
        "alliances.reinstate", alliance, by=stage.users["chifeng"], at=stage.ago(1), region_id=alliance.region_id,
        reason="现场看了会商记录和认领情况，整改到位。", arguments={"passed": True},
    )  # fmt: skip


def _finish(order: Any, lead: User, done: datetime, ready: datetime) -> None:
    for part in order.parts.left():
        verbs.finish_part(part, by=lead, at=done)
    verbs.declare_ready(order, text="两项措施都已完成，清单逐条有了认领单位。", by=lead, at=ready)


def _appealed(stage: Stage) -> None:
    """The estate's theme day was written down late and waits for a second person; its order overlooks that."""
    order = _order(stage, HOME, 4, "本季度没有主题党日记录。")
    text = "主题党日已经开展，是补录的，还在等第二人复核，所以没有计入。请查看活动记录后撤销整顿。"
    lodge(order, text=text, by=stage.users["dongshiqiao"], at=stage.ago(1, 15))


def _favoured(stage: Stage) -> None:
    """Money that a department grants stands in the ledger once."""
    alliance = stage.case(FAVOURED)
    words = {"what": "以奖代补，用于种植户技术培训", "kind": "funds", "amount": "30000.00", "source": "superior_grant"}
    asked = propose(
        "alliances.reward", alliance, by=stage.users["balinzuo"], at=stage.ago(36), region_id=alliance.region_id,
        reason="带动种植户增收明显，成员认领事项多。", arguments=words,
    )  # fmt: skip
    approvals.approve(asked, by=stage.users["chifeng"], at=stage.ago(35))
    Reward.objects.filter(alliance=alliance, synthetic=False).update(synthetic=True)
    FundEntry.objects.filter(alliance=alliance, reward__isnull=False).update(synthetic=True)


# What the report counts: 24 in Chifeng in 2020 ----------------------------------------------------------------------


def of_2020(rule: Rule) -> bool:
    """Only what looks at the rate of solved problems is in use."""
    return rule["kind"] == "rectify" and any(said["metric"] == "solve_rate" for said in rule["conditions"])


def play_2020(stage: Stage, each: int, wanted: Callable[[Rule], bool] = of_2020) -> None:
    """Three quarters are reviewed by the city's rule of that year; of what the review proposes ``each`` are confirmed
    by two people, the others are not; each order is carried out, checked again by two people, and passes."""
    before = rules_in(CITY)
    own = [rule | {"active": wanted(rule)} for rule in before]
    _set_rules(stage, own, moment(date(2020, 3, 20), 9), "今年重点整顿问题解决率低的。")
    for quarter in QUARTERS:
        run = reviews.run(quarter)
        ReviewRun.objects.filter(pk=run.pk).update(synthetic=True)
        _decide(stage, run, each)
    _set_rules(stage, before, moment(date(2021, 1, 8), 9), "恢复通用规则。")
    Step.objects.untold().filter(at__lt=moment(date(2021, 2, 1), 0)).update(told_at=F("at"))


def _set_rules(stage: Stage, rules: list[Rule], at: datetime, reason: str) -> None:
    city = Region.objects.get(pk=CITY)
    asked = propose_change(city, rules, by=stage.users["chifeng"], at=at, reason=reason)
    approvals.approve(asked, by=stage.users["chifeng2"], at=at + timedelta(hours=6))


def _decide(stage: Stage, run: ReviewRun, each: int) -> None:
    """All proposals of the run, in the order of codes; of those that are confirmed all are in the city."""
    day = run.as_of + timedelta(days=14)
    confirmed = 0
    for proposal in Proposal.objects.filter(run=run).select_related("alliance"):
        here = proposal.region_id.startswith(CITY) and proposal.kind == Proposal.Kind.RECTIFY
        take = here and confirmed < each and _untouched(proposal.alliance)
        confirmed += take
        _by_two(stage, proposal, "confirm" if take else "overrule", day)
        if take:
            proposal.refresh_from_db()
            _carry_through(stage, proposal.rectification, day)


def _untouched(alliance: Alliance) -> bool:
    """Nothing was decided on it before, and what happened to it later does not contradict."""
    moved = Step.objects.of(alliance).exclude(to_state="").filter(at__gte=moment(date(2020, 1, 1), 0))
    return alliance.runs and not alliance.rectifications.exists() and not moved.exists()


def _by_two(stage: Stage, proposal: Proposal, word: str, day: date) -> None:
    said = {"measures": MEASURES} if word == "confirm" else {}
    reason = "依据数据研判，应予整顿。" if word == "confirm" else OVERRULED
    city = proposal.region_id.startswith(CITY)
    one, other = (stage.users["chifeng"], stage.users["chifeng2"]) if city else (stage.users["nanyang"], stage.actor)
    asked = decide(proposal, f"proposals.{word}", by=one, at=moment(day, 9), reason=reason, arguments=said)
    approvals.approve(asked, by=other, at=moment(day, 15))


def _carry_through(stage: Stage, order: Any, day: date) -> None:
    """To the re-check, within the term."""
    one, other = stage.users["chifeng"], stage.users["chifeng2"]
    days = [moment(day + timedelta(days=later), 10) for later in (7, 9, 25, 32)]
    _carry_out(order, stage.actor, one, days)
    _finish(order, stage.actor, moment(day + timedelta(days=44), 10), moment(day + timedelta(days=46), 10))
    asked = propose(
        "alliances.reinstate", order.alliance, by=one, at=moment(day + timedelta(days=50), 9),
        region_id=order.region_id, arguments={"passed": True}, reason="整改措施已落实，问题有了认领和办理。",
    )  # fmt: skip
    approvals.approve(asked, by=other, at=moment(day + timedelta(days=51), 15))
