"""What the records of a joint case say together: the periods by measure, the departments by measure, a picture."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from listings.models import JointCase, Measure, Record
from listings.periods import label_of
from members.charts import Slice
from members.models import Organization

BARS = 12


@dataclass(frozen=True, slots=True)
class Line:
    """A row of a table: its name, and a value for each measure; None = nothing recorded."""

    label: str
    values: list[tuple[Measure, Decimal | None]]


def by_period(case: JointCase, measures: list[Measure]) -> list[Line]:
    """A line a period, the latest first."""
    found: dict[str, dict[int, Decimal]] = {}
    for row in Record.objects.filter(measure__case=case).by_period():
        period = label_of(row["period_from"], row["period_to"])
        found.setdefault(period, {})[row["measure"]] = row["total"]
    return [_line(period, values, measures) for period, values in found.items()]


def by_department(case: JointCase, measures: list[Measure]) -> list[Line]:
    """A line a department that has recorded anything, over all periods; two of the same name stay two."""
    totals: dict[int, dict[int, Decimal]] = {}
    for row in Record.objects.filter(measure__case=case).by_department():
        totals.setdefault(row["organization"], {})[row["measure"]] = row["total"]
    names = {one.pk: one.label for one in Organization.objects.filter(pk__in=totals)}
    return [_line(names[pk], values, measures) for pk, values in totals.items()]


@dataclass(frozen=True, slots=True)
class Row:
    """A measure with its value in each period, and what they sum to; None = nothing recorded."""

    measure: Measure
    values: list[tuple[str, Decimal | None]]
    total: Decimal | None


def by_measure(lines: list[Line], measures: list[Measure]) -> list[Row]:
    """The same table turned: measures are few, periods become many."""
    rows = []
    for place, measure in enumerate(measures):
        values = [(line.label, line.values[place][1]) for line in lines]
        known = [value for _label, value in values if value is not None]
        rows.append(Row(measure, values, sum(known, Decimal(0)) if known else None))
    return rows


def _line(label: str, values: dict[int, Decimal], measures: list[Measure]) -> Line:
    return Line(label, [(one, values.get(one.pk)) for one in measures])


def bars(lines: Iterable[Line], unit: str) -> list[Slice]:
    """What was reached by the measures of one unit, a bar each, named with its period."""
    found = [
        Slice(f"{line.label} {measure.name}", int(value) if value == int(value) else float(value))
        for line in lines
        for measure, value in line.values
        if measure.unit == unit and value is not None
    ]
    return found[:BARS]
