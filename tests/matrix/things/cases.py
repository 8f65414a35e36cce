"""A joint case of 五金小区 for the matrix: 东石桥 leads it, 妇联 takes part and has recorded a half-year."""

from datetime import date
from decimal import Decimal

from listings.transitions import case as verbs
from tests.cast import NOW


def build(world):
    """Takes the world and keeps the case, its measure and the line of 妇联."""
    cast = world.cast
    case = verbs.begin(
        cast.alliance, kind="campaign", title="冬季安全专项行动", lead=cast.dongshiqiao_org,
        departments=[cast.fulian_org], measures=[{"name": "排查隐患", "unit": "处"}], begun_on=date(2018, 7, 1),
        by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip
    measure = case.measures.get()
    line = verbs.record(
        case, measure=measure, organization=cast.fulian_org, period_from=date(2018, 7, 1), period_to=date(2018, 12, 31),
        value=Decimal(12), by=cast.fulian, at=NOW,
    )  # fmt: skip
    world.keep(case=case, measure=measure, case_line=line)
