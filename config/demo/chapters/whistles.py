"""Whistles at 东石桥 and 鹿山 at every stage, and the court's joint enforcement with the report's own figures."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from decimal import Decimal
from typing import Any

from alliances import transitions as alliances
from config.demo.cases import read
from config.demo.chapters.registration import speaking_for
from config.demo.chapters.stage import Stage
from listings.models import Call, Item, JointCase, Listing, Record, Whistle
from listings.transitions import call as answers
from listings.transitions import case as joint
from listings.transitions import confirm
from listings.transitions import whistle as verbs
from members.models import Organization

HOME, LUSHAN, COURT = "CF-ZL-01", "CF-ZL-02", "CF-ZF-01"
ENFORCEMENT = "金融不良贷款联动执行"
ARRIVAL, REPORT = "上午九点半，两位同志到现场", "已处置完毕，现场恢复正常，三天内再回头看一次。"


def play(stage: Stage) -> None:
    """One whistle waits for its head, one for a department, one for its caller; two are over."""
    _dongshiqiao(stage)
    _lushan(stage)
    _court(stage)
    made = Whistle.objects.filter(synthetic=False)
    Item.objects.filter(whistles__in=made).update(synthetic=True)
    Item.objects.filter(answered_by__whistles__in=made).update(synthetic=True)
    lists = Listing.objects.filter(synthetic=False, items__synthetic=True)
    Listing.objects.filter(pk__in=lists.values("pk")).update(synthetic=True)
    made.update(synthetic=True)


def _member(stage: Stage, code: str, word: str) -> Organization:
    """The member of the alliance whose name has that word."""
    found = Organization.objects.filter(memberships__alliance=stage.case(code), memberships__state="accepted")
    return found.filter(name__contains=word).order_by("pk")[0]


def _dongshiqiao(stage: Stage) -> None:
    own, lead, head = stage.own["dongshiqiao"], stage.users["dongshiqiao"], stage.users["lindong"]
    police, housing, city = (_member(stage, HOME, word) for word in ("公安", "住建", "城管"))
    women = stage.own["fulian"]

    def blow(days: int, title: str, reason: str, need: str, first: Organization, *others: Organization) -> Whistle:
        return verbs.blow_anew(
            stage.case(HOME), own, title=title, reason=reason, need=need, lead=first, assistants=others,
            place="五金小区", by=lead, at=stage.ago(days, 9),
        )  # fmt: skip

    over = blow(24, "五金小区东门占道经营", "enforcement", "早市摊贩占了消防通道，劝不走，请联合执法。", city, police)
    _answer(stage, verbs.approve(over, by=head, at=stage.ago(24, 10)), 23)
    _evaluate(stage, over, lead, 21)
    confirm(over.item, by=lead, at=stage.ago(20))

    judged = blow(6, "七号楼外墙砖脱落", "emergency", "外墙砖往下掉，楼下是通道，请来排险。", housing, city)
    _answer(stage, verbs.approve(judged, by=head, at=stage.ago(6, 10)), 5)

    gas = "老人不让进门检修，请妇联同志一起上门劝说。"
    called = blow(3, "三号楼独居老人家中燃气隐患", "pressing", gas, women, housing)
    verbs.approve(called, by=head, at=stage.ago(2, 10))
    answers.sign_for(called.calls.get(organization=housing), by=stage.actor, at=stage.ago(2, 15))

    blow(1, "五金小区东侧污水外溢", "pressing", "管网塌陷，社区没有设备，请来抢修并查清是谁的管。", housing, city)


def _answer(stage: Stage, whistle: Whistle, days: int) -> None:
    """Every department signs, comes and reports, on one day."""
    for hour, call in enumerate(whistle.calls.order_by("pk"), start=10):
        at = stage.ago(days, hour)
        answers.sign_for(call, by=stage.actor, at=at)
        answers.arrive(call, ARRIVAL, by=stage.actor, at=at)
        answers.report(call, REPORT, by=stage.actor, at=stage.ago(days, hour + 4))


def _evaluate(stage: Stage, whistle: Whistle, by: Any, days: int) -> None:
    calls = Call.objects.filter(whistle=whistle, state=Call.State.REPORTED)
    words = dict.fromkeys(calls.values_list("pk", flat=True), (True, "来得快，说得清。"))
    verbs.evaluate(whistle, solved=True, satisfied=True, departments=words, by=by, at=stage.ago(days))


def _lushan(stage: Stage) -> None:
    """The property fee dispute: the housing department, linked to the community, comes to mediate."""
    community, housing = stage.case(LUSHAN).lead, _member(stage, HOME, "住建")
    link = alliances.ask(housing, community, by=speaking_for(stage.actor, housing), at=stage.ago(60))
    alliances.accept_link(link, by=speaking_for(stage.actor, community), at=stage.ago(58))
    type(link).objects.filter(pk=link.pk).update(synthetic=True)
    whistle = verbs.blow_anew(
        stage.case(LUSHAN), community, title="物业费收缴纠纷", reason="pressing", category=Item.Category.PROPERTY,
        need="居民与物业公司为收费标准争执不下，请主管部门来调解。", lead=housing,
        assistants=[_member(stage, LUSHAN, "溢美")], by=stage.actor, at=stage.ago(30, 9),
    )  # fmt: skip
    verbs.approve(whistle, by=stage.users["balinzuo"], at=stage.ago(29, 9))
    _answer(stage, whistle, 28)
    _evaluate(stage, whistle, stage.actor, 25)


def _court(stage: Stage) -> None:
    """The measures and numbers are the report's; nothing is made up."""
    alliance = stage.case(COURT)
    facts = [fact for row in read() if row["code"] == COURT for fact in row["facts"] if "period" in fact]
    members = Organization.objects.filter(memberships__alliance=alliance, memberships__state="accepted")
    case = joint.begin(
        alliance, kind=JointCase.Kind.JOINT, title=ENFORCEMENT, lead=alliance.lead, departments=list(members),
        detail="法院牵头，公安协助查控，通信、邮政、不动产登记等部门提供线索。", begun_on=date(2018, 1, 1),
        measures=[{"name": fact["name"], "unit": fact["unit"], "exact": fact["unit"] == "元"} for fact in facts],
        by=stage.actor, at=stage.ago(200),
    )  # fmt: skip
    measures = {measure.name: measure for measure in case.measures.all()}
    for fact in facts:
        first, last = _period(fact["period"])
        if last < stage.today:
            joint.record(
                case, measure=measures[fact["name"]], organization=alliance.lead, period_from=first, period_to=last,
                value=Decimal(fact["value"]), basis="人民日报2020-09-08", by=stage.actor, at=stage.ago(199),
            )  # fmt: skip
    JointCase.objects.filter(pk=case.pk).update(source="PD2009", synthetic=True)
    Record.objects.filter(measure__case=case).update(synthetic=True)


def _period(words: str) -> tuple[date, date]:
    """2020H1 -> its half-year; 2018-2020 -> its years."""
    year, _h, half = words.partition("H")
    if half:
        month = 6 * int(half)
        return date(int(year), month - 5, 1), date(int(year), month, monthrange(int(year), month)[1])
    first, _dash, last = words.partition("-")
    return date(int(first), 1, 1), date(int(last or first), 12, 31)
