"""Spreadsheets: every check of an import and its writing, and an export, against reading and writing alone."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection
from python_calamine import CalamineWorkbook

from alliances.models import Alliance
from assessments.exports import BY_NAME
from assessments.imports import BY_KIND
from bench.callers import city
from bench.lines.line import Line, against
from bench.lines.review import undone
from bench.scales import SCALES
from bench.tables import defaults
from bench.timing import in_turn, peak
from listings.models import Item
from members.importing import runs
from members.importing.rows import reading
from members.models import ImportRun, Organization, Region, User
from members.spreadsheets import Sheet, write_xlsx

KIND = "problem"

Rows = list[list[Any]]


def lines(scale: str) -> Iterator[Line]:
    yield exported(scale)
    size = SCALES[scale]
    items, organizations, people = (min(most, some) for most, some in (
        (12_000, size.items), (6_800, size.organizations), (80_000, size.people)))  # fmt: skip
    costs = {}
    for kind, rows, floor, bar in (
        ("organizations", organization_rows(organizations), ORGANIZATIONS, 2.5),
        ("listings", item_rows(items), items_sql(), 2.5),
        ("people", people_rows(people), PEOPLE, None),
    ):
        with TemporaryDirectory() as folder:
            path = Path(folder) / "table.xlsx"
            with path.open("wb") as file:
                write_xlsx(file, Sheet("表", BY_KIND[kind].heads, rows))
            ours, floor_cost = in_turn(
                undone(partial(imported, kind, path)), undone(partial(copied, kind, path, floor)), rounds=3
            )
        costs[kind] = ours
        if bar:
            note = f"{len(rows)} rows, checked and written in {ours.cpu / 1000:.1f} s"
            yield against(f"import of {kind}", "导入", (ours, floor_cost), bar, note=note)
    yield against("import of people, to organizations", "导入党员", (costs["people"], costs["organizations"]), 12)


def imported(kind: str, path: Path) -> None:
    """Received, checked, ordered, applied: all that stands between a file and its rows."""
    by, at, importer = User.objects.get(username="city"), datetime.now(UTC), BY_KIND[kind]
    run = runs.receive(importer, "table.xlsx", iter([path.read_bytes()]), by=by, at=at)
    runs.advance(run, importer, at=at)
    run.refresh_from_db()
    if run.state != ImportRun.State.CHECKED or run.bad:
        raise RuntimeError(f"{kind}: {run.state} {run.trouble} {run.bad} {list(run.faults.values_list('wrong')[:3])}")
    runs.order(run, by=by, at=at)
    runs.advance(run, importer, at=at)
    run.refresh_from_db()
    if run.state != ImportRun.State.APPLIED:
        raise RuntimeError(f"{kind}: {run.state} {run.trouble}")
    (runs.folder() / run.stored).unlink()


def copied(kind: str, path: Path, into: str) -> None:
    """Read, every rule of a column asked once of each distinct cell, copied into a stage, and from there in one
    statement that looks up what the rows name. No Steps, no deeds to undo it by."""
    heads, *rows = CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()
    for column, cells in zip(BY_KIND[kind].columns, zip(*rows, strict=True), strict=True):
        for cell in set(map(plain, cells)) if not column.shown else ():
            reading(column, cell, strict=BY_KIND[kind].strict)
    columns = ", ".join(f"c{number} text" for number in range(len(heads)))
    text = io.StringIO("".join("\t".join(plain(cell) for cell in row) + "\n" for row in rows))
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE stage ({columns}) ON COMMIT DROP")
        cursor.copy_expert("COPY stage FROM STDIN", text)
        cursor.execute(into)
        if cursor.rowcount != len(rows):
            raise RuntimeError(f"{cursor.rowcount} of {len(rows)} rows found their way")
        cursor.execute("DROP TABLE stage")


def plain(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    return str(cell)


def organization_rows(many: int) -> Rows:
    codes = list(Region.objects.filter(code__startswith="1504", code__regex="^.{12}$").order_by("code").values_list(
        "code", flat=True))  # fmt: skip
    return [
        [f"NEW-{n:06}", f"新登记第{n}党支部", "", "党支部", "机关", "其他", "村社区及基层单位", "公有",
         codes[n % len(codes)], f"NEW-{n // 40 * 40:06}" if n % 40 else ""]
        for n in range(many)
    ]  # fmt: skip


def item_rows(many: int) -> Rows:
    first, last, on = "2021-01-01", "2021-12-31", "2021-12-01"
    running = Alliance.objects.within("1504").filter(state="active").order_by("pk")
    alliances = list(running.values_list("code", "lead__code")[:500])
    rows = []
    for n in range(many):
        alliance, lead = alliances[n % len(alliances)]
        rows.append(
            [
                "",
                alliance,
                "问题",
                first,
                last,
                f"新提出的第{n}件事",
                "",
                "其他",
                "一般",
                "",
                "",
                "",
                "",
                1,
                "",
                lead,
                "否",
                on,
                "",
            ]
        )
    return rows


def people_rows(many: int) -> Rows:
    codes = list(Organization.objects.within("1504").order_by("pk").values_list("code", flat=True)[:5000])
    return [["", codes[n % len(codes)], f"新党员{n}", "", "", "2021-06-01"] for n in range(many)]


ORGANIZATIONS = """
INSERT INTO members_organization (code, name, short_name, pinyin, kind, sector, industry, level, ownership, region_id,
  contact, phone, source, synthetic, updated_at)
