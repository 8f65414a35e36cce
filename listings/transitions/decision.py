"""How what was decided gets onto the lists (决议列入清单)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Decision
from alliances.transitions.alliance import refuse_idle
from listings.models import Item
from listings.models.listing import Kind
from listings.transitions.item import collect
from listings.transitions.listing import current_list
from members.lifecycle import lock, note, touch
from members.models import Organization
from members.states import Refused

KINDS = (Kind.PROBLEM, Kind.SUPPLY_DEMAND, Kind.PROJECT)
"""On which lists a decision may put an item."""


@transaction.atomic
def enact(
    decision: Decision, *, kind: str, title: str = "", detail: str = "", by: Any, at: datetime, **words: Any
) -> Item:
    """Put an item on the alliance's current list of that kind, in the decision's own words unless others are given.

    It was asked by whoever proposed the topic, else by the lead: who asked confirms it in the end. A decision may
    become several items. Raises Refused ``not_adopted`` and ``not_running``.
    """
    lock(decision)
    if decision.state != Decision.State.ADOPTED:
        raise Refused("not_adopted", _("决议通过之后才能列入清单。"))
    refuse_idle(decision.alliance)
    if kind not in KINDS:
        raise ValidationError({"kind": _("决议可以列入问题清单、供需清单或项目清单。")})
    item = collect(
        current_list(decision.alliance, kind, by=by, at=at), title=title or decision.title,
        detail=detail or decision.text, asked_by=asker_of(decision), decision=decision, by=by, at=at, **words,
    )  # fmt: skip
    touch(decision)
    note(decision, "enact", at=at, by=by, organization=decision.alliance.lead, detail={"item": item.pk})
    return item


def asker_of(decision: Decision) -> Organization:
    """Who proposed the topic, while it is a member; else the lead."""
    alliance, topic = decision.alliance, decision.topic
    if topic and alliance.memberships.current().filter(organization=topic.proposed_by_id).exists():
        return topic.proposed_by
    return alliance.lead
