"""What programs may subscribe to: each storey lists its events, as it lists its writers."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import DatabaseError
from django.db.models import Model

from members.models import ApiClient, Step

T = TypeVar("T")
logger = logging.getLogger(__name__)


class Withheld(Exception):
    """The program may no longer see what the message is about: it is not sent."""


@dataclass(frozen=True)
class Event:
    """A deed of which programs can be told. ``deeds``: (model label, verb or to_state). ``scopes``: a key needs one
    of them, as for reading the thing. ``show``: what of the thing is told, and no more: the rest is read with the key.
    """

    name: str
    label: Any
    deeds: frozenset[tuple[str, str]]
    scopes: frozenset[str]
    show: Callable[[Any], dict[str, Any]]

    def shown_to(self, client: ApiClient, step: Step) -> dict[str, Any] | None:
        """The thing as the client may see it now; None where it may not."""
        model: type[Model] | None = step.thing_type.model_class()
        if model is None or not self.scopes & set(client.scopes):
            return None
        seen: Any = model._default_manager
        thing = seen.visible_to(client).filter(pk=step.thing_id).first()
        return self.show(thing) if thing is not None else None


Events = Mapping[str, Event]


def by_name(*events: Event) -> dict[str, Event]:
    return {event.name: event for event in events}


def of_deed(events: Events, step: Step) -> list[Event]:
    """The events that the deed is; most deeds are none."""
    label = f"{step.thing_type.app_label}.{step.thing_type.model}"
    names = {(label, step.verb), (label, step.to_state)}
    return [event for event in events.values() if event.deeds & names]


def sheltered(otherwise: T, tell: Callable[..., T], *about: Any) -> T:
    """What it tells, or ``otherwise`` where its words break: one deed that cannot be told must not silence the rest.

    What the database refuses is raised: the transaction is spoilt for all of them.
    """
    try:
        return tell(*about)
    except DatabaseError:
        raise
    except Exception:
        logger.exception("could not be told: %s", about[-1])
        return otherwise
