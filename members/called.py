"""What people name: a place or a Party organisation, by its code or as it is called.

A code is enough; a name has to be of one alone. Whoever names several is told which there are, out of those that they
may see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _

from members.models import Organization, Region
from members.querysets import OrganizationQuerySet, RegionQuerySet

SHOWN = 5
"""So many of one name are told apart; who named more has to say more."""


def the_region(said: str, among: RegionQuerySet) -> Region:
    """The one region of that code, of exactly that name, or with that in its name.

    ValidationError for none and for several.
    """
    ways = (among.filter(pk=said), among.filter(name=said), among.filter(name__contains=said))
    return _the_one(said, ways, with_their_place, _("没有找到这个地方，或它不在您的范围内；可填名称或区划代码。"))


def the_organization(said: str, among: OrganizationQuerySet) -> Organization:
    """The one organisation of that code, of that full or short name, or that matches it (also by its pinyin).

    ValidationError for none and for several.
    """
    ways = (among.coded(said), among.filter(Q(name=said) | Q(short_name=said)), among.matching(said))
    return _the_one(said, ways, with_their_code, _("没有找到这个党组织，或它不在您的范围内；可填名称或组织代码。"))


def _the_one(said: str, ways: Iterable[Any], tell: Callable[[list[Any]], list[str]], none: str) -> Any:
    for way in ways:
        found = list(way.order_by("pk")[: SHOWN + 1])
        if len(found) == 1:
            return found[0]
        if found:
            more = _("等") if len(found) > SHOWN else ""
            words = _("“%(said)s”不止一个：%(which)s%(more)s。请写全名称，或填写代码。")
            raise ValidationError(words % {"said": said, "which": "、".join(tell(found[:SHOWN])), "more": more})
    raise ValidationError(none)


def with_their_place(regions: list[Region]) -> list[str]:
    """东石桥社区（巴林左旗林东街道，150422404002）; one query for all."""
    above = Region.objects.in_bulk({code for region in regions for code in region.ancestor_codes if len(code) > 4})
    told = []
    for region in regions:
        where = "".join(above[code].name for code in region.ancestor_codes if code in above)
        told.append(f"{region.name}（{'，'.join(part for part in (where, region.code) if part)}）")
    return told


def with_their_code(organizations: list[Organization]) -> list[str]:
    """妇联（ORG-000006）."""
    return [f"{one.label}（{one.code}）" for one in organizations]
