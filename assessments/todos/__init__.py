"""What a thing to do is, and what a source of such things is: the work-bench lists the sources."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.db.models import QuerySet


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, about whom, how many days are left (None: no term), and one verb."""

    icon: str
    tone: str
    title: str
    about: str
    days: int | None
    url: str
    verb: str


class Source:
    """Where things to do come from: rows under an adjective of permission, each put into words."""

    key: ClassVar[str]
    label: ClassVar[Any]
    verb: ClassVar[Any]
    look: ClassVar[tuple[str, str]]  # icon and tone
    watched: ClassVar[bool] = False  # others act, the user only watches

    def rows(self, user: Any, today: date) -> QuerySet | list[Any]:
        """What waits for the user, in a fixed order."""
        raise NotImplementedError

    def words(self, thing: Any) -> tuple[Any, str]:
        """What it is, and about whom."""
        raise NotImplementedError

    def url(self, thing: Any) -> str:
        """Where the verb is."""
        return str(thing.get_absolute_url())

    def term(self, thing: Any) -> date | None:
        """The day it is due, if there is one."""
        return None

    def todo(self, thing: Any, today: date) -> Todo:
        title, about = self.words(thing)
        term = self.term(thing)
        days = (term - today).days if term else None
        return Todo(*self.look, str(title), dotted(self.label, about), days, self.url(thing), str(self.verb))


def dotted(*words: Any) -> str:
    """Words with dots between them; what is empty is left out."""
    return " · ".join(str(word) for word in words if word)
