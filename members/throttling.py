"""How often one key, account or address may ask: a minute's window, shared through the cache.

Where the cache is away each process counts for itself: the limit is looser then, but nobody fails.
"""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from members.models import ApiClient

WINDOW = 60
PER_ACCOUNT = 600
CLAIMS, SEARCHES, EXPORTS = 60, 120, 30
_here: dict[str, tuple[int, int]] = {}


@dataclass(frozen=True, slots=True)
class Rate:
    """How a caller stands in this minute: ``remaining`` of ``limit`` requests until ``reset`` seconds have passed."""

    limit: int
    remaining: int
    reset: int
    over: bool


def count(name: str, limit: int) -> Rate:
    """Count one more request of ``name``."""
    window, passed = divmod(int(time.time()), WINDOW)
    asked = max(_shared(name, window), _own(name, window))
    return Rate(limit, max(limit - asked, 0), WINDOW - passed, asked > limit)


def over(name: str, limit: int) -> int | None:
    """Count one more request of ``name``: None within the limit, else the seconds to wait."""
    rate = count(name, limit)
    return rate.reset if rate.over else None


def spent(name: str, limit: int) -> int | None:
    """Whether the limit is used up, without counting: None while it is not, else the seconds to wait."""
    window, passed = divmod(int(time.time()), WINDOW)
    kept, count = _here.get(name, (window, 0))
    counted = max(int(cache.get(f"limit:{name}:{window}") or 0), count if kept == window else 0)
    return WINDOW - passed if counted >= limit else None


def _shared(name: str, window: int) -> int:
    """The count of all processes; 1 where the cache is away."""
    key = f"limit:{name}:{window}"
    with suppress(ValueError):  # the first of the minute
        return int(cache.incr(key))
    if not cache.add(key, 1, 2 * WINDOW):  # another process was the first
        with suppress(ValueError):  # evicted between the two
            return int(cache.incr(key))
    return 1


def _own(name: str, window: int) -> int:
    """The count of this process."""
    if len(_here) > 10_000:
        _here.clear()
    kept, count = _here.get(name, (window, 0))
    count = count + 1 if kept == window else 1
    _here[name] = (window, count)
    return count


class CallerThrottle(BaseThrottle):
    """REST's limit: a key's own ``per_minute``, one for all accounts; ``view.limits``: lower ones by action.

    How the caller stands is left as ``rate`` on Django's request, and told by CallerHeadersMiddleware.
    """

    def allow_request(self, request: Request, view: Any) -> bool:
        caller: Any = request.user
        if not caller.is_authenticated:
            return True
        is_client = isinstance(caller, ApiClient)
        limit = caller.per_minute if is_client else PER_ACCOUNT
        who = f"{'client' if is_client else 'user'}:{caller.pk}"
        inner: Any = request._request
        rate = inner.rate = count(who, limit)
        self.seconds = rate.reset if rate.over else None
        action = getattr(view, "action", None)
        special = getattr(view, "limits", {}).get(action)
        if self.seconds is None and special:
            self.seconds = over(f"{who}:{action}", special)
        return self.seconds is None

    def wait(self) -> float | None:
        return self.seconds
