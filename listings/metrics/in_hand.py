"""The figures of what is in hand, and what of it is late; shown by the dynamic review."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Nature, Period
from listings.metrics.terms import overdue_at
from listings.models import Item
from members.models import Step

IN_HAND = (Item.State.CLAIMED.value, Item.State.IN_HAND.value)


def items_in_hand(period: Period) -> QuerySet:
    """Service items that stood claimed or in hand at the end of the period."""
    standing = Step.objects.standing_in_any(Item, at=period.end).filter(to_state__in=IN_HAND)
    return Item.objects.services().filter(pk__in=standing.values("thing_id"))


def items_overdue(period: Period) -> QuerySet:
    """Those of them that were late then, with ``due_then``."""
    return overdue_at(period.last).filter(pk__in=items_in_hand(period).values("pk"))


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
        rows=items_overdue,
        kind="kind",
    ),
)
