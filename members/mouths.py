"""What every mouth (page, REST) does before it speaks a verb: fetch by an adjective, tell 404, 403 and 409 apart."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from members.states import Refused, Stateful

Thing = TypeVar("Thing", bound=Model)

LARGEST_ID = 2**63 - 1


def fetch(things: QuerySet[Thing], pk: Any) -> Thing:
    """The one row of an already scoped queryset; Http404 for what is hidden, absent or no id at all."""
    for thing in things.filter(pk=id_of(pk)).order_by()[:1]:  # there is nothing to put in order
        return thing
    raise Http404


def fetch_all(things: QuerySet[Thing], ids: Iterable[Any]) -> list[Thing]:
    """Every row that the ids name, in their order, each once; Http404 where one of them is hidden or absent."""
    wanted = list(dict.fromkeys(id_of(pk) for pk in ids))
    found = things.in_bulk(wanted)
    if len(found) != len(wanted):
        raise Http404
    return [found[pk] for pk in wanted]


def id_of(pk: Any) -> int:
    """What a path names as an id; Http404 for what cannot be one, before anything is asked of the database."""
    text = str(pk)
    if not (text.isascii() and text.isdigit() and len(text) <= 19 and int(text) <= LARGEST_ID):
        raise Http404
    return int(text)


def demand(thing: Model, user: Any, able: str, who: str | None = None) -> None:
    """Let pass only what the queryset word ``able`` holds for the user.

    ``who`` names a wider word: those over whom the user has the right in another state. A thing in ``who`` but not
    in ``able`` has moved on (Refused ``move_refused``: 409); outside both the user may not (PermissionDenied: 403).
    """
    things = type(thing)._default_manager.filter(pk=thing.pk)
    if getattr(things, able)(user).exists():
        return
    if who is not None and getattr(things, who)(user).exists():
        raise Refused("move_refused", moved_on(thing))
    raise PermissionDenied(_("您可以查看，但不能办理这件事。"))


def moved_on(thing: Model) -> str:
    """Why that is not done to it any more, in words."""
    if isinstance(thing, Stateful) and thing.ended:
        return thing.ended
    state = thing.get_state_display() if isinstance(thing, Stateful) else ""  # type: ignore[attr-defined]
    return _("“%(thing)s”现在是“%(state)s”，不能这样办理。请刷新后再看。") % {"thing": thing, "state": state}
