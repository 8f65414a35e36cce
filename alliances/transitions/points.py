"""The verbs of points, lines and areas (点线面): a department names demonstration sites and lays belts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Belt, BeltStop, DemonstrationSite
from alliances.transitions.alliance import refuse_idle
from members.lifecycle import lock, note, touch
from members.models import Region
from members.states import Refused

MOST_STOPS = 60


@transaction.atomic
def designate(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> DemonstrationSite:
    """The alliance is a demonstration site (示范点) from this day on. Refused ``not_running`` or ``already_site``."""
    lock(alliance)
    refuse_idle(alliance)
    if alliance.demonstrations.filter(until=None).exists():
        raise Refused("already_site", _("“%(alliance)s”已经是示范点。") % {"alliance": alliance})
    site = DemonstrationSite.objects.create(alliance=alliance, region=alliance.region, since=timezone.localdate(at))
    note(alliance, "designate", at=at, by=by, reason=_said(reason))
    return site


@transaction.atomic
def undesignate(alliance: Alliance, *, by: Any, at: datetime, reason: str) -> Alliance:
    """The alliance is a demonstration site no more: it was one up to the day before. Refused ``no_site``."""
    lock(alliance)
    if not alliance.demonstrations.filter(until=None).update(until=timezone.localdate(at)):
        raise Refused("no_site", _("“%(alliance)s”现在不是示范点。") % {"alliance": alliance})
    note(alliance, "undesignate", at=at, by=by, reason=_said(reason))
    return alliance


@transaction.atomic
def lay(
    region: Region, *, kind: str, name: str, alliances: Sequence[Alliance], by: Any, at: datetime, reason: str = ""
) -> Belt:
    """A belt, route or district (发展带, 红色风景线, 红色片区) strings the alliances in this order from this day on."""
    belt = Belt(region=region, kind=kind, name=name.strip(), since=timezone.localdate(at))
    belt.full_clean()
    belt.save()
    _string(belt, alliances)
    note(belt, "lay", at=at, by=by, reason=reason, detail={"stops": len(alliances)})
    return belt


@transaction.atomic
def rename(belt: Belt, *, by: Any, at: datetime, name: str) -> Belt:
    """It bears another name; the Step keeps the one before."""
    lock(belt)
    _refuse_ended(belt)
    before, belt.name = belt.name, name.strip()
    belt.full_clean()
    belt.save()
    note(belt, "rename", at=at, by=by, detail={"from": before})
    return belt


@transaction.atomic
def arrange(belt: Belt, *, by: Any, at: datetime, alliances: Sequence[Alliance]) -> Belt:
    """Exactly these alliances stop on it, in this order."""
    lock(belt)
    _refuse_ended(belt)
    before = list(belt.stops.order_by("position").values_list("alliance__name", flat=True))
    _string(belt, alliances)
    touch(belt)
    note(belt, "arrange", at=at, by=by, detail={"from": before})
    return belt


@transaction.atomic
def end_belt(belt: Belt, *, by: Any, at: datetime, reason: str) -> Belt:
    """It stood up to the day before; its stops stay for the past."""
    lock(belt)
    _refuse_ended(belt)
    belt.until = timezone.localdate(at)
    belt.save()
    note(belt, "end_belt", at=at, by=by, reason=_said(reason))
    return belt


def _string(belt: Belt, alliances: Sequence[Alliance]) -> None:
    """Old and new stops; every alliance once, running and in the belt's region."""
    if not 2 <= len(alliances) <= MOST_STOPS:
        raise ValidationError({"alliances": _("至少两个、至多60个联合体。")})
    if len({alliance.pk for alliance in alliances}) != len(alliances):
        raise ValidationError({"alliances": _("同一个联合体只能停靠一次。")})
    known = set(belt.stops.values_list("alliance_id", flat=True))
    for alliance in alliances:
        if not alliance.region_id.startswith(belt.region_id):
            raise ValidationError({"alliances": _("“%(name)s”不在这条线的区划内。") % {"name": alliance}})
        if alliance.pk not in known:
            refuse_idle(alliance)
    belt.stops.all().delete()
    BeltStop.objects.bulk_create(
        BeltStop(belt=belt, alliance=alliance, position=place) for place, alliance in enumerate(alliances, start=1)
    )


def _refuse_ended(belt: Belt) -> None:
    if belt.until is not None:
        raise Refused("ended", _("“%(belt)s”已经撤销。") % {"belt": belt})


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    return reason
