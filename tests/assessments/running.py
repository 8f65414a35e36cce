"""A year between its opening and its publication: self-reports, slips, votes, appeals of 五金小区."""

from decimal import Decimal

from assessments import transitions
from assessments.models import Indicator
from tests.assessments.years import opened
from tests.cast import NOW

WITH_MASSES = (
    {"name": "问题解决率", "weight": Decimal(40), "source": "metric", "metric": "solve_rate", "zero_at": Decimal(0),
     "full_at": Decimal(1)},
    {"name": "成员评价", "weight": Decimal(30), "source": "members"},
    {"name": "上级评价", "weight": Decimal(20), "source": "superior"},
    {"name": "群众评价", "weight": Decimal(10), "source": "masses"},
)  # fmt: skip
TEXTS = {"went_well": "垃圾有人清了", "fell_short": "停车还乱", "plans": "划线"}


def running(cast):
    return opened(cast, rows=WITH_MASSES)


def scoring(cast, scheme=None):
    return transitions.close(scheme or running(cast), by=cast.chifeng, at=NOW)


def drafted(cast, scheme, **texts):
    return transitions.write(scheme, cast.alliance, **(TEXTS | texts), by=cast.dongshiqiao, at=NOW)


def submitted(cast, scheme, moment=NOW):
    return transitions.submit(drafted(cast, scheme), by=cast.dongshiqiao, at=moment)


def returned(cast, scheme):
    return transitions.return_(submitted(cast, scheme), by=cast.lindong, at=NOW, reason="太空")


def slips(cast, scheme, count=4):
    return transitions.issue(
        scheme, cast.alliance, cast.dongshiqiao_org, count=count, by=cast.dongshiqiao, at=NOW
    )[1]


def voted(cast, scheme, *stars):
    for code, tapped in zip(slips(cast, scheme, len(stars)), stars, strict=True):
        transitions.vote(code, stars=tapped, at=NOW)


def indicator(scheme, source="metric"):
    return Indicator.objects.get(scheme=scheme, source=source)


def raised(cast, scheme, source="metric"):
    return transitions.appeal(
        scheme, cast.alliance, indicator(scheme, source), reason="漏计一件", by=cast.dongshiqiao, at=NOW
    )


def forwarded(cast, scheme):
    return transitions.forward(raised(cast, scheme), opinion="属实", by=cast.lindong, at=NOW)


def upheld(cast, scheme, points="80"):
    return transitions.uphold(
        raised(cast, scheme), points=Decimal(points), reason="台账有误", by=cast.chifeng, at=NOW
    )


def dismissed(cast, scheme):
    return transitions.dismiss(raised(cast, scheme), reason="数据无误", by=cast.chifeng, at=NOW)


def withdrawn(cast, scheme):
    return transitions.withdraw(raised(cast, scheme), by=cast.dongshiqiao, at=NOW)
