"""A year's scheme at each of its stations."""

from datetime import date
from decimal import Decimal

from assessments import transitions
from members.models import Region
from tests.assessments.facts import members_of
from tests.cast import NOW, again, at

CUT_OFF = date(2019, 5, 31)
AFTER_TERM = at(date(2019, 6, 14))
"""A Friday after the appeal term of a rating that was closed on NOW."""
EVEN = (
    {
        "name": "问题解决率",
        "weight": Decimal(50),
        "source": "metric",
        "metric": "solve_rate",
        "zero_at": Decimal(0),
        "full_at": Decimal(1),
    },
    {"name": "成员评价", "weight": Decimal(30), "source": "members"},
    {"name": "上级评价", "weight": Decimal(20), "source": "superior"},
)


def draft(cast, region="1504", rows=EVEN, **terms):
    scheme = transitions.draw_up(
        Region.objects.get(code=region),
        year=2019,
        title=f"{region}考核",
        cut_off=CUT_OFF,
        by=cast.chifeng,
        at=NOW,
        **terms,
    )
    return transitions.amend(scheme, {}, rows, by=cast.chifeng, at=NOW)


def opened(cast, **kwargs):
    return transitions.open_(draft(cast, **kwargs), by=cast.chifeng2, at=NOW)


def closed(cast, **kwargs):
    return transitions.close(opened(cast, **kwargs), by=cast.chifeng, at=NOW)


def published(cast):
    return transitions.publish(closed(cast), by=cast.chifeng2, at=AFTER_TERM)


def rate_as_members(cast, scheme, scores):
    """As many further members as there are scores rate the alliance."""
    raters = members_of(cast, cast.alliance, len(scores))
    for (own, account), score in zip(raters, scores, strict=True):
        transitions.rate(
            scheme, cast.alliance, own, direction="members", score=Decimal(score), by=again(account), at=NOW
        )
    return raters
