"""The estate's second charter waits for 妇联, an agreement ends soon, members take turns to host.

The reports name the rotation of 铁南社区大党委 (27 units, 书记轮值) and no dates: the calendar is the demo's.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile

from alliances import transitions as verbs
from alliances.models import Agreement, Alliance, Charter, Rotation
from config.demo.chapters.leadership import members_of, speaking
from config.demo.chapters.stage import Stage
from members.models import Organization

ESTATE, STREETSIDE = "CF-ZL-01", "CF-SQ-02"

FIRST = """第一条 五金小区基层治理共同体由自愿参加的党组织组成，加入不改变隶属关系。
第二条 共同体每月召开一次工作例会，由牵头党组织召集。
第三条 居民提出的问题进清单、有人认领、由提出的一方确认。
第四条 物业企业党员负责人任社区党组织兼职委员。
第五条 成员可以退出，退出前认领的事项应办结或移交。"""
SECOND = """第一条 五金小区基层治理共同体由自愿参加的党组织组成，加入不改变隶属关系。
第二条 共同体每月召开一次工作例会，由轮值组织召集。重要事项可随时召开联席会商。
第三条 居民提出的问题进清单、有人认领、由提出的一方确认。
第四条 物业企业党员负责人任社区党组织兼职委员。
第五条 成员轮流主持，每期一个月。
第六条 成员可以退出，退出前认领的事项应办结或移交。"""
TOGETHER = """一、签约各方在五金小区共用活动阵地，水电由社区承担。
二、每季度联合开展一次主题党日，由各方轮流承办。
三、社区汇总居民需求，各方按职责认领，社区负责确认。
四、协议期内各方人员、隶属关系不变。"""
ROOM = """一、妇联把一楼活动室在每周三、周六下午提供给五金小区使用。
二、社区负责开门、清洁和安全。"""


def play(stage: Stage) -> None:
    """All of it."""
    _charters(stage)
    _agreements(stage)
    _rotation_of_the_estate(stage)
    _rotation_of_the_streetside(stage)
    for model in (Charter, Agreement, Rotation):
        model._default_manager.filter(alliance__code__in=(ESTATE, STREETSIDE)).update(synthetic=True)


def _charters(stage: Stage) -> None:
    """The first is in force; to the second everybody has assented but 妇联."""
    home, lead = stage.case(ESTATE), stage.users["dongshiqiao"]
    paper = ContentFile(FIRST.encode(), name="五金小区共同体章程.txt")
    first = verbs.draft_charter(home, text=FIRST, file=paper, by=lead, at=stage.ago(210))
    verbs.put_charter(first, by=lead, at=stage.ago(209))
    for member in members_of(home):
        verbs.assent(first, member, by=stage.actor, at=stage.ago(203))
    second = verbs.draft_charter(home, text=SECOND, by=lead, at=stage.ago(6))
    verbs.put_charter(second, by=lead, at=stage.ago(5))
    for member in _others(stage, home):
        verbs.assent(second, member, by=stage.actor, at=stage.ago(3))


def _agreements(stage: Stage) -> None:
    """One ends in eighteen days, one waits for 妇联."""
    home, lead = stage.case(ESTATE), stage.users["dongshiqiao"]
    first = stage.today - timedelta(days=346)
    parties = [home.lead, stage.own["fulian"], *_others(stage, home)[:2]]
    ending = verbs.draft_agreement(
        home, title="五金小区共驻共建协议", text=TOGETHER, valid_from=first, valid_to=first + timedelta(days=364),
        parties=parties, by=lead, at=stage.ago(352),
    )  # fmt: skip
    verbs.put_agreement(ending, by=lead, at=stage.ago(351))
    for party in parties[1:]:
        verbs.sign_agreement(ending, party, by=stage.actor, at=stage.ago(347))
    verbs.tend_agreements(stage.today - timedelta(days=1))
    room = verbs.draft_agreement(
        home, title="一楼活动室共用协议", text=ROOM, valid_from=stage.today, valid_to=stage.today + timedelta(days=364),
        parties=[home.lead, stage.own["fulian"]], by=lead, at=stage.ago(3),
    )  # fmt: skip
    verbs.put_agreement(room, by=lead, at=stage.ago(2))


def _rotation_of_the_estate(stage: Stage) -> None:
    """The community hosts now; who comes next asks 妇联 to change turns."""
    home, women = stage.case(ESTATE), stage.own["fulian"]
    others = _others(stage, home)
    calendar = _calendar(stage, home, days=12, order=[home.lead, others[0], women])
    mine, theirs = (calendar.turns.get(organization=one) for one in (others[0], women))
    asking = speaking(stage, others[0])
    verbs.ask_swap(mine, other=theirs, reason="下月年度财务审计，抽不出人，想往后换一期。", by=asking, at=stage.ago(1))


def _rotation_of_the_streetside(stage: Stage) -> None:
    """Twenty-seven members, a month each; two have already changed turns."""
    large = stage.case(STREETSIDE)
    calendar = _calendar(stage, large, days=80)
    planned = list(calendar.turns.to_come()[:2])
    if len(planned) == 2:
        one, other = planned
        asked = verbs.ask_swap(
            one, other=other, reason="与本单位换届时间冲突。", by=speaking(stage, one.organization), at=stage.ago(9)
        )
        verbs.accept_swap(asked, by=speaking(stage, other.organization), at=stage.ago(8))


def _calendar(stage: Stage, alliance: Alliance, *, days: int, order: list[Organization] | None = None) -> Rotation:
    """A calendar of monthly turns that began so many days ago, begun by the clock up to yesterday."""
    began: dict[str, Any] = {"by": stage.actor, "at": stage.ago(days)}
    calendar = verbs.draw_up_rotation(alliance, starts_on=stage.today - timedelta(days=days), **began)
    if order:
        verbs.arrange(calendar, order=order, **began)
    verbs.set_rotation(calendar, **began)
    verbs.hand_over_hosts(stage.today - timedelta(days=1))
    return calendar


def _others(stage: Stage, alliance: Alliance) -> list[Organization]:
    """The members without the lead and without 妇联."""
    return [member for member in members_of(alliance) if member != stage.own["fulian"]]
