"""Parts of a page that only lists know."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from alliances.money import in_yuan
from listings.models import Item, Measure
from listings.querysets import CLAIMABLE
from members.templatetags.ui import badge, due

register = template.Library()


@register.inclusion_tag("items/_supervision.html")
def supervision(item: Item) -> dict[str, Any]:
    """That the item waits for others, or has come up for supervision (督办) and to whom; nothing once it is done."""
    at_work = item.state in CLAIMABLE
    return {"item": item, "waits": at_work and item.paused_at is not None, "level": at_work and item.supervision}


@register.inclusion_tag("_due.html")
def term(item: Item, today: date) -> dict[str, Any]:
    """How many days an item has left; nothing where it no longer waits for anybody's work."""
    open_still = item.due_on is not None and item.state in CLAIMABLE
    return due((item.due_on - today).days if open_still else None)  # type: ignore[operator]


@register.simple_tag
def board_term(item: Item, today: date) -> SafeString:
    """The same in as few elements as a board of many cards can bear."""
    said = term(item, today)
    if not said["word"]:
        return SafeString("")
    return format_html('<span class="due due--{}">{}</span>', said["tone"], said["word"])


@register.inclusion_tag("_due.html")
def promise(claim: Any, today: date) -> dict[str, Any]:
    """How many days a claim has left: until what was promised, else until the item's term."""
    day = claim.promised_on or claim.item.due_on
    return due((day - today).days if day and claim.state in ("claimed", "in_hand") else None)


@register.filter
def lacks_lead(held: list[Any]) -> bool:
    """Whether none of the claims is the lead's."""
    return all(claim.role != "lead" for claim in held)


@register.simple_tag
def urgency(item: Item) -> str:
    """How urgent, as a small mark; nothing for what is not."""
    if item.urgency == Item.Urgency.NORMAL:
        return ""
    tone = "late" if item.urgency == Item.Urgency.EXTREME else "open"
    return render_to_string("_badge.html", badge(item.get_urgency_display(), tone, "siren"))


@register.simple_tag
def reached(value: Decimal | None, measure: Measure) -> str:
    """What was reached by a measure: 204,000,000.00 where it is exact, else 73; a dash where nothing is recorded."""
    if value is None:
        return "—"
    return in_yuan(value) if measure.exact else f"{int(value):,}"
