"""How an import writes lists and items: rows and Steps in bulk, each history as the verbs would have left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from listings.models import Item, Listing
from listings.transitions.item import own_site
from members.importing.importer import changed, made, trail
from members.importing.rows import Row
from members.models import ImportDeed, ImportRun, Step

PLAIN = (
    "title", "detail", "category", "urgency", "place", "wants", "skills", "site_id", "capacity", "due_on",
    "for_resident",
)  # fmt: skip


def record(rows: Sequence[Row], run: ImportRun, *, at: datetime) -> list[ImportDeed]:
    """The lists and items that good rows bring, and the words that they correct. ``first`` of a row's values is the
    row that draws up its list; an earlier batch may have done so."""
    fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
    drawn: list[tuple[Row, Listing]] = []
    for row in fresh:
        first = row.values["first"]
        if row.values["listing"] is None and first.values["listing"] is None:
            listing = first.values["listing"] = _listing(row, at)
            drawn.append((row, listing))
    Listing.objects.bulk_create([listing for _row, listing in drawn])
    items = [(row, _item(row, run, at)) for row in fresh]
    Item.objects.bulk_create([item for _row, item in items])
    _amend(old, at)
    steps = [step for _row, one in drawn for step in trail(one, [("draw_up", Listing.State.DRAFT)], run, at=at)]
    steps += [step for _row, one in items for step in trail(one, [("collect", Item.State.COLLECTED)], run, at=at)]
    for row in old:
        steps += trail(row.thing, [("amend", "")], run, at=at, detail={"changed": sorted(row.changes)})
    Step.objects.bulk_create(steps)
    return [*made(run, drawn), *made(run, items), *changed(run, old)]


def _listing(row: Row, at: datetime) -> Listing:
    values = row.values
    return Listing(
        alliance=values["alliance"], region_id=values["alliance"].region_id, kind=values["kind"],
        period_from=values["period_from"], period_to=values["period_to"], created_at=at,
    )  # fmt: skip


def _item(row: Row, run: ImportRun, at: datetime) -> Item:
    values, listing = row.values, row.values["listing"] or row.values["first"].values["listing"]
    item = Item(
        listing=listing, alliance=values["alliance"], region_id=values["alliance"].region_id, kind=values["kind"],
        asked_by=values["asked_by"], entered_by_id=run.by_id, addendum=listing.state != Listing.State.DRAFT,
        collected_on=values.get("collected_on") or timezone.localdate(at),
        origin=Item.Origin.RESIDENT if values.get("for_resident") else Item.Origin.IMPORT,
        **{name: values[name] for name in PLAIN if name in values},
    )  # fmt: skip
    item.site_id = item.site_id or own_site(values["asked_by"], listing)
    return item


def _amend(rows: Sequence[Row], at: datetime) -> None:
    for row in rows:
        for name, (_before, after) in row.changes.items():
            setattr(row.thing, name, after)
        row.thing.updated_at = at
    if rows:
        Item.objects.bulk_update([row.thing for row in rows], [*PLAIN, "updated_at"], 500)
