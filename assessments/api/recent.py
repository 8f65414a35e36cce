"""An answer of a moment ago, for who says that it will do: a whole province is counted in seconds and read by many.

No figure is kept otherwise. Who says nothing is counted for at once; who accepts an older answer is told of when it is.
"""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import cache
from django.utils.translation import get_language

from assessments.api.asked import LONGEST, Asked


def answer(asked: Asked, *, few_hidden: bool, now: datetime) -> dict[str, Any]:
    """The body of the answer; for who accepts an older one with ``counted_at``, since when its counting ran.

    Kept is what is counted over all alliances of a region, which is the same for whoever may ask for it. Who reads the
    figures of his own alliances only is always counted for.
    """
    if not asked.max_age:
        return asked.answer(few_hidden=few_hidden)
    shared = asked.asking.reach.alliances is None
    name = _name(asked, few_hidden)
    body: dict[str, Any] | None = cache.get(name) if shared else None
    if body is None or now - datetime.fromisoformat(body["counted_at"]) > timedelta(seconds=asked.max_age):
        body = asked.answer(few_hidden=few_hidden) | {"counted_at": now.isoformat()}
        if shared:
            cache.set(name, body, LONGEST)
    return body


def _name(asked: Asked, few_hidden: bool) -> str:
    """One for each question: everything on which the body depends."""
    said = sorted((key, str(value)) for key, value in asked.asking.form.said.items())
    parts = (
        get_language(), few_hidden, asked.asking.region.code, asked.first, asked.to, asked.as_of, asked.group,
        [metric.key for metric in asked.metrics], said,
    )  # fmt: skip
    return f"statistics:{hashlib.sha256(repr(parts).encode()).hexdigest()}"
