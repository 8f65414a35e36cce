"""A banner's own year, just closed: the estate's lead appeals, the street may forward it, the banner decides."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

from assessments import transitions
from assessments.models import Rating, Scheme
from assessments.transitions.sheet import copied
from config.demo.chance import moment
from config.demo.chapters.stage import Stage
from config.demo.scenes import HOME
from members.models import Region

BANNER = "150422"


def play(stage: Stage) -> None:
    """Only where the days fit into one year: the rating ended three days ago, so that its appeal term still runs."""
    cut_off = stage.today - timedelta(days=6)
    first = stage.today - timedelta(days=40)
    if first.year != stage.today.year:
        return
    banner, lead, home = stage.users["balinzuo"], stage.users["dongshiqiao"], stage.case(HOME)
    title = f"巴林左旗{cut_off.year}年度党建联合体考核方案（旗级）"
    scheme = transitions.draw_up(
        Region.objects.get(pk=BANNER), year=cut_off.year, title=title, cut_off=cut_off, by=banner, at=moment(first, 9)
    )
    transitions.amend(scheme, {}, [_plain(row) for row in copied(scheme)], by=banner, at=moment(first, 10))
    Scheme.objects.filter(pk=scheme.pk).update(synthetic=True)
    scheme.refresh_from_db()
    transitions.open_(scheme, by=stage.users["chifeng"], at=moment(first + timedelta(days=4), 9), reason="同意启动")
    _rate(stage, scheme)
    transitions.close(scheme, by=banner, at=stage.ago(3))
    rate = scheme.indicators.get(metric="solve_rate")
    why = "两件停车划线的问题已经办成，提出单位出差未及确认，请核实后计入。"
    transitions.appeal(scheme, home, rate, reason=why, by=lead, at=stage.ago(1))
    scheme.appeals.update(synthetic=True)


def _plain(row: dict) -> dict:
    return {name: value for name, value in row.items() if name != "position"}


def _rate(stage: Stage, scheme: Scheme) -> None:
    """The superior and the members of the estate have spoken."""
    home = stage.case(HOME)
    members = home.memberships.current().exclude(organization=home.lead).order_by("pk")[:4]
    rng, at = stage.chance("year"), stage.ago(10)
    words = {"scheme": scheme, "alliance": home, "by": stage.actor, "at": at, "synthetic": True}
    said = [(one.organization_id, way) for one in members for way in ("members", "alliance")]
    Rating.objects.bulk_create(
        Rating(organization_id=pk, direction=way, score=Decimal(rng.randint(78, 96)), **words)
        for pk, way in [*said, (home.supervising_id, "superior")]
    )
