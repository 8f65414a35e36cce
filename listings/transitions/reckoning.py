"""A notice on holidays comes after terms were set: those that the region's rule had set are reckoned anew."""

from __future__ import annotations

from datetime import date, datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import RuleSet
from alliances.working_days import Calendar
from listings.models import Item
from listings.querysets import CLAIMABLE
from listings.transitions.order import lock_items
from members.lifecycle import note
from members.models import Step


def reckon_terms(before: Calendar, *, at: datetime) -> int:
    """Terms that still run and cross days of which more is known than ``before`` fall due where the rule now says.

    Only what the rule had set moves: a day that somebody wrote, an extension, a term that is paused or over stays.
    Returns how many terms moved; each leaves a Step with both days. Safe to run twice.
    """
    now, today = Calendar.present(), timezone.localdate(at)
    days = {day for day in {*before.days, *now.days} if before.works_on(day) != now.works_on(day)}
    if not days:
        return 0
    running = Item.objects.filter(state__in=CLAIMABLE, paused_at=None, due_on__gte=max(today, min(days)))
    kind = ContentType.objects.get_for_model(Item)
    opened = Step.objects.filter(thing_type=kind, thing_id__in=running.values("pk"), verb="open")
    moments = dict(opened.order_by().values("thing_id").annotate(last=Max("at")).values_list("thing_id", "last"))
    rules: dict[str, int] = {}
    moved = 0
    for pk, region in running.filter(pk__in=moments).order_by("pk").values_list("pk", "region_id"):
        if region not in rules:
            rules[region] = RuleSet.objects.for_region(region).item_working_days
        begun = timezone.localdate(moments[pk])
        due, right = before.after(begun, rules[region]), now.after(begun, rules[region])
        moved += due != right and _move(pk, due, max(right, today), at=at)
    return moved


def _move(pk: int, due: date, right: date, *, at: datetime) -> bool:
    with transaction.atomic():
        (item,) = lock_items(Q(pk=pk))
        if item.due_on != due or item.paused_at is not None or item.state not in CLAIMABLE:
            return False
        item.due_on = right
        item.save(update_fields=["due_on", "updated_at"])
        reason = _("放假安排公布，办理期限由%(from)s重新推算为%(to)s。") % {"from": due, "to": right}
        note(item, "reckon", at=at, reason=reason, detail={"from": str(due), "to": str(right)})
    return True
