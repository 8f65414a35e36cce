"""The tree of indicators: leaves under their first-level heads, whose weights are sums and nowhere kept."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from assessments.models import Indicator


@dataclass(slots=True)
class Branch:
    """A first-level indicator (一级指标) with its leaves; without a name they stand on the first level themselves.
    ``supplement`` names the region that has added it."""

    name: str
    supplement: str = ""
    leaves: list[Any] = field(default_factory=list)
    weight: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    contribution: Decimal = Decimal(0)


def tree_of(indicators: Iterable[Indicator]) -> list[Branch]:
    """Of indicators, in the order in which their heads first appear."""
    branches: dict[str, Branch] = {}
    for one in indicators:
        branch = branches.setdefault(one.group, Branch(one.group))
        branch.leaves.append(one)
        branch.weight += one.weight
    return list(branches.values())


def tree_of_lines(lines: Iterable[dict[str, Any]]) -> list[Branch]:
    """Of the lines of a result: what each head weighs, weighs in truth, and brings in."""
    branches: dict[tuple[str, str], Branch] = {}
    for line in lines:
        name, supplement = line.get("group", ""), line.get("supplement", "")
        branch = branches.setdefault((supplement, name), Branch(name, supplement))
        branch.leaves.append(line)
        branch.weight += Decimal(line["weight"])
        branch.used += Decimal(line["used"] or 0)
        branch.contribution += line["contribution"] or 0
    return list(branches.values())


def shares_of(indicators: Iterable[Indicator]) -> list[tuple[str, Decimal]]:
    """Who rates with what share: source in words -> weight, in the order of sources, without those that do not."""
    weights: dict[str, Decimal] = {}
    for one in indicators:
        weights[one.source] = weights.get(one.source, Decimal(0)) + one.weight
    return [(str(source.label), weights[source]) for source in Indicator.Source if source in weights]
