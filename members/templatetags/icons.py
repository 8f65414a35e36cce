"""Pictures drawn into the page: Lucide icons (``{% icon "clock" %}``), and what an authenticator scans."""

from functools import lru_cache

import segno
from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide import _render_icon

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 16, css: str = "icon") -> SafeString:
    """An icon as decoration: hidden from screen readers, since a word always stands beside it."""
    return draw(name, size, css)


@lru_cache(maxsize=512)
def draw(name: str, size: int, css: str) -> SafeString:
    """The SVG of an icon, kept after its first use (reading one from the archive takes 15 ms)."""
    svg = _render_icon(name, size, aria_hidden="true", focusable="false", **{"class": css})
    # Safe whatever is asked: the package draws only icons of its own archive and escapes every attribute.
    return mark_safe(svg)  # noqa: S308


@register.simple_tag
def scan(text: str) -> SafeString:
    """The text as a picture to be scanned (QR)."""
    # Safe whatever the text: it stands in the picture as squares, and nowhere as text.
    return mark_safe(segno.make(text).svg_inline(scale=5))  # noqa: S308
