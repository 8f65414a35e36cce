"""Money and places of the cast's alliance: what the tests of its means begin with."""

from datetime import date
from decimal import Decimal

from alliances.transitions import distribution, fund, venue
from tests.cast import NOW

DAY = date(2019, 6, 3)
FOUR_FOUR_TWO_ONE = [
    ("农户", Decimal(40), Decimal(0)),
    ("经营主体", Decimal(40), Decimal(10)),
    ("村集体", Decimal(20), Decimal(10)),
]


def grant(cast, amount="1000.00", on=DAY, at=NOW, **words):
    """Money from above; ``source="pooled", member=…`` makes it pooled."""
    given = {"source": "superior_grant", "by": cast.dongshiqiao} | words
    return fund.receive(cast.alliance, amount=Decimal(amount), on=on, at=at, **given)


def spent(cast, amount, on=DAY, **words):
    return fund.spend(
        cast.alliance, amount=Decimal(amount), on=on, by=cast.dongshiqiao, at=NOW, **{"purpose": "购置工具"} | words
    )


def scheme(cast, shares=FOUR_FOUR_TWO_ONE, name="4421"):
    return distribution.draw_up_scheme(
        cast.alliance, name=name, base="产品销售增值利润", shares=shares, by=cast.dongshiqiao, at=NOW
    )


def divided(cast, amount="1000000.00", of=None):
    return distribution.distribute(of or scheme(cast), amount=Decimal(amount), on=DAY, by=cast.dongshiqiao, at=NOW)


def settled(cast, amount="1000000.00"):
    made = divided(cast, amount)
    distribution.confirm_distribution(made, organization=cast.fulian_org, by=cast.fulian, at=NOW)
    return distribution.settle(made, by=cast.dongshiqiao, at=NOW)


def hall(cast, at=NOW, **words):
    """A place that 东石桥 shares with 五金小区."""
    given = {"kind": "hall", "name": "东石桥社区活动室", "place": "五金小区"} | words
    return venue.share(cast.alliance, organization=cast.dongshiqiao_org, by=cast.dongshiqiao, at=at, **given)
