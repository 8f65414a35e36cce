"""The three rates of whistles (吹哨报到), each with its numerator and denominator: response, solved, satisfied."""

from __future__ import annotations

from collections.abc import Callable

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Period, Words, rate
from listings.models import Call, Whistle


def calls_made(period: Period) -> QuerySet:
    """Calls to departments that sounded in the period; ``hit``: 1 where signed for by its end."""
    return _marked(Call.objects.filter(called_on__range=period.days), Q(signed_at__lte=period.end))


def whistles_sounded(period: Period) -> QuerySet:
    """Whistles that sounded in the period, also those called off since; ``hit``: 1 where evaluated as solved by its
    end."""
    sounded = Whistle.objects.filter(sounded_on__range=period.days)
    return _marked(sounded, Q(solved=True, evaluated_on__lte=period.last))


def whistles_evaluated(period: Period) -> QuerySet:
    """Whistles that their callers evaluated in the period; ``hit``: 1 where they are content with the whole."""
    return _marked(Whistle.objects.filter(evaluated_on__range=period.days), Q(satisfied=True))


def _marked(rows: QuerySet, hit: Q) -> QuerySet:
    return rows.annotate(hit=Case(When(hit, then=Value(1)), default=Value(0)))


def _three(
    key: str,
    labels: Words,
    unit: str | Promise,
    definition: str | Promise,
    rows: Callable[[Period], QuerySet],
    day: str,
    path: str = "",
) -> tuple[Metric, Metric, Metric]:
    """The three figures of a rate of whistles; ``path`` leads from a row to its whistle."""
    named = {"label": labels[0]}
    definitions = (definition, _("“%(label)s”的分子。") % named, _("“%(label)s”的分母。") % named)
    region, alliance = f"{path}region", f"{path}alliance"
    return rate(key, labels, definitions, unit, rows, "hit", region=region, alliance=alliance, day=day)


WHISTLE_METRICS: tuple[Metric, ...] = (
    *_three(
        "whistle_response_rate",
        (_("吹哨响应率"), _("其中已签收"), _("呼叫部门")),
        _("家次"),
        _("期内吹响的哨声所呼叫的部门中，截至数据截止日已签收的比例；说明不由其承担的不计为响应。期内没有呼叫时无此数。"),
        calls_made,
        "called_on",
        path="whistle__",
    ),
    *_three(
        "whistle_solved_rate",
        (_("吹哨解决率"), _("其中已解决"), _("吹响次数")),
        _("次"),
        _("期内吹响的吹哨中，截至数据截止日由吹哨单位评价为已解决的比例，之后撤销的也在分母中。期内没有吹响时无此数。"),
        whistles_sounded,
        "sounded_on",
    ),
    *_three(
        "whistle_satisfied_rate",
        (_("吹哨满意率"), _("其中满意"), _("已评价吹哨")),
        _("次"),
        _("期内由吹哨单位评价的吹哨中，评价为满意的比例。期内没有评价时无此数。"),
        whistles_evaluated,
        "evaluated_on",
    ),
)
