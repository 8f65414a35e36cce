"""Which items were late at the end of a day of the past: by the term that held then, whatever was granted since."""

from __future__ import annotations

from datetime import date

from django.db.models import Case, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Least

from alliances.measures import end_of
from listings.models import Extension, Item, Pause
from listings.querysets.scope import CLAIMABLE
from members.models import Step


def with_terms(items: QuerySet, day: date) -> QuerySet:
    """With ``due_then``, the term that held at the end of the day; none for what waited for others then.

    A term only moves outwards: what the first extension or pause after the day found is what held on the day.
    """
    end = end_of(day)
    waiting = Pause.objects.filter(paused_at__lte=end).filter(Q(ended_at=None) | Q(ended_at__gt=end))
    extended = Extension.objects.filter(item=OuterRef("pk"), state="granted", decided_at__gt=end)
    paused = Pause.objects.filter(item=OuterRef("pk"), paused_at__gt=end)
    before = Least(
        Subquery(extended.order_by("decided_at").annotate(stood=Coalesce("stood_on", "due_on")).values("stood")[:1]),
        Subquery(paused.order_by("paused_at").values("due_on")[:1]),
    )
    waited = When(pk__in=waiting.values("item"), then=None)
    return items.annotate(due_then=Case(waited, default=Coalesce(before, F("due_on"))))


def overdue_at(day: date) -> QuerySet:
    """Items that stood undone at the end of the day with their term behind them, with ``due_then``."""
    end = end_of(day)
    standing = Step.objects.standing_in_any(Item, at=end).filter(to_state__in=CLAIMABLE)
    undone = Item.objects.filter(pk__in=standing.values("thing_id"))
    return with_terms(undone, day).filter(due_then__lt=day)
