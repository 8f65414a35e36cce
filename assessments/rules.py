"""The rules of the dynamic review: which figures it looks at, and when an alliance is suggested for what.

A rule is a dict that JSON can hold, so that a run keeps the rules as they were when it began:
``{"region": code or None, "kind", "word", "active", "conditions": [{"metric", "comparison", "threshold"}]}``.
"""

from __future__ import annotations

import operator
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from assessments.models import ReviewRule
from members.models.region import LENGTHS

Rule = dict[str, Any]
Columns = Mapping[str, Mapping[int, Any]]
"""The figures of many alliances: key -> alliance id -> number, or None."""

COMPARE: dict[str, Callable[[float, float], bool]] = {
    "lt": operator.lt,
    "lte": operator.le,
    "gte": operator.ge,
    "eq": operator.eq,
}


def _rule(kind: str, word: str, **conditions: str) -> Rule:
    """``figure__comparison="threshold"``, all of which must hold."""
    wanted = [name.rpartition("__") for name in conditions]
    return {
        "region": None, "kind": kind, "word": word, "active": True,
        "conditions": [
            {"metric": metric, "comparison": comparison, "threshold": threshold}
            for (metric, _sep, comparison), threshold in zip(wanted, conditions.values(), strict=True)
        ],
    }  # fmt: skip


DEFAULTS: tuple[Rule, ...] = (
    _rule("dissolve", "有名无实", organizations_covered__lt="2", activities_held__eq="0", items_claimed__eq="0"),
    _rule("merge", "只有一家成员", organizations_covered__lt="2"),
    _rule("rectify", "联而不活", activities_held__eq="0", items_claimed__eq="0", problems_solved__eq="0"),
    _rule("rectify", "半年没有活动，本季无认领", months_idle__gte="6", items_claimed__eq="0"),
    _rule("rectify", "解决率偏低", solve_rate__lt="0.3", solve_rate_denominator__gte="5"),
    _rule("observe", "本季无活动", activities_held__eq="0"),
    _rule("observe", "本季无认领、无解决", items_claimed__eq="0", problems_solved__eq="0"),
    _rule("observe", "有事无人认领", items_open__gte="5", items_claimed__eq="0"),
    _rule("observe", "逾期偏多", overdue_rate__gte="0.3", items_in_hand__gte="5"),
    _rule(
        "observe", "解决问题明显减少", problems_solved_on_quarter__lte="-0.5", problems_solved_on_year__lte="-0.5",
        solve_rate_denominator__gte="5",
    ),
    _rule("observe", "成员评价偏低", members_evaluation__lt="60"),
    _rule("reward", "解决率高", solve_rate__gte="0.95", problems_solved__gte="10"),
    _rule(
        "reward", "解决率和成员评价都高", solve_rate__gte="0.9", problems_solved__gte="5", members_evaluation__gte="85"
    ),
)  # fmt: skip
"""What holds where neither a region nor the operator has set rules; the warning signs that the reports name."""


def standing_rules() -> list[Rule]:
    """All rules as they stand now, the general ones (or the defaults) first."""
    rows = [
        {
            "region": rule.region_id, "kind": rule.kind, "word": rule.word, "active": rule.active,
            "conditions": [
                {"metric": c.metric, "comparison": c.comparison, "threshold": f"{c.threshold.normalize():f}"}
                for c in rule.conditions.all()
            ],
        }
        for rule in ReviewRule.objects.order_by("region_id", "position", "id").prefetch_related("conditions")
    ]  # fmt: skip
    general = [row for row in rows if row["region"] is None] or [dict(rule) for rule in DEFAULTS]
    return general + [row for row in rows if row["region"] is not None]


def rules_of(code: str, rules: list[Rule]) -> list[Rule]:
    """The rules that hold in a place: those of the nearest region upwards that has its own, else the general ones."""
    return [rule for rule in owned(code, rules) if rule["active"]]


def rules_in(code: str) -> list[Rule]:
    """The rules that hold in a place as they stand now, also those that are switched off."""
    return owned(code, standing_rules())


def owned(code: str, rules: list[Rule]) -> list[Rule]:
    """Of the rules those of a place, also those that are switched off."""
    owner = owner_of(code, rules)
    return [rule for rule in rules if rule["region"] == owner]


def owner_of(code: str, rules: list[Rule]) -> str | None:
    """The nearest region upwards that has rules of its own; None = the general ones hold."""
    return nearest(code, {rule["region"] for rule in rules})


def nearest(code: str, owners: Collection[str | None]) -> str | None:
    """Of the regions the nearest upwards; None where none of them lies there."""
    upwards = (code[:length] for length in reversed(LENGTHS) if length <= len(code))
    return next((region for region in upwards if region in owners), None)


def hit(rule: Rule, columns: Columns, ids: Sequence[int]) -> Sequence[int]:
    """Of the alliances those whose figures meet all conditions of the rule; a figure without a value meets none.

    Figures and thresholds have four decimal places: as floating numbers they compare as they are written.
    """
    left = ids if rule["conditions"] else ()
    for condition in rule["conditions"]:
        holds, threshold = COMPARE[condition["comparison"]], float(condition["threshold"])
        of = columns.get(condition["metric"], {}).get
        left = [pk for pk in left if (value := of(pk)) is not None and holds(value, threshold)]
    return left


def evidence(rule: Rule, values: Sequence[Any]) -> dict[str, Any]:
    """What a proposal keeps of a rule that was hit: its word, and each figure beside its threshold."""
    conditions = zip(rule["conditions"], values, strict=True)
    return {"word": rule["word"], "conditions": [{**condition, "value": value} for condition, value in conditions]}
