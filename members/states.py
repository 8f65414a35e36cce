"""What it means to have a state: a table of moves, and a refusal that says why."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models.base import ModelState
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
            thing.ended
            or _("“%(thing)s”现在是“%(now)s”，不能变为“%(to)s”。请刷新页面，看看是否已有人处理。")
            % {"thing": thing, "now": labels.get(thing.state, thing.state), "to": labels.get(to, to)},
        )
        self.thing, self.to = thing, to


class Stateful(models.Model):
    """A noun with a ``state`` field and a table ``MOVES``: state -> the states it may move to."""

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {}
    state: str

    class Meta:
        abstract = True

    @classmethod
    def from_db(cls, db: str | None, field_names: Collection[str], values: Collection[Any], **_later: Any) -> Self:
        """What the database gives is taken over as it stands, all at once: no field of ours does anything on being
        set, and half the cost of a long list is setting them one by one."""
        made = cls.__new__(cls)
        made.__dict__.update(zip(field_names, values, strict=True))
        made._state = ModelState()
        made._state.adding, made._state.db = False, db
        return made

    @property
    def ended(self) -> str:
        """Why nothing can be done with it any more, where the word of its state does not say enough; else empty."""
        return ""

    @property
    def open_moves(self) -> list[str]:
        """The states that this thing may move to now, in the order of ``MOVES``."""
        return [str(move) for move in self.MOVES.get(self.state, ())]

    def may_move(self, to: str) -> bool:
        """Whether ``MOVES`` allows the move; who may order it is the querysets' business."""
        return to in self.MOVES.get(self.state, ())
