"""What the means of an alliance amount to: its funds by year and source, its people by kind. Counted, never typed."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from django.db.models import Count, F, QuerySet, Sum, Window
from django.db.models.functions import ExtractYear

from alliances.models import Alliance, FundEntry, Staff
from alliances.querysets import LedgerQuerySet

NOTHING = Decimal("0.00")


@dataclass(slots=True)
class YearOfFunds:
    """A year of an alliance's funds: what each source brought, what was spent, what was left at its end."""

    year: int
    balance: Decimal = NOTHING
    kinds: dict[str, Decimal] = field(default_factory=lambda: dict.fromkeys(FundEntry.Kind.values, NOTHING))

    @property
    def income(self) -> Decimal:
        return sum((self.kinds[source] for source in FundEntry.SOURCES), NOTHING)

    @property
    def spent(self) -> Decimal:
        """Above zero."""
        return -self.kinds[FundEntry.Kind.SPENDING]


def years_of(alliance: Alliance) -> list[YearOfFunds]:
    """Every year that has a line, newest first; a counter entry counts in the year in which it was made."""
    rows = alliance.funds.order_by().annotate(year=ExtractYear("on")).values("year", "kind")
    found: dict[int, YearOfFunds] = {}
    for row in rows.annotate(total=Sum("amount")).order_by("year"):
        found.setdefault(row["year"], YearOfFunds(row["year"])).kinds[row["kind"]] = row["total"]
    balance = NOTHING
    for year in found.values():
        balance += year.income - year.spent
        year.balance = balance
    return list(reversed(found.values()))


def running(lines: LedgerQuerySet) -> QuerySet:
    """The lines with ``balance``: what was left after each, in order of days."""
    return lines.annotate(balance=Window(Sum("amount"), order_by=[F("on").asc(), F("id").asc()]))


def people_by_kind(alliance: Alliance) -> list[tuple[str, int]]:
    """How many work for the alliance now, by kind, in the order of the kinds."""
    counted = dict(alliance.staff.present().order_by().values_list("kind").annotate(Count("pk")))
    return [(str(label), counted.get(kind, 0)) for kind, label in Staff.Kind.choices]
