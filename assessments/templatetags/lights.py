"""The light of an alliance as a tag, for pages of lower storeys."""

from typing import Any

from django import template
from django.template import Context

from alliances.models import Alliance
from assessments.lights import latest
from assessments.models import ReviewRow

register = template.Library()


@register.simple_tag(takes_context=True)
def light_of(context: Context, alliance: Alliance) -> ReviewRow | None:
    """The row of its last review, where the user may read it."""
    request: Any = context.get("request")
    return latest(alliance, request.user) if request is not None else None
