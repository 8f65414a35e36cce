"""五金小区 deliberates: meetings that were and one to come, decisions that became items, and a plan of its year."""

from __future__ import annotations

from datetime import time, timedelta
from typing import Any

from alliances import transitions as alliances
from alliances.models import Activity, Meeting
from alliances.proposals import proposed_for
from config.demo.chapters.stage import Stage
from listings import transitions as listings
from listings.models import Item, Listing
from listings.models.listing import Kind

HOME = "CF-ZL-01"


def meetings(stage: Stage) -> None:
    """A consultation and a regular meeting that were, one entered late, one to come."""
    lead = {"by": stage.users["dongshiqiao"]}
    _consultation(stage, lead)
    _regular(stage, lead)
    _entered_late(stage, lead)
    _to_come(stage, lead)
    Meeting.objects.filter(alliance=stage.case(HOME)).update(synthetic=True)
    _year(stage, lead)


def _convene(stage: Stage, days: int, at: Any, lead: dict[str, Any], **words: Any) -> Meeting:
    """A meeting so many days before today (a Friday for a weekend), in the community's room."""
    given: dict[str, Any] = {
        "host": stage.own["dongshiqiao"], "place": "东石桥社区会议室", "begins_at": time(9, 30)
    }  # fmt: skip
    day = stage.today - timedelta(days=days)
    day -= timedelta(days=max(0, day.weekday() - 4))
    return alliances.convene(stage.case(HOME), planned_on=day, at=at, **given | words | lead)


def _hold(stage: Stage, meeting: Meeting, lead: dict[str, Any], *, recorded: int, minutes: str = "") -> None:
    """Held on its day with the first members and 妇联, recorded so many days before today."""
    memberships = meeting.alliance.memberships.current().order_by("pk").select_related("organization")
    there = {membership.organization for membership in memberships[:5]}
    there |= {stage.own["dongshiqiao"], stage.own["fulian"]}
    alliances.hold_meeting(
        meeting, held_on=meeting.planned_on, organizations=sorted(there, key=lambda one: one.pk), minutes=minutes,
        at=stage.ago(recorded, 15), **lead,
    )  # fmt: skip


def _consultation(stage: Stage, lead: dict[str, Any]) -> None:
    meeting = _convene(
        stage, 62, stage.ago(70), lead, kind=Meeting.Kind.CONSULTATION, title="垃圾清运联席会商",
        topics=["小区垃圾由谁清运、多久一次", "清运费用怎么筹"],
        invitation="请城管、物业的同志带上清运路线和费用测算。",
    )  # fmt: skip
    _hold(
        stage, meeting, lead, recorded=61,
        minutes="一、物业企业出车，城管部门定点，每周二、周五清运。\n二、费用先由物业垫付，年底按户分摊方案再议。",
    )  # fmt: skip
    decision = alliances.decide(
        meeting, title="五金小区垃圾每周清运两次", text="物业企业出车，城管部门确定投放点，社区张贴时间表。",
        topic=meeting.topics.first(), at=stage.ago(61, 16), **lead,
    )  # fmt: skip
    _enact(stage, decision, lead, days=60, kind=Kind.PROJECT, category="sanitation", title="五金小区垃圾投放点改造")


def _regular(stage: Stage, lead: dict[str, Any]) -> None:
    meeting = _convene(
        stage, 20, stage.ago(30), lead, kind=Meeting.Kind.REGULAR, title="秋季工作例会", topics=["前一阶段清单办理情况"]
    )
    proposed = alliances.propose_topic(
        meeting, stage.own["fulian"], title="独居老人冬季探访怎么分工", detail="入冬前要把名单和包联党员对上。",
        by=stage.users["fulian"], at=stage.ago(26),
    )  # fmt: skip
    _hold(stage, meeting, lead, recorded=19, minutes="听取清单办理情况；议定冬季探访分工；停车收费另行表决。")
    decision = alliances.decide(
        meeting, title="冬季探访由妇联牵头、各成员包联", text="每家成员包联两户，十二月前完成第一轮。",
        topic=proposed, at=stage.ago(19, 16), **lead,
    )  # fmt: skip
    _enact(stage, decision, lead, days=18, kind=Kind.SUPPLY_DEMAND, category="care", capacity=4)
    voting = alliances.decide(
        meeting, title="小区停车位划线后不对外收费", put_to_vote=True, at=stage.ago(19, 17), **lead
    )
    alliances.vote(voting, stage.own["dongshiqiao"], choice="for", at=stage.ago(18), **lead)


def _enact(stage: Stage, decision: Any, lead: dict[str, Any], *, days: int, **words: Any) -> None:
    """The decision becomes an item, due in some weeks, and is opened."""
    due_on = stage.today + timedelta(days=30)
    item = listings.enact(decision, due_on=due_on, place="五金小区", at=stage.ago(days), **words | lead)
    Item.objects.filter(pk=item.pk).update(synthetic=True)
    Listing.objects.filter(pk=item.listing_id, synthetic=False).update(synthetic=True)
    item.refresh_from_db()
    listings.open_(item, at=stage.ago(days, 11), **lead)


def _entered_late(stage: Stage, lead: dict[str, Any]) -> None:
    """A meeting that somebody above or another head of the lead has still to vouch for."""
    meeting = _convene(stage, 40, stage.ago(45), lead, kind=Meeting.Kind.OTHER, title="网格员碰头会", begins_at=None)
    _hold(stage, meeting, lead, recorded=2)


def _to_come(stage: Stage, lead: dict[str, Any]) -> None:
    _convene(
        stage, -6, stage.ago(1), lead, kind=Meeting.Kind.REGULAR, title="冬季工作例会",
        topics=["清单办理情况通报", "冬季安全用火怎么管"], invitation="会前请把要议的事提到议程里。",
    )  # fmt: skip


def _year(stage: Stage, lead: dict[str, Any]) -> None:
    """The five ones, the visits every quarter only: planned for the rest of this year and for the next."""
    home, at = stage.case(HOME), stage.ago(1, 11)
    templates = alliances.adopt_templates(home, at=at, **lead)
    visits = next(template for template in templates if template.kind == Activity.Kind.EXCHANGE_VISIT)
    alliances.edit_template(visits, every="quarter", month=2, place="各成员轮流", at=at, **lead)
    proposed = [row for year in (0, 1) for row in proposed_for(home, stage.today.year + year, stage.today)]
    words = [
        {"kind": row.kind, "title": row.title, "planned_on": row.planned_on, "place": row.place}
        for row in proposed
        if not row.present and (row.planned_on - stage.today).days < 360
    ]
    made = alliances.plan_year(home, host=stage.own["dongshiqiao"], activities=words, at=at, **lead)
    Activity.objects.filter(pk__in=[one.pk for one in made]).update(synthetic=True)
