"""What is to be said of an item's term: how many working days are left, for whom it waits, what was asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from alliances.working_days import Calendar
from listings.models import Extension, Item, Pause
from listings.querysets import CLAIMABLE

SOON_WORKING_DAYS = 5


def soon_until(today: date) -> date:
    """The last day of what is due soon: within five working days, so that holidays bring no false calm."""
    return Calendar.present().after(today, SOON_WORKING_DAYS)


@dataclass(frozen=True, slots=True)
class Deadline:
    """An item's term as its page and REST show it.

    ``days_left`` are working days after today up to the term, negative where it has passed; None where none runs.
    ``unannounced`` are the years of the term whose holidays nobody has announced yet, ``decidable`` the ids of the
    extensions that the user may answer.
    """

    days_left: int | None
    unannounced: list[int]
    pause: Pause | None
    extensions: list[Extension]
    decidable: set[int]

    @property
    def shown(self) -> bool:
        """Whether there is more to say than a day."""
        return self.days_left is not None or self.pause is not None or bool(self.extensions)

    @property
    def days_late(self) -> int:
        """Working days since the term; 0 where it has not passed."""
        return max(0, -(self.days_left or 0))


def deadline_of(item: Item, user: Any, today: date) -> Deadline:
    """What is to be said of the item's term on that day; one query where nothing runs, waits or was asked for."""
    runs = item.due_on is not None and item.state in CLAIMABLE
    calendar = Calendar.present() if runs else None
    due_on: Any = item.due_on
    extensions = list(item.extensions.select_related("organization"))
    decidable = Extension.objects.decidable_by(user).filter(item=item)
    return Deadline(
        days_left=calendar.between(today, due_on) if calendar else None,
        unannounced=calendar.unannounced(today, due_on) if calendar else [],
        pause=item.pauses.open().select_related("organization", "paused_by").first() if item.paused_at else None,
        extensions=extensions,
        decidable=set(decidable.values_list("pk", flat=True)) if extensions else set(),
    )
