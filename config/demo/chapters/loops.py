"""The closed loop of 鹿山, and what does not run smoothly in 五金小区: a quarrel, a correction, a trouble that is back.

The reports tell the mediation of the property fees (PD2009) and the needs of the estate; the quarrels are the demo's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from alliances.models import Alliance
from config.demo.chapters.leadership import members_of, speaking
from config.demo.chapters.stage import Stage
from listings import transitions as verbs
from listings.models import Item
from listings.models.listing import Kind
from listings.transitions.listing import current_list
from members.models import Organization, PartyMember, User
from members.transitions import propose

ESTATE, HILL = "CF-ZL-01", "CF-ZL-02"


def play(stage: Stage) -> None:
    """All of it."""
    _mediation(stage)
    _quarrel(stage)
    _wrong_confirmation(stage)
    _back_again(stage)
    _passed_on(stage)
    _parts(stage)


def _ask(
    alliance: Alliance, title: str, by: User, asked_by: Organization, stage: Stage, ago: int, **words: Any
) -> Item:
    """An open item of the alliance, asked so many days ago and due a week from now."""
    kind = words.pop("kind", Kind.SUPPLY_DEMAND)
    at = stage.ago(ago, 8)
    due = stage.today + timedelta(days=7)
    item = verbs.collect(
        current_list(alliance, kind, by=by, at=at), title=title, asked_by=asked_by, due_on=due, by=by, at=at, **words
    )
    Item.objects.filter(pk=item.pk).update(synthetic=True)
    item.refresh_from_db()
    return verbs.open_(item, by=by, at=stage.ago(ago, 9))


def _done(stage: Stage, item: Item, who: Organization, ago: int, outcome: str) -> None:
    by = speaking(stage, who)
    claim = verbs.claim(item, who, by=by, at=stage.ago(ago + 1))
    verbs.finish(claim, by=by, at=stage.ago(ago), outcome=outcome)


def _mediation(stage: Stage) -> None:
    """鹿山: told face to face, studied together, mediated, confirmed by the community for the residents."""
    hill = stage.case(HILL)
    lead, others = hill.lead, [member for member in members_of(hill) if member != hill.lead]
    by = speaking(stage, lead)
    item = _ask(
        hill, "物业费收缴纠纷联合调解", by, lead, stage, 18, category="property", for_resident=True,
        detail="居民反映物业服务不到位、拒缴物业费，由联合调解委员会会商调处。",
    )  # fmt: skip
    _done(stage, item, others[0], 6, "双方达成调解协议：物业公司公开服务标准，居民补缴欠费。")
    item.refresh_from_db()
    verbs.confirm(item, by=by, at=stage.ago(4), satisfaction="satisfied", reason="楼道清扫恢复正常")


def _quarrel(stage: Stage) -> None:
    """Sent back twice; 妇联 asks the street to rule."""
    home, lead, women = stage.case(ESTATE), stage.users["dongshiqiao"], stage.users["fulian"]
    item = _ask(home, "五金小区楼道杂物清理", lead, home.lead, stage, 15, category="sanitation")
    claim = verbs.claim(item, stage.own["fulian"], by=women, at=stage.ago(14))
    helpers = list(PartyMember.objects.as_of(stage.today).filter(organization=stage.own["fulian"]).order_by("pk")[:2])
    day = stage.ago(12)
    verbs.report(claim, "清理了 1 至 4 号楼。", helpers=helpers, by=women, at=day)
    for ago, why in ((11, "5 号楼还没有清理"), (8, "地下室还有杂物")):
        verbs.finish(claim, by=women, at=stage.ago(ago), outcome="约定的楼道已清理。")
        item.refresh_from_db()
        verbs.send_back(item, by=lead, at=stage.ago(ago - 1), reason=why)
        claim.refresh_from_db()
    verbs.finish(claim, by=women, at=stage.ago(3), outcome="楼道已全部清理；地下室属开发单位，不在约定之内。")
    item.refresh_from_db()
    why = "约定的是楼道，地下室属开发单位，请裁定是否办成。"
    verbs.dispute(item, stage.own["fulian"], by=women, at=stage.ago(2), reason=why)


def _wrong_confirmation(stage: Stage) -> None:
    """Confirmed, although the lamps do not burn: the banner's department asks a second person to take it back."""
    home, lead, banner = stage.case(ESTATE), stage.users["dongshiqiao"], stage.users["balinzuo"]
    item = _ask(home, "五金小区路灯检修", lead, home.lead, stage, 13, category="facility")
    _done(stage, item, _another(stage, home), 7, "已检修 12 盏。")
    item.refresh_from_db()
    verbs.confirm(item, by=lead, at=stage.ago(5), satisfaction="dissatisfied", reason="拖了一周")
    propose(
        "items.correct", item, by=banner, at=stage.ago(1), region_id=item.region_id,
        reason="居民来电反映 3 号楼前路灯仍不亮，经现场核实，确认有误。",
    )  # fmt: skip


def _back_again(stage: Stage) -> None:
    """The drain was cleared and confirmed; it is blocked again."""
    home, lead = stage.case(ESTATE), stage.users["dongshiqiao"]
    item = _ask(home, "五金小区下水井疏通", lead, home.lead, stage, 20, category="facility")
    _done(stage, item, _another(stage, home), 14, "已疏通。")
    item.refresh_from_db()
    verbs.confirm(item, by=lead, at=stage.ago(13), satisfaction="satisfied")
    again = verbs.reopen(item, by=lead, at=stage.ago(1), reason="雨后 2 号楼前井口再次返水。")
    Item.objects.filter(pk=again.pk).update(synthetic=True)


def _passed_on(stage: Stage) -> None:
    """鹿山 offers an item of the neighbouring estate to 五金小区's lead."""
    hill, home = stage.case(HILL), stage.case(ESTATE)
    by = speaking(stage, hill.lead)
    item = _ask(hill, "五金小区北侧便道积水", by, hill.lead, stage, 4, category="facility", for_resident=True)
    verbs.forward(item, home, by=by, at=stage.ago(2), reason="便道在五金小区一侧，由东石桥社区牵头办理更合适。")


def _parts(stage: Stage) -> None:
    """What the estate does bit by bit is one larger matter."""
    home, lead = stage.case(ESTATE), stage.users["dongshiqiao"]
    whole = _ask(home, "五金小区环境综合整治", lead, home.lead, stage, 3, kind=Kind.PROJECT, capacity=3)
    for title in ("五金小区垃圾清运", "五金小区停车位重新划线", "五金小区楼道杂物清理"):
        part = home.items.services().filter(title=title).order_by("pk").last()
        if part is not None:
            verbs.attach(part, whole, by=lead, at=stage.ago(2))


def _another(stage: Stage, home: Alliance) -> Organization:
    """A member that is neither the lead nor 妇联."""
    return next(member for member in members_of(home) if member not in (home.lead, stage.own["fulian"]))
