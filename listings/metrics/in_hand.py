"""The figures of what is in hand, and what of it is late; shown by the dynamic review."""

from __future__ import annotations

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Nature, Period
from listings.metrics.terms import with_terms
from listings.models import Item
from members.models import Step

IN_HAND = (Item.State.CLAIMED.value, Item.State.IN_HAND.value)


def items_in_hand(period: Period) -> QuerySet:
    """Service items that stood claimed or in hand at the end of the period, with ``due_then``, and ``late``: 1 where
    that term was behind them, else 0."""
    standing = Step.objects.standing_in_any(Item, at=period.end).filter(to_state__in=IN_HAND)
    items = with_terms(Item.objects.services().filter(pk__in=standing.values("thing_id")), period.last)
    return items.annotate(late=Case(When(due_then__lt=period.last, then=Value(1)), default=Value(0)))


IN_HAND_METRICS: tuple[Metric, ...] = (
    Metric(
        key="items_in_hand",
        label=_("办理中事项"),
        unit=_("项"),
        definition=_("截止日当天结束时已认领或办理中的服务事项。"),
        nature=Nature.STOCK,
        rows=items_in_hand,
        kind="kind",
    ),
    Metric(
        key="items_overdue",
        label=_("其中逾期"),
        unit=_("项"),
        definition=_("办理中事项里，办理期限在截止日之前的（按那时的期限）；暂停计时的不算逾期。"),
        nature=Nature.STOCK,
        rows=items_in_hand,
        where=Q(late=1),
        kind="kind",
    ),
)
