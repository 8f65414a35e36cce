"""Several figures at once: what measures the same rows is counted in one statement."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from django.db.models import Q, QuerySet

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
        if alliance is None or not ids:
            continue
        rows = family[0].rows(period).filter(spanning(alliance, ids)).order_by()
        found = rows.values_list(alliance).annotate(**{metric.key: metric.measured for metric in family})
        owners, *columns = zip(*found, strict=True) if found else ((), *((),) * len(family))
        for metric, column in zip(family, columns, strict=True):
            of_each = numbers[metric.key]
            of_each.update(zip(owners, metric.numbers(column), strict=True))
            if len(of_each) > len(ids):
                numbers[metric.key] = {pk: of_each[pk] for pk in ids}
    return numbers


def spanning(path: str, ids: Collection[int]) -> Q:
    """Rows of these alliances. Where they lie close together, also of those between them, for the caller to leave out:
    a span is two comparisons a row, and no list of thousands of numbers."""
    first, last = min(ids), max(ids)
    if last - first < 2 * len(ids):
        return Q(**{f"{path}__gte": first, f"{path}__lte": last})
    return Q(**{f"{path}__in": ids})
