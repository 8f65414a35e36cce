"""Several figures at once: what measures the same rows is counted in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import QuerySet

from alliances.kept import Family, kept, summed
from alliances.measures import Metric, Number, Period


def families(metrics: Iterable[Metric]) -> list[Family]:
    """The metrics by the rows that they measure."""
    found: dict[tuple, list[Metric]] = {}
    for metric in metrics:
        found.setdefault(metric.family, []).append(metric)
    return [tuple(family) for family in found.values()]


def totals(
    metrics: Iterable[Metric], period: Period, code: str, alliances: QuerySet | None = None, kind: str = ""
) -> dict[str, Number]:
    """Key -> the total of each, as its :meth:`Metric.total`: one statement a family."""
    numbers: dict[str, Number] = {}
    for family in families(metrics):
        statement = kept(family, of_kind=bool(kind)) if alliances is None else None
        if statement is None:
            row = next(iter(summed(family, period, code, alliances, kind)), None)
        else:
            row = statement.answer(period, code, kind)
        numbers |= {m.key: m.number(value) for m, value in zip(family, row or [None] * len(family), strict=True)}
    return numbers


def per_alliance(metrics: Iterable[Metric], period: Period, ids: Collection[int]) -> dict[str, dict[int, Number]]:
    """Key -> each alliance's own number, as its :meth:`Metric.per_alliance`: one statement a family."""
    known = list(metrics)
    numbers: dict[str, dict[int, Number]] = {one.key: dict.fromkeys(ids, one.nothing) for one in known}
    for family in families(known):
        alliance = family[0].alliance
        if alliance is None:
            continue
        rows = family[0].rows(period).filter(**{f"{alliance}__in": ids}).order_by()
        found = rows.values_list(alliance).annotate(**{metric.key: metric.measured for metric in family})
        for pk, *values in found:
            for metric, value in zip(family, values, strict=True):
                numbers[metric.key][pk] = metric.number(value)
    return numbers
