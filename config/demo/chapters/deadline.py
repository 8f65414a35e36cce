"""At 五金小区 one item waits for the power company, for one a later day is asked, one is overdue and supervised."""

from __future__ import annotations

from datetime import timedelta

from config.demo.chapters.stage import Stage
from listings import transitions as verbs
from listings.models import Claim, Item, Listing
from listings.models.listing import Kind
from listings.transitions.listing import current_list

HOME = "CF-ZL-01"


def play(stage: Stage) -> None:
    """All of it."""
    _waits(stage)
    _asks(stage)
    _is_late(stage)


def _waits(stage: Stage) -> None:
    item, _claim = _taken(stage, "五金小区电动车集中充电棚", asked=24, due=9, category="facility")
    women = stage.users["fulian"]
    verbs.pause(
        item, by=women, at=stage.ago(4), waits_for="供电公司批复增容方案",
        reason="充电棚的用电增容方案已报供电公司，批复前不能施工。",
    )  # fmt: skip


def _asks(stage: Stage) -> None:
    """Granted once, and asked for again: who oversees answers from the item's page."""
    item, claim = _taken(stage, "五金小区楼道声控灯更换", asked=26, due=-3, category="facility")
    women, own = stage.users["fulian"], stage.own["fulian"]
    first = verbs.ask_extension(
        item, own, until=stage.today + timedelta(days=2), reason="灯具到货推迟一周。", by=women, at=stage.ago(9)
    )
    verbs.grant(first, by=stage.users["dongshiqiao"], at=stage.ago(8), reason="情况属实，同意。")
    verbs.report(claim, "一至四号楼已更换完毕。", by=women, at=stage.ago(3))
    verbs.ask_extension(
        item, own, until=stage.today + timedelta(days=10), reason="五号楼线路老化，需先更换线路。", by=women,
        at=stage.ago(1),
    )  # fmt: skip


def _is_late(stage: Stage) -> None:
    """Overdue for a fortnight, as the clock would have found it day by day."""
    item, _claim = _taken(stage, "五金小区化粪池清掏", asked=40, due=-12, category="sanitation")
    for days in range(12, 0, -1):
        verbs.escalate(stage.ago(days), among=[item.pk])


def _taken(stage: Stage, title: str, *, asked: int, due: int, category: str) -> tuple[Item, Claim]:
    """A service item of the estate, asked so many days ago and claimed by 妇联."""
    home, lead, women = stage.case(HOME), stage.users["dongshiqiao"], stage.users["fulian"]
    day = stage.ago(asked, 9)
    listing = current_list(home, Kind.SUPPLY_DEMAND, by=lead, at=day)
    Listing.objects.filter(pk=listing.pk).update(synthetic=True)
    item = verbs.collect(
        listing, title=title, asked_by=stage.own["dongshiqiao"], place="五金小区", category=category,
        due_on=stage.today + timedelta(days=due), by=lead, at=day,
    )  # fmt: skip
    Item.objects.filter(pk=item.pk).update(synthetic=True)
    item.refresh_from_db()
    verbs.open_(item, by=lead, at=day)
    claim = verbs.claim(item, stage.own["fulian"], by=women, at=stage.ago(asked - 2))
    item.refresh_from_db()
    return item, claim
