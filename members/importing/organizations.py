"""Organisations from and to a spreadsheet: by their codes, each once, under whatever parent the file names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.among import Among
from members.importing.columns import Column, chosen, code
from members.importing.importer import (
    TOGETHER,
    UNKNOWN,
    Importer,
    changed,
    columns_of,
    differences,
    made,
    refuse_twins,
    trail,
)
from members.importing.rows import Row
from members.models import ImportRun, Organization, Region
from members.names import skeleton
from members.pinyin import pinyin_of
from members.pouring import drawn, pour
from members.scope import Rights, rights_of

Kind, Ownership = Organization.Kind, Organization.Ownership
FIELDS = ("name", "short_name", "kind", "sector", "industry", "level", "ownership", "region_id", "parent_id")
SYNONYMS = {"工委": Kind.WORKING_COMMITTEE, "总支": Kind.GENERAL_BRANCH, "支部": Kind.BRANCH}
HERE = -1
"""Stands for the key of a parent that the same file brings."""


class OrganizationImporter(Importer):
    """By an organisation department, within its subtree. A changed parent (隶属上级) leaves its trail."""

    kind = "organizations"
    label = _("党组织")
    icon = "building-2"
    hint = _("组织代码、名称、类别、隶属上级")
    about = (
        _("以组织代码为准：代码已有的更新，没有的新增，一样的不变；重复导入不会重复登记。"),
        _("隶属上级填上级的组织代码，可以是同一张表里的其他行，先后不限。"),
        _("只能导入您所在区划范围内的党组织。"),
    )
    columns = (
        Column("code", _("组织代码"), _("统一的组织代码，全表不重复"), required=True, parse=code, longest=32),
        Column("name", _("全称"), required=True, longest=120),
        Column("short_name", _("简称"), longest=40),
        Column("kind", _("组织类别"), required=True, parse=chosen, choices=Kind, synonyms=SYNONYMS),
        Column("sector", _("领域"), required=True, parse=chosen, choices=Organization.Sector),
        Column("industry", _("行业"), parse=chosen, choices=Organization.Industry, empty=Organization.Industry.OTHER),
        Column("level", _("层级"), required=True, parse=chosen, choices=Organization.Level),
        Column("ownership", _("体制"), parse=chosen, choices=Ownership, empty=Ownership.PUBLIC),
        Column("region_id", _("区划代码"), _("所在地的统计用区划代码：市 4 位、旗县 6 位、乡镇街道 9 位、村社区 12 位"),
               required=True, parse=code, longest=12),
        Column("parent_code", _("上级组织代码"), _("隶属的上级党组织"), parse=code, longest=32),
    )  # fmt: skip

    def open_to(self, user: Any) -> bool:
        return bool(rights_of(user).departments)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        twins = refuse_twins(rows, lambda row: row.values.get("code"), self.column("code"))
        known = _known(row.values.get(key) for row in rows for key in ("code", "parent_code"))
        rights = rights_of(user)
        regions = _regions((row.values.get("region_id") for row in rows), rights)
        for row in rows:
            self._judge(row, known.get(row.values.get("code", "")), regions, rights)
        for row in rows:
            self._find_parent(row, known, twins, rights)
        _refuse_below_bad(rows, twins, self.column("parent_code"))

    def remarks(self, rows: Sequence[Row], *, user: Any) -> list[str]:
        return _lookalikes([row for row in rows if row.good and row.deed == "new"], user)

    def _judge(self, row: Row, there: Organization | None, regions: set[str], rights: Rights) -> None:
        region = row.values.get("region_id")
        if region is not None and region not in regions:
            row.refuse(self.column("region_id"), _("没有这个区划代码，或它不在您的范围内"), _("核对区划代码"))
        if there is not None and not rights.directs(there.region_id):
            row.refuse(
                self.column("code"), _("这个组织代码不能用"), _("核对组织代码；确属本组织的，请联系上级组织部门")
            )
        if there is not None and there.merged_into_id:
            row.refuse(self.column("code"), _("这个党组织已并入另一个"), _("改用并入后的组织代码"))
        row.thing = there

    def _find_parent(self, row: Row, known: dict[str, Organization], twins: dict[str, Row], rights: Any) -> None:
        """``parent_id``: the key of the parent, HERE where this file brings it, None for none."""
        if "parent_code" in row.values:
            wanted = row.values["parent_code"]
            parent, here = known.get(wanted), twins.get(wanted)
            kept = row.thing is not None and parent is not None and row.thing.parent_id == parent.pk
            if not wanted:
                row.values["parent_id"] = None
            elif wanted == row.values.get("code"):
                row.refuse(self.column("parent_code"), _("上级是它自己"), _("填上级党组织的代码"))
            elif parent is not None and (kept or (rights.directs(parent.region_id) and not parent.merged_into_id)):
                row.values["parent_id"] = parent.pk
            elif parent is None and here is not None:
                row.values["parent_id"] = HERE
            else:
                row.refuse(self.column("parent_code"), UNKNOWN, _("核对上级的组织代码，或把上级也写进这张表"))
        if row.good and row.thing is not None:
            row.meets(row.thing, differences(row.thing, row.values, FIELDS))
        elif row.good:
            row.is_new()

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """Parents first."""
        generations, _circling = _generations(rows, {row.values["code"]: row for row in rows})
        return [row for generation in generations for row in generation]

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
        keys = self._register(fresh, at)
        trail(Organization, keys, [("register", "")], run, at=at)
        made(run, Organization, fresh, keys)
        self._change(old, at)
        edits = [{"fields": sorted(row.changes)} for row in old]
        trail(Organization, [row.thing.pk for row in old], [("edit", "")], run, at=at, details=edits)
        changed(run, Organization, old)

    def _register(self, rows: Sequence[Row], at: datetime) -> list[int]:
        """The new organisations, beneath parents that stand already or that come with them."""
        columns = columns_of(rows, ("code", *FIELDS[:-1]))
        columns |= {"id": drawn(Organization, len(rows)), "pinyin": [pinyin_of(name) for name in columns["name"]]}
        parents = _keys(row.values.get("parent_code") for row in rows)
        parents |= dict(zip(columns["code"], columns["id"], strict=True))
        above = (row.values.get("parent_code") for row in rows)
        columns["parent_id"] = [parents[code] if code else None for code in above]
        pour(Organization, columns, updated_at=at)
        return columns["id"]

    def _change(self, rows: Sequence[Row], at: datetime) -> None:
        keys = _keys(row.values.get("parent_code") for row in rows)
        for row in rows:
            if row.changes.get("parent_id", (None, None))[1] == HERE:
                row.changes["parent_id"] = (row.changes["parent_id"][0], keys[row.values["parent_code"]])
            for name, (_before, after) in row.changes.items():
                setattr(row.thing, name, after)
            if "name" in row.changes:
                row.thing.pinyin = pinyin_of(row.thing.name)
            row.thing.updated_at = at
        if rows:
            names = [name.removesuffix("_id") for name in FIELDS]
            Organization.objects.bulk_update([row.thing for row in rows], [*names, "pinyin", "updated_at"], 500)

    def exported(self, things: models.QuerySet[Organization]) -> Iterator[list[Any]]:
        names = [column.key for column in self.columns[:-1]]
        return self.table(things.values_list(*names, "parent__code").iterator(chunk_size=TOGETHER))


def _known(codes: Iterator[str | None]) -> dict[str, Organization]:
    wanted = {code for code in codes if code}
    return {thing.code: thing for thing in Organization.objects.filter(Among("code", wanted))}


def _keys(codes: Iterable[str | None]) -> dict[str, int]:
    """The keys of the organisations of those codes."""
    wanted = {code for code in codes if code}
    return dict(Organization.objects.filter(Among("code", wanted)).values_list("code", "pk"))


def _lookalikes(fresh: Sequence[Row], user: Any) -> list[str]:
    """A remark where new names cannot be told from names that the register has: perhaps a second record."""
    if not fresh:
        return []
    there = Organization.objects.directed_by(user).filter(merged_into=None).values_list("name", flat=True)
    shapes = {skeleton(name) for name in there}
    found = [row for row in fresh if skeleton(row.values["name"]) in shapes]
    if not found:
        return []
    words = _("有 %(count)s 个新增的名称与已登记的党组织看上去一样（如第 %(row)s 行），请核对是不是同一个。")
    return [str(words % {"count": len(found), "row": found[0].number})]


def _regions(codes: Iterator[str | None], rights: Rights) -> set[str]:
    """Those that there are and over which an organisation department of the user stands."""
    directed = {code for code in set(codes) if code and rights.directs(code)}
    return set(Region.objects.filter(Among("code", directed)).values_list("code", flat=True))


def _generations(rows: Sequence[Row], by_code: dict[str, Row]) -> tuple[list[list[Row]], list[Row]]:
    """The rows whose parents the file does not bring, their children, theirs …; and those that never come up, because
    they stand in a circle or beneath one."""
    children: dict[int, list[Row]] = defaultdict(list)
    generations: list[list[Row]] = [[]]
    for row in rows:
        above = _above(row, by_code)
        (generations[0] if above is None else children[above.number]).append(row)
    while generations[-1]:
        generations.append([child for row in generations[-1] for child in children.pop(row.number, ())])
    return generations, [row for left in children.values() for row in left]


def _above(row: Row, by_code: dict[str, Row]) -> Row | None:
    return by_code.get(row.values.get("parent_code") or "")


def _in_circles(rows: Sequence[Row], by_code: dict[str, Row]) -> set[int]:
    """The numbers of the rows whose line above leads back to them."""
    found: set[int] = set()
    passed: set[int] = set()
    for row in rows:
        line: list[int] = []
        above: Row | None = row
        while above is not None and above.number not in passed:
            passed.add(above.number)
            line.append(above.number)
            above = _above(above, by_code)
        if above is not None and above.number in line:
            found.update(line[line.index(above.number) :])
    return found


def _refuse_below_bad(rows: Sequence[Row], by_code: dict[str, Row], column: Column) -> None:
    """A row whose parent comes with the file waits for that row to be good; a circle is refused as a whole."""
    generations, stuck = _generations(rows, by_code)
    circling = _in_circles(stuck, by_code)
    for row in stuck:
        if row.good and row.number in circling:
            row.refuse(column, _("上级绕了一圈又回到它自己"), _("改正其中一行的上级组织代码"))
    beneath = [row for row in stuck if row.number not in circling]
    generations += _generations(beneath, {code: by_code[code] for code in map(_code, beneath) if code in by_code})[0]
    for row in (row for generation in generations for row in generation):
        above = _above(row, by_code)
        if above is not None and not above.good and row.good and row.values.get("parent_id") == HERE:
            row.refuse(column, _("它的上级在第 %(row)s 行，那一行有误") % {"row": above.number}, _("先改正那一行"))


def _code(row: Row) -> str:
    return row.values.get("code") or ""
