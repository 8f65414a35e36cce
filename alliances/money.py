"""What money is here: decimals to the fen, divided so that no fen is lost."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

FEN = Decimal("0.01")
LARGEST = Decimal("999999999999.99")
"""What a column of fourteen digits holds."""


def amount_of(value: Any, field: str = "amount") -> Decimal:
    """A positive amount in yuan with at most two places; ValidationError in words for anything else."""
    if not isinstance(value, Decimal) or not value.is_finite():
        raise ValidationError({field: _("金额应是一个数。")})
    if not FEN <= value <= LARGEST:
        raise ValidationError({field: _("金额应大于0，不超过9999亿元。")})
    if value != value.quantize(FEN):
        raise ValidationError({field: _("金额只到分，最多两位小数。")})
    return value.quantize(FEN)


def split(amount: Decimal, percents: Sequence[Decimal]) -> list[Decimal]:
    """The amount divided by shares that sum to 100 %, exact to the fen.

    Each share is cut to whole fen; the fen left over go one by one to the largest remainders, among equal ones in the
    order of the scheme.
    """
    if sum(percents) != 100 or min(percents, default=0) < 0:
        raise ValueError(f"shares sum to {sum(percents)}, not to 100")
    fen = int(amount * 100)
    parts = [divmod(fen * int(percent * 100), 10_000) for percent in percents]
    shares = [whole for whole, _rest in parts]
    by_remainder = sorted(range(len(parts)), key=lambda place: (-parts[place][1], place))
    for place in by_remainder[: fen - sum(shares)]:
        shares[place] += 1
    return [Decimal(share) * FEN for share in shares]


def reserve_of(share: Decimal, rate: Decimal) -> Decimal:
    """What a party puts in reserve: the rate of its own share, half up to the fen; never more than the share."""
    return (share * rate / 100).quantize(FEN, ROUND_HALF_UP)


def in_yuan(amount: Decimal) -> str:
    """The amount as books print it: 1,000,000.00."""
    return f"{amount:,.2f}"
