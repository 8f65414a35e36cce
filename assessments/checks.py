"""System checks of the yearly assessment: no count of effort or use becomes an indicator, by whatever way it came."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import ProgrammingError, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from assessments.models import Indicator
from assessments.outcomes import NAMED, OUTCOMES, banned, effort_in
from assessments.statistics import METRICS


def check_outcomes(app_configs: Any = None, keys: Iterable[str] = OUTCOMES, **_rest: Any) -> list[CheckMessage]:
    """E001: an indicator key is no outcome of the white list's kind."""
    return [
        Error(
            f"“{key}” cannot be an indicator: it is no figure of ours, or counts effort instead of an outcome.",
            hint="Indicators use outcomes that whoever asked has confirmed (assessments/outcomes.py).",
            id=NAMED,
        )
        for key in banned(keys, METRICS)
    ]


def check_schemes(
    app_configs: Any = None, databases: Sequence[str] | None = None, **_rest: Any
) -> list[CheckMessage]:
    """E001: an indicator in the database counts effort or use, by its key or by its words. Asks nothing where no
    database is named (``check --database default``) or where its tables are not yet those of this version."""
    found: list[CheckMessage] = []
    for alias in databases or ():
        try:
            with transaction.atomic(using=alias):
                found += [error for row in _rows(alias) for error in _errors(row)]
        except ProgrammingError:
            continue
    return found


def _rows(alias: str) -> list[dict[str, Any]]:
    """Every indicator of a scheme or a supplement, with the title of its scheme."""
    title = Coalesce(F("scheme__title"), F("supplement__scheme__title"))
    names = ("pk", "source", "metric", "group", "name", "standard", "supplement__region__name")
    return list(Indicator.objects.using(alias).order_by("pk").values(*names, title=title))


def _errors(row: dict[str, Any]) -> Iterable[CheckMessage]:
    of = f"《{row['title']}》"
    if row["supplement__region__name"]:
        of += f" ({row['supplement__region__name']})"
    where = f"Indicator {row['pk']} “{row['name']}” of {of}"
    metric = row["metric"]
    if metric and (metric not in OUTCOMES or banned([metric], METRICS)):
        yield Error(
            f"{where} is computed from “{metric}”, which counts effort or use, or is no figure of ours.",
            hint=f"Give it one of {', '.join(OUTCOMES)} (修改指标和权重), or delete the row.",
            id=NAMED,
        )
    word = effort_in(row["group"], row["name"], row["standard"])
    if word:
        yield Error(
            f"{where} says “{word}”: it counts effort or use, leaves traces for show, or ranks.",
            hint="Replace it by an outcome that whoever asked has confirmed, or delete the row.",
            id=NAMED,
        )
