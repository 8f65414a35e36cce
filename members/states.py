"""What it means to have a state: a table of moves, and a refusal that says why."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext as _


class Refused(Exception):
    """The state of things does not allow what was asked. REST answers 409 with ``code``, a page a form error."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class MoveRefused(Refused):
    """``MOVES`` has no way from the thing's present state to the one asked for."""

    def __init__(self, thing: Stateful, to: str) -> None:
        labels = dict(type(thing)._meta.get_field("state").flatchoices)  # type: ignore[misc]
        super().__init__(
            "move_refused",
            _("“%(thing)s”现在是“%(now)s”，不能变为“%(to)s”。请刷新页面，看看是否已有人处理。")
            % {"thing": thing, "now": labels.get(thing.state, thing.state), "to": labels.get(to, to)},
        )
        self.thing, self.to = thing, to


class Stateful(models.Model):
    """A noun with a ``state`` field and a table ``MOVES``: state -> the states it may move to."""

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {}
    state: str

    class Meta:
        abstract = True

    @property
    def open_moves(self) -> list[str]:
        """The states that this thing may move to now, in the order of ``MOVES``."""
        return [str(move) for move in self.MOVES.get(self.state, ())]

    def may_move(self, to: str) -> bool:
        """Whether ``MOVES`` allows the move; who may order it is the querysets' business."""
        return to in self.MOVES.get(self.state, ())
