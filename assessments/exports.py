"""What goes out as a spreadsheet: the rows that a list page shows, in the columns that an import takes back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.filters import ActivityFilter, AllianceFilter
from alliances.models import Activity, Alliance
from assessments.imports import BY_KIND
from listings.filters.item import ItemFilter, ListingFilter
from listings.filters.project import ServiceFilter
from listings.models import Item, Listing, Service
from members.filters import OrganizationFilter
from members.importing.importer import Importer
from members.lifecycle import note
from members.models import Approval, Organization, PartyMember, Region, User
from members.scope import rights_of
from members.transitions import propose

GRANTED = timedelta(hours=24)
"""For how long an approved export of persons may be fetched, by who asked for it."""


@dataclass(frozen=True)
class Export:
    """``things(user)`` is what the list page shows, ``filterset`` how it is narrowed there; ``rows(user, things)``
    leads from what is listed to what is written, where the two differ. ``sheet`` names the importer that takes the
    rows back, where it is called otherwise."""

    kind: str
    filterset: Any
    things: Callable[[Any], Any]
    rows: Callable[[Any, Any], Any] = lambda user, things: things
    sheet: str = ""

    @property
    def url(self) -> str:
        return reverse(f"exports:{self.kind}")

    @property
    def label(self) -> str:
        return str(self.importer.label)

    @property
    def importer(self) -> Importer:
        return BY_KIND[self.sheet or self.kind]


def _organizations(user: Any) -> Any:
    return Organization.objects.visible_to(user).filter(merged_into=None).order_by("code")


def _alliances(user: Any) -> Any:
    return Alliance.objects.visible_to(user).order_by("region", "pk")


def _listings(user: Any) -> Any:
    return Listing.objects.visible_to(user)


def _items_of(user: Any, listings: Any) -> Any:
    """The items that the user sees on those lists."""
    items = Item.objects.visible_to(user).filter(listing__in=listings.order_by().values("pk"))
    return items.order_by("listing", "pk")


def _items(user: Any) -> Any:
    return Item.objects.visible_to(user).order_by("-collected_on", "-pk")


def _activities(user: Any) -> Any:
    return Activity.objects.visible_to(user).order_by("planned_on", "pk")


def _services(user: Any) -> Any:
    return Service.objects.visible_to(user).current().order_by("title", "pk")


EXPORTS_OF: tuple[Export, ...] = (
    Export("organizations", OrganizationFilter, _organizations),
    Export("alliances", AllianceFilter, _alliances),
    Export("listings", ListingFilter, _listings, _items_of),
    Export("items", ItemFilter, _items, sheet="listings"),
    Export("activities", ActivityFilter, _activities),
    Export("services", ServiceFilter, _services),
)
BY_NAME = {export.kind: export for export in EXPORTS_OF}


def people_granted(user: User, *, at: datetime) -> Approval | None:
    """The approved export of persons that the user may still fetch."""
    asked = Approval.objects.filter(verb="people.export", proposed_by=user, state="approved")
    return asked.filter(decided_at__gt=at - GRANTED).order_by("-decided_at").first()


def ask_for_people(user: User, *, at: datetime, reason: str) -> Approval:
    """A department asks to export the persons of its region; another person must agree."""
    departments = rights_of(user).departments
    if not departments:
        raise PermissionDenied(_("党员名单由组织部门经双人复核导出；党组织只导出自己的名单。"))
    region = Region.objects.get(pk=departments[0])
    return propose("people.export", region, by=user, at=at, reason=reason, region_id=region.pk)


def grant_people(region: Region, *, by: User, at: datetime, reason: str) -> Region:
    """The second person agrees: who asked may fetch the file within a day. Nothing else changes."""
    note(region, "grant_export", at=at, by=by, reason=reason)
    return region


def people_of(user: User, *, at: datetime) -> tuple[models.QuerySet[PartyMember], str]:
    """The persons that the user may export now, and why; PermissionDenied where there is no ground for it."""
    present = PartyMember.objects.filter(until=None).order_by("organization__code", "pk")
    granted = people_granted(user, at=at)
    code = granted.region_id if granted is not None else None
    if granted is not None and code and rights_of(user).directs(code):
        return present.within(code), granted.reason
    own = rights_of(user).organizations
    if not own:
        raise PermissionDenied(_("导出党员名单要先经另一位同志复核。"))
    return present.filter(organization__in=own), _("导出本组织名单")


def export_people(user: User, *, at: datetime) -> Iterator[list[Any]]:
    """The rows, once it is on record that they were asked for."""
    people, reason = people_of(user, at=at)
    note(user, "export_people", at=at, by=user, reason=reason, detail={"people": people.count()})
    return BY_KIND["people"].exported(people)
