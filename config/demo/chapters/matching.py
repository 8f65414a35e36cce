"""Supply meets demand at the estate: what members offer on the resource list, who was asked, one need asked twice."""

from __future__ import annotations

from typing import Any

from config.demo.chapters.registration import HOME, speaking_for
from config.demo.chapters.stage import Stage
from listings import transitions as verbs
from listings.models import Item, Match
from listings.models.listing import Kind
from listings.transitions.listing import current_list
from members.models import Organization, User

OFFERED: tuple[dict[str, Any], ...] = (
    {"title": "志愿者周末清扫队", "category": "sanitation", "skills": ["sanitation"], "capacity": 4,
     "wants": "每次 10 人，自带工具"},
    {"title": "清运车一台", "category": "sanitation", "capacity": 2, "wants": "每周可出两趟"},
    {"title": "会议室和投影", "category": "party", "capacity": 6, "wants": "工作日可用"},
    {"title": "水电维修师傅", "category": "facility", "skills": ["repair"], "capacity": 3, "wants": "提前一天约"},
)  # fmt: skip
"""What the members put on the resource list, in turn by the women's federation and by others."""

NEEDS: tuple[dict[str, Any], ...] = (
    {"title": "五金小区 3 号楼楼道灯不亮", "category": "facility", "skills": ["repair"], "urgency": "pressing",
     "capacity": 1, "place": "五金小区 3 号楼", "detail": "一至四层楼道灯都不亮，老人夜里下楼不便。"},
    {"title": "五金小区法律咨询日", "category": "security", "skills": ["law", "mediation"], "capacity": 2,
     "place": "五金小区会客厅", "detail": "邻里漏水、停车纠纷较多，想请懂法律的同志现场解答。"},
    {"title": "五金小区积雪清扫", "category": "sanitation", "skills": ["sanitation"], "urgency": "extreme",
     "capacity": 3, "place": "五金小区主路", "detail": "雪后主路结冰，需要几家一起清。"},
)  # fmt: skip


def play(stage: Stage) -> None:
    """Resources open, two needs put to the women's federation, one met in part; a need that another asked already."""
    lead, women = stage.users["dongshiqiao"], stage.users["fulian"]
    community, federation = stage.own["dongshiqiao"], stage.own["fulian"]
    others = _others(stage)
    owners = ((federation, women), others[0], (federation, women), others[1])
    sweepers, *_rest = [
        _put(stage, Kind.RESOURCE, 20, words, owner, by)
        for words, (owner, by) in zip(OFFERED, owners, strict=False)
    ]
    light, law, snow = [_put(stage, Kind.SUPPLY_DEMAND, 8, words, community, lead) for words in NEEDS]
    verbs.match(law, federation, by=lead, at=stage.ago(3), reason="贵支部有登记法律、调解专长的同志。")
    verbs.match(snow, federation, resource=sweepers, share=2, by=lead, at=stage.ago(2), reason="周六上午最好。")
    verbs.match(snow, others[1][0], by=others[1][1], at=stage.ago(1))  # its own people: at once
    _asked_twice(stage, light, federation, women)
    Match.objects.filter(synthetic=False).update(synthetic=True)


def _others(stage: Stage) -> list[tuple[Organization, User]]:
    """Two more members of the estate's alliance, each with its voice."""
    there = stage.case(HOME).memberships.current().values("organization")
    own = [stage.own["dongshiqiao"].pk, stage.own["fulian"].pk]
    found = Organization.objects.filter(pk__in=there).exclude(pk__in=own).order_by("code")[:2]
    return [(one, speaking_for(stage.actor, one)) for one in found]


def _put(stage: Stage, kind: str, days: int, words: dict[str, Any], owner: Organization, by: User) -> Item:
    """An item of the estate, opened by the lead."""
    listing = current_list(stage.case(HOME), kind, by=stage.users["dongshiqiao"], at=stage.ago(days, 8))
    item = verbs.collect(listing, asked_by=owner, by=by, at=stage.ago(days, 9), **words)
    _invented(item)
    return verbs.open_(item, by=stage.users["dongshiqiao"], at=stage.ago(days))


def _asked_twice(stage: Stage, first: Item, asker: Organization, by: User) -> None:
    """The federation asks for what the community asks already; the lead has still to join the two."""
    words = {"title": "3 号楼楼道灯坏了", "category": "facility", "asked_by": asker, "for_resident": True}
    _invented(verbs.ask_too(first, by=by, at=stage.ago(1, 15), **words))


def _invented(item: Item) -> None:
    """Marked as what the demo filled in."""
    Item.objects.filter(pk=item.pk).update(synthetic=True)
    item.refresh_from_db()
