"""Which verbs a page offers on a thing: those whose queryset word holds it for the user, asked in one statement."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, Model, Q
from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Button:
    """A verb as a button: the word, the address's name, and ``able``, the queryset word of who may press it.

    ``primary`` is what the thing waits for; ``sheet`` opens the verb's page in a dialog.
    """

    label: str | Promise
    url: str
    able: str
    icon: str = ""
    primary: bool = False
    danger: bool = False
    sheet: bool = True


def buttons_for(thing: Model, user: Any, table: Sequence[Button]) -> list[Button]:
    """The buttons of the table that the user may press on the thing, in the table's order."""
    things = type(thing)._default_manager.filter(pk=thing.pk)
    asked = {
        button.able: ExpressionWrapper(
            Q(pk__in=getattr(things, button.able)(user).values("pk")), output_field=BooleanField()
        )
        for button in table
    }
    answers = things.order_by().values(**asked).get()
    return [button for button in table if answers[button.able]]
