"""What can come in and go out as a spreadsheet: the importers of all storeys in one list, and what they speak for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from alliances.importing.activity import ActivityImporter
from alliances.importing.alliance import AllianceImporter
from listings.importing.listing import ListingImporter
from listings.importing.service import ServiceImporter
from members.importing import runs
from members.importing.importer import Importer
from members.importing.organizations import OrganizationImporter
from members.importing.people import PartyMemberImporter
from members.models import Approval, ImportRun, User
from members.states import Refused
from members.transitions import propose

IMPORTERS: tuple[Importer, ...] = (
    OrganizationImporter(),
    PartyMemberImporter(),
    AllianceImporter(),
    ListingImporter(),
    ActivityImporter(),
    ServiceImporter(),
)
"""In the order in which an office needs them: each names what the ones before it have brought."""

BY_KIND = {importer.kind: importer for importer in IMPORTERS}


def open_to(user: Any) -> list[Importer]:
    """The kinds that the user may hand in."""
    return [importer for importer in IMPORTERS if importer.open_to(user)]


def importer_of(run: ImportRun) -> Importer:
    return BY_KIND[run.kind]


def confirm(run: ImportRun, *, by: User, at: datetime, reason: str = "") -> Approval | None:
    """The good rows are to be written; where the kind asks for a second person, an Approval waits for them first."""
    if not importer_of(run).second_person:
        runs.order(run, by=by, at=at)
        return None
    if run.state != ImportRun.State.CHECKED or not run.good:
        raise Refused("nothing_to_do", _("没有可以导入的行。"))
    return propose("imports.apply", run, by=by, at=at, reason=reason or run.file_name, region_id=run.region_id)


def apply_now(run: ImportRun, *, by: User, at: datetime, reason: str = "") -> ImportRun:
    """The second person has agreed: the rows are written by whoever takes up the run next."""
    return runs.order(run, by=by, at=at, reason=reason)


def advance(run: ImportRun, *, at: datetime) -> ImportRun:
    return runs.advance(run, importer_of(run), at=at)


def sweep(*, at: datetime, wait: bool = True) -> int:
    return runs.sweep(BY_KIND, at=at, wait=wait)
