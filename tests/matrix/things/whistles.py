"""A whistle of 东石桥 at each of its stages, for the matrix: asked, called, signed for, arrived, reported."""

from datetime import date

from tests.listings.conftest import item_on, list_of
from tests.listings.whistles import answered, blown, call_of, sounded


def build(world):
    """Takes the world and keeps the whistles and calls, all to 妇联."""
    cast, period = world.cast, {"period_from": date(2019, 7, 1), "period_to": date(2019, 12, 31)}
    needs = list_of(cast.alliance, cast.dongshiqiao, **period)

    def fresh(title):
        return item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=title)

    called = sounded(cast, fresh("吹响的"))
    reported = sounded(cast, fresh("已报告的"))
    answered(cast, reported)
    world.keep(
        whistleable=fresh("要吹哨的"), whistle=blown(cast, fresh("待批准的")), sounding=called, reported=reported,
        called=call_of(called, cast.fulian_org),
        signed_call=answered(cast, sounded(cast, fresh("已签收的")), upto="sign_for"),
        arrived_call=answered(cast, sounded(cast, fresh("已到场的")), upto="arrive"),
    )  # fmt: skip
