"""How an import writes lists and items: rows and Steps in bulk, each history as the verbs would have left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import repeat

from django.utils import timezone

from listings.models import Item, Listing
from listings.transitions.item import own_site
from members.importing.importer import changed, columns_of, made, trail
from members.importing.rows import Row
from members.models import ImportRun
from members.pouring import drawn, pour

Origin = Item.Origin
PLAIN = (
    "title", "detail", "category", "urgency", "place", "wants", "skills", "site_id", "capacity", "due_on",
    "for_resident",
)  # fmt: skip


def record(rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
    """The lists and items that good rows bring, and the words that they correct. ``first`` of a row's values is the
    row that draws up its list; an earlier batch may have done so."""
    fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
    _draw_up(fresh, run, at)
    keys = _collect(fresh, run, at)
    trail(Item, keys, [("collect", Item.State.COLLECTED)], run, at=at)
    made(run, Item, fresh, keys)
    _amend(old, at)
    amendments = [{"changed": sorted(row.changes)} for row in old]
    trail(Item, [row.thing.pk for row in old], [("amend", "")], run, at=at, details=amendments)
    changed(run, Item, old)


def _draw_up(rows: Sequence[Row], run: ImportRun, at: datetime) -> None:
    drawn: list[tuple[Row, Listing]] = []
    for row in rows:
        first = row.values["first"]
        if row.values["listing"] is None and first.values["listing"] is None:
            listing = first.values["listing"] = _listing(row, at)
            drawn.append((row, listing))
    Listing.objects.bulk_create([listing for _row, listing in drawn])
    keys = [listing.pk for _row, listing in drawn]
    trail(Listing, keys, [("draw_up", Listing.State.DRAFT)], run, at=at)
    made(run, Listing, [row for row, _listing in drawn], keys)


def _listing(row: Row, at: datetime) -> Listing:
    values = row.values
    return Listing(
        alliance=values["alliance"], region_id=values["alliance"].region_id, kind=values["kind"],
        period_from=values["period_from"], period_to=values["period_to"], created_at=at,
    )  # fmt: skip


def _collect(rows: Sequence[Row], run: ImportRun, at: datetime) -> list[int]:
    """The items, as :func:`listings.transitions.item.collect` would write them down."""
    listings = [row.values["listing"] or row.values["first"].values["listing"] for row in rows]
    askers = [row.values["asked_by"] for row in rows]
    today, nowhere = timezone.localdate(at), repeat(None)
    columns = columns_of(rows, ("kind", *PLAIN))
    columns |= {
        "id": drawn(Item, len(rows)),
        "listing_id": [listing.pk for listing in listings],
        "alliance_id": [listing.alliance_id for listing in listings],
        "region_id": [listing.region_id for listing in listings],
        "addendum": [listing.state != Listing.State.DRAFT for listing in listings],
        "asked_by_id": [asker.pk for asker in askers],
        "collected_on": [row.values.get("collected_on") or today for row in rows],
        "origin": [Origin.RESIDENT if row.values.get("for_resident") else Origin.IMPORT for row in rows],
        "site_id": [
            site or own_site(asker, listing)
            for site, asker, listing in zip(columns.get("site_id", nowhere), askers, listings, strict=False)
        ],
    }
    pour(Item, columns, state=Item.State.COLLECTED, entered_by_id=run.by_id, updated_at=at)
    return columns["id"]


def _amend(rows: Sequence[Row], at: datetime) -> None:
    for row in rows:
        for name, (_before, after) in row.changes.items():
            setattr(row.thing, name, after)
        row.thing.updated_at = at
    if rows:
        Item.objects.bulk_update([row.thing for row in rows], [*PLAIN, "updated_at"], 500)