SELECT c0, c1, '', '', 'branch', 'organ', 'other', 'primary', 'public', r.code, '', '', '', false, now()
FROM stage JOIN members_region r ON r.code = c8
WHERE NOT EXISTS (SELECT 1 FROM members_organization o WHERE o.code = c0)
AND NOT EXISTS (SELECT 1 FROM stage t WHERE t.c0 = stage.c0 AND t.ctid < stage.ctid)
"""
PEOPLE = """
INSERT INTO members_partymember (name, organization_id, post, phone, since, synthetic)
SELECT c2, o.id, '', '', c5::date, false FROM stage JOIN members_organization o ON o.code = c1
WHERE NOT EXISTS (SELECT 1 FROM members_partymember p WHERE p.organization_id = o.id AND p.name = c2)
"""
ITEMS = """
INSERT INTO listings_item ({columns} state, listing_id, alliance_id, region_id, kind, title, asked_by_id, collected_on)
SELECT {defaults} 'collected', l.id, a.id, a.region_id, l.kind, c5, o.id, c17::date
FROM stage JOIN alliances_alliance a ON a.code = c1 JOIN members_organization o ON o.code = c15
JOIN listings_listing l ON l.alliance_id = a.id AND l.kind = 'problem' AND l.period_from = c3::date
WHERE NOT EXISTS (SELECT 1 FROM listings_item i WHERE i.listing_id = l.id AND i.title = c5)
"""


def items_sql() -> str:
    """With the defaults of all columns of which nothing is said."""
    said = re.findall(r"[a-z_]+", ITEMS.partition(")")[0])
    others = defaults(Item, dict.fromkeys(said, ""))
    return ITEMS.format(
        columns="".join(f'"{name}", ' for name in others), defaults="".join(f"{value}, " for value in others.values())
    )


def exported(scale: str) -> Line:
    """The city's problems, as the page sends them; the writer has its rows already."""
    who = city()
    user = User.objects.get(username="city")
    export = BY_NAME["items"]
    things = Item.objects.visible_to(user).filter(kind=KIND).order_by("-collected_on", "-pk")
    rows = list(export.importer.exported(things))
    heads = export.importer.heads

    def written() -> None:
        write_xlsx(io.BytesIO(), Sheet("items", heads, rows))

    asked = who.asking(f"/exports/items/?kind={KIND}")
    ours, floor = in_turn(asked, written, rounds=3)
    note = f"{len(rows)} rows, at most {peak(asked):.0f} MB of Python's memory"
    return against("export of items", "导出", (ours, floor), 1.3, note=note)
