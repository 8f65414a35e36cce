"""What is due leaves the house: the bell is rung (published), a worker sends, and what nobody confirms is rung again.

Everything stands in PostgreSQL. A bell that is lost, a worker that dies, a broker that is away cost time, never a
message; who gets one twice gets it under the same id.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime, timedelta
from secrets import SystemRandom

from django.db import transaction
from django.utils.translation import gettext as _

from members.channels import CHANNELS, Undelivered, Withheld
from members.events import Events
from members.lifecycle import moving
from members.models import Delivery, User
from members.models.client import ApiClient

BATCH = 200
LEASE = timedelta(minutes=5)
"""How long a bell that was rung, or a worker that has the message in hand, is waited for."""
ATTEMPTS = 10
FIRST, LONGEST = timedelta(minutes=1), timedelta(hours=6)

State = Delivery.State
logger = logging.getLogger(__name__)
_chance = SystemRandom()


def publish(ring: Callable[[int], None], *, at: datetime, quiet: bool) -> int:
    """Ring the bell for everything that is due; how many. Where nobody hears it (``ring`` raises OSError), they wait.

    The rows stand as published before the bell rings: a worker that is quick finds them so.
    """
    with transaction.atomic():
        due = Delivery.objects.due(at, quiet).in_turn(at).select_for_update(skip_locked=True, of=("self",))
        keys = list(due.values_list("pk", flat=True)[:BATCH])
        Delivery.objects.filter(pk__in=keys).update(state=State.PUBLISHED, next_at=at + LEASE)
    for rung, key in enumerate(keys):
        try:
            ring(key)
        except OSError:
            unheard = Delivery.objects.filter(pk__in=keys[rung:], state=State.PUBLISHED, taken_until=None)
            unheard.update(state=State.PENDING, next_at=at)
            return rung
    return len(keys)


def send_due(events: Events, *, at: datetime, quiet: bool, clock: Callable[[], datetime] | None = None) -> int:
    """Send everything that is due here and now, without a bell; how many were taken by the other side.

    It may take long: where a ``clock`` runs, each message leaves at its own time, and one that breaks stops no other.
    """
    taken = 0
    for key in list(Delivery.objects.due(at, quiet).in_turn(at).values_list("pk", flat=True)):
        try:
            taken += deliver(key, events, at=clock() if clock else at, quiet=quiet)
        except Exception:
            logger.exception("delivery %s could not be marked", key)
    return taken


def deliver(pk: int, events: Events, *, at: datetime, quiet: bool = False) -> bool:
    """Send one message, unless it has been sent, somebody has it in hand, or it must wait for office hours; whether
    the other side took it.

    The row is marked before and after, never locked while the other side thinks. Whatever goes wrong on the way is an
    attempt that counts: what breaks each time is given up like what nobody answers.
    """
    delivery = _take(pk, at, quiet)
    if delivery is None:
        return False
    try:
        CHANNELS[delivery.channel](delivery, events, at)
    except Withheld:
        _end(delivery, state=State.WITHHELD, last_error="")
    except Undelivered as undelivered:
        _try_later(delivery, undelivered, at)
    except Exception:
        logger.exception("delivery %s broke", pk)
        _try_later(delivery, Undelivered(_("发送时出错。")), at)
    else:
        _end(delivery, state=State.CONFIRMED, confirmed_at=at, last_error="")
        return True
    return False


def replay(delivery: Delivery, *, by: User | ApiClient, at: datetime) -> Delivery:
    """Send it once more under the same id; the count of attempts begins anew."""
    with moving(delivery, State.PENDING, at=at, by=by, verb="replay"):
        delivery.attempts, delivery.next_at, delivery.taken_until, delivery.last_error = 0, at, None, ""
        delivery.confirmed_at = None
    return delivery


def _take(pk: int, at: datetime, quiet: bool) -> Delivery | None:
    """Take it in hand; None where that makes no sense: a bell may ring late, at night, or for what waits again."""
    with transaction.atomic():
        rows = Delivery.objects.allowed(quiet).rung_or_due(at).filter(pk=pk)
        delivery = rows.select_for_update(skip_locked=True, of=("self",)).first()
        if delivery is None or (delivery.taken_until is not None and delivery.taken_until > at):
            return None
        delivery.taken_until, delivery.attempts = at + LEASE, delivery.attempts + 1
        delivery.save(update_fields=["taken_until", "attempts"])
    return delivery


def _try_later(delivery: Delivery, undelivered: Undelivered, at: datetime) -> None:
    """Back to waiting, twice as long each time, a bit more or less so that not all come back at once."""
    reason = undelivered.reason[:200]
    if undelivered.final or delivery.attempts >= ATTEMPTS or delivery.is_tried_by_hand:
        _end(delivery, state=State.FAILED, last_error=reason)
    else:
        _end(delivery, state=State.PENDING, last_error=reason, next_at=at + pause_after(delivery.attempts))


def pause_after(attempts: int) -> timedelta:
    """1, 2, 4 … minutes, at most six hours, give or take half."""
    return min(LONGEST, FIRST * 2 ** (attempts - 1)) * _chance.uniform(0.5, 1.5)


def _end(delivery: Delivery, **changes: object) -> None:
    """The outcome of this attempt, unless another worker has reported its own meanwhile."""
    mine = Delivery.objects.filter(pk=delivery.pk, state__in=Delivery.UNDER_WAY)
    mine.filter(taken_until=delivery.taken_until).update(taken_until=None, **changes)
