"""五金小区's lists: three being drafted together, one in its second version; views that people keep."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from config.demo.chapters.stage import Stage
from listings import transitions as verbs
from listings.models import Item, Listing
from listings.models.listing import Kind
from listings.transitions.listing import half_year_of, unsigned_members
from listings.transitions.periods import draw_up_set
from listings.transitions.saved_view import save_view
from members.models import Organization

HOME = "CF-ZL-01"
NEEDS = (
    ("fulian", "楼道堆放杂物清理", "sanitation", "2 号楼至 5 号楼"),
    ("fulian", "暑期儿童看护点", "care", "社区活动室"),
    ("dongshiqiao", "小区东门路灯不亮", "facility", "东门"),
)
MEANS = (
    ("fulian", "妇女之家活动室", "culture", "妇女之家"),
    ("fulian", "家政培训师资 2 名", "employment", "妇女之家"),
    ("dongshiqiao", "社区志愿服务车 1 台", "care", "东石桥社区"),
)
WHY = "活动室明年上半年维修，暂不能提供。"


def play(stage: Stage) -> None:
    """Whatever the pages of lists show that the reports leave out."""
    _drafted_together(stage)
    _second_version(stage)
    _views(stage)


def _drafted_together(stage: Stage) -> None:
    """The three lists of the half-year to come: members write on the first, the lead has put it into order."""
    lead = {"by": stage.users["dongshiqiao"]}
    first, last = half_year_of(half_year_of(stage.today)[1] + timedelta(days=1))
    drafts = draw_up_set(stage.case(HOME), period_from=first, period_to=last, at=stage.ago(5), **lead)
    written = [_written(stage, drafts[0], *need, days=4) for need in NEEDS]
    verbs.arrange(drafts[0], order=written[::-1], at=stage.ago(2), **lead)
    Listing.objects.filter(pk__in=[one.pk for one in drafts]).update(synthetic=True)


def _written(stage: Stage, listing: Listing, who: str, title: str, category: str, place: str, *, days: int) -> Item:
    item = verbs.collect(
        listing, title=title, category=category, place=place, asked_by=stage.own[who], by=stage.users[who],
        at=stage.ago(days),
    )  # fmt: skip
    Item.objects.filter(pk=item.pk).update(synthetic=True)
    return item


def _second_version(stage: Stage) -> None:
    """What members can give in the half-year to come: signed, then one dropped, one worded anew, one added."""
    home = stage.case(HOME)
    lead: dict[str, Any] = {"by": stage.users["dongshiqiao"]}
    first, last = half_year_of(half_year_of(stage.today)[1] + timedelta(days=1))
    drawn = verbs.draw_up(home, kind=Kind.RESOURCE, period_from=first, period_to=last, at=stage.ago(60), **lead)
    items = [_written(stage, drawn, *given, days=59) for given in MEANS]
    for item in items:
        verbs.open_(item, at=stage.ago(58), **lead)
    verbs.sign(drawn, stage.own["dongshiqiao"], at=stage.ago(57), **lead)
    for member in Organization.objects.filter(pk__in=unsigned_members(drawn)).order_by("pk"):
        verbs.sign(drawn, member, by=stage.actor, at=stage.ago(50))
    newer = verbs.revise(drawn, at=stage.ago(30), **lead)
    for item in items:
        item.refresh_from_db()
    verbs.refuse(items[0], reason=WHY, goes_to="林东东城街道党群服务中心", at=stage.ago(29), **lead)
    verbs.amend(items[2], title="社区志愿服务车 2 台", wants="用车请提前两天说", at=stage.ago(29), **lead)
    _written(stage, newer, "fulian", "法律咨询志愿者 3 名", "security", "妇女之家", days=28)
    verbs.sign(newer, stage.own["dongshiqiao"], at=stage.ago(3), **lead)
    Listing.objects.filter(pk__in=(drawn.pk, newer.pk)).update(synthetic=True)


def _views(stage: Stage) -> None:
    at = stage.ago(1)
    save_view(stage.users["chifeng"], name="全市即将逾期", query="view=soon&ordering=due", at=at)
    save_view(stage.users["balinzuo"], name="待确认的问题", query="kind=problem&state=linked", look="board", at=at)
    mine = stage.own["fulian"]
    save_view(stage.users["fulian"], name="妇女儿童", query="category=care", organization=mine, at=at)
