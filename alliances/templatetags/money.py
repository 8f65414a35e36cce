"""Money on pages."""

from decimal import Decimal

from django import template

from alliances.money import in_yuan

register = template.Library()


@register.filter
def yuan(amount: Decimal | None) -> str:
    """1,000,000.00; a dash for nothing known."""
    return "—" if amount is None else in_yuan(amount)


@register.filter
def rate(percent: Decimal) -> str:
    """A share in per cent without idle zeros: 40%, 33.33%."""
    return f"{percent.normalize():f}%"


@register.filter
def of_kind(kinds: dict[str, Decimal], kind: str) -> Decimal | None:
    """What a year brought of one kind."""
    return kinds.get(kind)
