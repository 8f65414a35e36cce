"""What a review finds: the figures of every alliance held against the rules of its place.

The review, its dry run and the trial of changed rules judge here, many alliances at once: a rule goes down its columns,
and only who meets its first condition is asked for the second.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from alliances.counting import spanning
from alliances.measures import Period
from alliances.models import Rectification
from assessments.gauges import Reviewed, columns_of
from assessments.models.review import Kind, Light
from assessments.rules import Columns, Rule, evidence, hit, nearest

WARNINGS = (Kind.DISSOLVE.value, Kind.MERGE.value, Kind.RECTIFY.value, Kind.OBSERVE.value)
"""The kinds that find fault, the gravest first."""

GRAVE = frozenset(WARNINGS[:3])
"""For which the light is red."""

NOT_AGAIN = frozenset({Kind.RECTIFY.value, Kind.REWARD.value})
"""What is not suggested for an alliance that is being rectified."""

Suggestions = Mapping[str, list[dict[str, Any]]]
"""What is suggested for an alliance: kind -> the evidence of the rules that were hit."""


class Subject(NamedTuple):
    """What a review must know of an alliance, instead of the whole of it."""

    pk: int
    region_id: str
    activated_on: date | None
    synthetic: bool


class Judgement(NamedTuple):
    """What a review finds of many alliances: their figures, alliance id -> what is suggested (left out where nothing
    is), and alliance id -> the light."""

    columns: Columns
    suggestions: dict[int, Suggestions]
    lights: dict[int, str]


def judge(alliances: Sequence[Reviewed], period: Period, rules: list[Rule]) -> Judgement:
    """The figures, suggestions and lights of a batch; a fixed number of statements, however many alliances it has."""
    columns, rectifying = columns_of(alliances, period), rectified_on([one.pk for one in alliances], period.last)
    found = suggested(alliances, columns, rules, period.first, rectifying)
    lights = {
        one.pk: light_of(found.get(one.pk, ()), newcomer(one, period.first), one.pk in rectifying) for one in alliances
    }
    return Judgement(columns, found, lights)


def suggested(
    alliances: Sequence[Reviewed], columns: Columns, rules: list[Rule], first: date, rectifying: Collection[int]
) -> dict[int, Suggestions]:
    """Alliance id -> what the rules of its place suggest; of whom they suggest nothing is left out.

    Who did not yet run on the ``first`` day of the quarter is not judged; who is being rectified on its last is
    suggested neither for rectification again nor for a reward.
    """
    owners = {rule["region"] for rule in rules}
    upwards = {code: nearest(code, owners) for code in {one.region_id for one in alliances}}
    places: dict[str | None, list[int]] = {owner: [] for owner in upwards.values()}
    for one in alliances:
        if not newcomer(one, first):
            places[upwards[one.region_id]].append(one.pk)
    found: dict[int, Suggestions] = {}
    for owner, ids in places.items():
        found |= suggest([rule for rule in rules if rule["region"] == owner and rule["active"]], columns, ids)
    for pk in found.keys() & rectifying:
        found[pk] = {kind: why for kind, why in found[pk].items() if kind not in NOT_AGAIN}
    return found


def suggest(rules: list[Rule], columns: Columns, ids: Sequence[int]) -> dict[int, Suggestions]:
    """Alliance id -> kind -> the evidence of the rules that were hit; of several warnings the gravest kind only."""
    found: dict[int, dict[str, list[dict[str, Any]]]] = {}
    for rule in rules:
        said: dict[tuple[Any, ...], dict[str, Any]] = {}  # whose figures are the same share what is said of them
        named = [columns.get(condition["metric"], {}) for condition in rule["conditions"]]
        for pk in hit(rule, columns, ids):
            values = tuple([column[pk] for column in named])
            why = said.get(values) or said.setdefault(values, evidence(rule, values))
            found.setdefault(pk, {}).setdefault(rule["kind"], []).append(why)
    for kinds in found.values():
        for milder in [kind for kind in WARNINGS if kind in kinds][1:]:
            del kinds[milder]
    return dict(found)


def newcomer(one: Reviewed, first: date) -> bool:
    """Whether it did not yet run on the first day of the quarter."""
    return one.activated_on is None or one.activated_on > first


def light_of(kinds: Collection[str], newcomer: bool, rectifying: bool) -> str:
    """The colour for what was found: who is being rectified stays red, a newcomer has none yet."""
    if rectifying or not GRAVE.isdisjoint(kinds):
        return Light.RED.value
    if newcomer:
        return Light.NONE.value
    return Light.AMBER.value if Kind.OBSERVE.value in kinds else Light.GREEN.value


def rectified_on(ids: Collection[int], day: date) -> set[int]:
    """Of these alliances those under rectification at the end of that day."""
    if not ids:
        return set()
    found = Rectification.objects.on(day).filter(spanning("alliance", ids))
    return set(found.values_list("alliance_id", flat=True)).intersection(ids)
