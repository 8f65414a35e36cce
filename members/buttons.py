"""Which verbs a page offers on a thing: those whose queryset word holds it for the user, asked in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, Model, Q
from django.utils.functional import Promise

from members.models import Approval


@dataclass(frozen=True, slots=True)
class Button:
    """A verb as a button: the word, the address's name, and ``able``, the queryset word of who may press it.

    ``primary`` is what the thing waits for; ``sheet`` opens the verb's page in a dialog. ``seconded`` names the verb
    that a second person decides on: while a proposal of it waits, nobody is offered to propose it again.
    """

    label: str | Promise
    url: str
    able: str
    icon: str = ""
    primary: bool = False
    danger: bool = False
    sheet: bool = True
    seconded: str = ""


def buttons_for(thing: Model, user: Any, table: Sequence[Button]) -> list[Button]:
    """The buttons of the table that the user may press on the thing, in the table's order."""
    things = type(thing)._default_manager.filter(pk=thing.pk)
    asked = {
        button.able: ExpressionWrapper(
            Q(pk__in=getattr(things, button.able)(user).values("pk")), output_field=BooleanField()
        )
        for button in table
    }
    waiting = {
        f"waits_{place}": Exists(Approval.objects.of(thing).pending().filter(verb=button.seconded))
        for place, button in enumerate(table)
        if button.seconded
    }
    answers = things.order_by().values(**asked, **waiting).get()
    return [
        button
        for place, button in enumerate(table)
        if answers[button.able] and not answers.get(f"waits_{place}")
    ]
