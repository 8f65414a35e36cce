"""How a computed value becomes points: in proportion, by a threshold, by steps; exact, never by rank."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from assessments.models import Indicator

CENT = Decimal("0.01")
NOTHING, WHOLE = Decimal(0), Decimal(100)


def rounded(value: Decimal) -> Decimal:
    return value.quantize(CENT, ROUND_HALF_UP)


def points(indicator: Indicator, value: Any) -> Decimal:
    """0 to 100, two decimals; a better value never gives fewer."""
    return rounded(_BY[Indicator.Rule(indicator.rule)](indicator, Decimal(str(value))))


def _linear(indicator: Indicator, value: Decimal) -> Decimal:
    """0 at ``zero_at``, 100 at ``full_at``, in proportion between, never outside."""
    zero, full = Decimal(indicator.zero_at or 0), Decimal(indicator.full_at or 0)
    return min(max((value - zero) / (full - zero), NOTHING), Decimal(1)) * WHOLE


def _threshold(indicator: Indicator, value: Decimal) -> Decimal:
    """All at ``full_at`` or beyond, else nothing."""
    return WHOLE if _reached(indicator, value, Decimal(indicator.full_at or 0)) else NOTHING


def _step(indicator: Indicator, value: Decimal) -> Decimal:
    """The points of the furthest step reached."""
    reached = [Decimal(step["points"]) for step in indicator.steps if _reached(indicator, value, Decimal(step["at"]))]
    return max(reached, default=NOTHING)


def _reached(indicator: Indicator, value: Decimal, at: Decimal) -> bool:
    return value <= at if indicator.falls else value >= at


_BY = {Indicator.Rule.LINEAR: _linear, Indicator.Rule.THRESHOLD: _threshold, Indicator.Rule.STEP: _step}
