"""The closed loop in all its stages (闭环): how far the items of a time had come by its end."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Period
from listings.models import Item
from members.models import Step

STAGES = (
    ("collected", _("收集")),
    ("studied", _("研判")),
    ("opened", _("开放认领")),
    ("claimed", _("认领或签收")),
    ("in_hand", _("办理中")),
    ("done", _("办结")),
    ("confirmed", _("提出方确认")),
)


def stages_of(period: Period, items: QuerySet) -> dict[str, int]:
    """Of the items collected in the period how many had come to each stage, or past it, by its end; one statement.

    Who skipped a stage has passed it: departments that a whistle called sign for an item without a claim, and a
    problem goes with the service item that answers it. Each number is therefore no greater than the one before.
    """
    last = period.last

    def stood(*states: str, path: str = "pk") -> Q:
        steps = Step.objects.filter(
            thing_type=ContentType.objects.get_for_model(Item),
            thing_id=OuterRef(path),
            to_state__in=states,
            at__lte=period.end,
        )
        return Q(Exists(steps))

    def by(field: str) -> Q:
        return Q(**{f"{field}__lte": last}) | Q(**{f"answered_by__{field}__lte": last})

    confirmed = Q(confirmed_on__lte=last)
    done = by("done_on") | confirmed
    in_hand = stood("in_hand") | stood("in_hand", path="answered_by") | done
    claimed = by("first_claimed_on") | in_hand
    opened = stood("open", "linked") | claimed
    passed = {
        "studied": stood("studied") | opened, "opened": opened, "claimed": claimed, "in_hand": in_hand, "done": done,
        "confirmed": confirmed,
    }  # fmt: skip
    rows = items.exclude(state=Item.State.FORWARDED).filter(collected_on__range=period.days).order_by()
    counts = {name: Count("pk", filter=condition) for name, condition in passed.items()}
    return rows.aggregate(collected=Count("pk"), **counts)
