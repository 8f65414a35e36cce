"""Coverage of double registration (双报到覆盖): which organs and members there are, and which of them are registered.

Two figures with their denominators. A share says both numbers; regions stand in the order of their codes, unranked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric, Nature, Number, Period
from alliances.models import OrganLink, Registration
from members.models import Organization, PartyMember


def organs_linked(period: Period) -> QuerySet:
    """Organs that are linked to a community at the end of the period, once each."""
    linked = OrganLink.objects.as_of(period.last).values("organ")
    return Organization.objects.organs().filter(pk__in=linked)


def organs_unlinked(period: Period) -> QuerySet:
    """Organs that are linked to no community at the end of the period."""
    linked = OrganLink.objects.as_of(period.last).values("organ")
    return Organization.objects.organs().exclude(pk__in=linked)


def members_in_service(period: Period) -> QuerySet:
    """Party members who then belong to an organ (在职党员)."""
    organs = Organization.objects.organs().order_by().values("pk")
    return PartyMember.objects.as_of(period.last).filter(organization__in=organs)


def members_registered(period: Period) -> QuerySet:
    """Those of them who are then registered with a community, once each."""
    registered = Registration.objects.as_of(period.last).values("person")
    return members_in_service(period).filter(pk__in=registered)


def members_unregistered(period: Period) -> QuerySet:
    """Members in service who are then registered with no community."""
    registered = Registration.objects.as_of(period.last).values("person")
    return members_in_service(period).exclude(pk__in=registered)


ORGANS_LINKED = Metric(
    key="organs_linked",
    label=_("结对社区的机关"),
    unit=_("个"),
    definition=_("截止日当天结束时与社区或嘎查村结对的机关党组织，结对几个也只计一次；在机关所在地统计。"),
    nature=Nature.STOCK,
    rows=organs_linked,
    alliance=None,
)
MEMBERS_REGISTERED = Metric(
    key="members_registered",
    label=_("到社区报到的党员"),
    unit=_("名"),
    definition=_("截止日当天结束时在社区或嘎查村报到的机关在职党员，每人只计一次；在其机关所在地统计。"),
    nature=Nature.STOCK,
    rows=members_registered,
    region="organization__region",
    alliance=None,
    persons=True,
)
ORGANS = Metric(
    key="organs",
    label=_("机关党组织"),
    unit=_("个"),
    definition=_("登记在册的机关党组织。"),
    nature=Nature.STOCK,
    rows=lambda period: Organization.objects.organs(),
    alliance=None,
)
MEMBERS_IN_SERVICE = Metric(
    key="members_in_service",
    label=_("机关在职党员"),
    unit=_("名"),
    definition=_("截止日当天在册的机关党组织的党员。"),
    nature=Nature.STOCK,
    rows=members_in_service,
    region="organization__region",
    alliance=None,
    persons=True,
)


@dataclass(frozen=True, slots=True)
class Coverage:
    """The four numbers of a place: linked of all organs, registered of all members in service."""

    code: str
    label: str
    linked: Number
    organs: Number
    registered: Number
    members: Number

    @property
    def without_link(self) -> Number:
        return (self.organs or 0) - (self.linked or 0)

    @property
    def without_registration(self) -> Number:
        return (self.members or 0) - (self.registered or 0)


FOUR = (ORGANS_LINKED, ORGANS, MEMBERS_REGISTERED, MEMBERS_IN_SERVICE)


def coverage(places: list[tuple[str, str]], code: str, day: date) -> list[Coverage]:
    """The coverage of each place (code, name) of the level beneath ``code`` at the end of the day."""
    period = Period(day, day)
    numbers = [metric.by(period, code, "region") for metric in FOUR]
    return [Coverage(place, name, *(found.get(place, 0) for found in numbers)) for place, name in places]


def total(rows: list[Coverage], code: str, label: str) -> Coverage:
    """The sum of the rows: parts add up to the whole."""
    names = ("linked", "organs", "registered", "members")
    return Coverage(code, label, *(sum(getattr(row, name) or 0 for row in rows) for name in names))
