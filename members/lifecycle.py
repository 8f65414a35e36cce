"""How a thing changes its state: one table of moves per model, one function that moves, one Step that remembers.

A verb (a function of some ``transitions.py``) wraps its work in :func:`moving`; nothing else assigns ``.state``.
The Step row is history, audit and outbox at once: what has ``told_at IS NULL`` is still to be announced.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from members.models import ApiClient, Organization, Step
from members.states import MoveRefused, Refused, Stateful


@contextmanager
def moving(
    thing: Stateful,
    to: str,
    *,
    at: datetime,
    by: Any = None,
    organization: Organization | None = None,
    reason: str = "",
    verb: str = "",
    detail: dict[str, Any] | None = None,
    held: bool = False,
) -> Iterator[Stateful]:
    """Move ``thing`` to ``to`` and leave one Step; all in one transaction, with the row locked and freshly read.

    ``by`` is a User, an ApiClient, or None for the calendar; ``organization`` the one on whose behalf. ``held``: the
    caller's transaction has locked the row already, and read it then; a refusal ends it.
    Unsaved changes of ``thing`` made before the block are lost: change it inside the block.
    Raises MoveRefused when ``MOVES`` does not allow the move.
    """
    with transaction.atomic(savepoint=not held):
        if not held:
            lock(thing)
        if not thing.may_move(to):
            raise MoveRefused(thing, to)
        before, read = thing.state, dict(vars(thing))
        yield thing
        thing.state = to
        thing.save(update_fields=_changed(thing, read))
        note(
            thing, verb or to, at=at, by=by, organization=organization, reason=reason,
            from_state=before, to_state=to, detail=detail,
        )  # fmt: skip


def _changed(thing: models.Model, read: dict[str, Any]) -> list[str]:
    """The columns that hold something else than was read, with what dates itself and what can change inside."""
    held = vars(thing)
    own = [field for field in thing._meta.concrete_fields if field.attname in held and not field.primary_key]
    return [
        field.name
        for field in own
        if getattr(field, "auto_now", False)
        or isinstance(held[field.attname], list | dict)
        or field.attname not in read
        or read[field.attname] != held[field.attname]
    ]


def lock(thing: models.Model) -> None:
    """Lock the row until the end of the transaction and read it anew into ``thing``.

    Refused ``gone`` where somebody else has taken it away meanwhile: whoever comes second is told so.
    """
    try:
        thing.refresh_from_db(from_queryset=type(thing)._base_manager.select_for_update(of=("self",)))
    except type(thing).DoesNotExist as gone:  # type: ignore[attr-defined]
        raise Refused("gone", _("刚才已被撤下或删去，请刷新后再看。")) from gone


CLOCK = models.Func(function="clock_timestamp", output_field=models.DateTimeField())
"""The database's own clock at that moment, also late in a transaction."""


def touch(thing: models.Model) -> None:
    """Something that is shown with the thing has changed: it was changed just now, for who asks what has been."""
    type(thing)._base_manager.filter(pk=thing.pk).update(updated_at=CLOCK)


def note(
    thing: models.Model,
    verb: str,
    *,
    at: datetime,
    by: Any = None,
    organization: Organization | None = None,
    reason: str = "",
    from_state: str = "",
    to_state: str = "",
    detail: dict[str, Any] | None = None,
    first: bool = False,
) -> Step:
    """Leave a Step for something done to ``thing``; with ``to_state`` it also ends the stage before it. ``first``: the
    thing has just been made, and there is none."""
    kind = ContentType.objects.get_for_model(thing)
    if to_state and not first:
        Step.objects.filter(thing_type=kind, thing_id=thing.pk, until=None).exclude(to_state="").update(until=at)
    is_client = isinstance(by, ApiClient)
    return Step.objects.create(
        thing_type=kind, thing_id=thing.pk, verb=verb, from_state=from_state, to_state=to_state, at=at,
        by=None if is_client else by, client=by if is_client else None,
        organization=organization, reason=reason, detail=detail or {},
    )  # fmt: skip
