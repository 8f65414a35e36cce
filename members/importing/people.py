"""Party members from and to a spreadsheet: the least data, never an identity number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.among import Among
from members.importing.columns import Bad, Column, code, day
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
from members.models import ImportRun, Organization, PartyMember
from members.models.organization import masked
from members.pouring import drawn, pour
from members.scope import rights_of

FIELDS = ("name", "post", "phone", "since")
NUMBER = "DY-"


def phone(cell: str, column: Column) -> str:
    """A work phone: digits, dashes and blanks."""
    plain = cell.replace("－", "-").replace("　", " ")
    if not set(plain) <= set("0123456789-+ *") or len(plain) > 20:
        raise Bad(_("不是电话号码"), _("只填一个工作电话"))
    return plain


def own_number(cell: str, column: Column) -> int:
    """DY-000123 -> 123."""
    digits = cell.removeprefix(NUMBER)
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
        raise Bad(_("不是本系统的编号"), _("新登记的党员留空；已有的用导出文件里的编号"))
    return int(digits)


class PartyMemberImporter(Importer):
    """By a department for its subtree, by an organisation for its own people.

    A person is found by the number that exports carry, else by name within the organisation.
    """

    kind = "people"
    label = _("党员")
    icon = "users"
    strict = True
    hint = _("姓名、所在党组织、职务、工作电话")
    about = (
        _("只登记姓名、所在党组织、职务、工作电话和转入日期；不收集身份证号，出现 18 位号码的行不予导入。"),
        _("新登记的留空编号：同一党组织里姓名已有的更新，没有的新增。"),
        _("同一党组织有同名党员时，请从导出文件里带上编号；新登记的同名党员，请在姓名后加以区分。"),
    )
    columns = (
        Column("number", _("编号"), _("导出时自动带上；新登记的留空"), parse=own_number, longest=24, empty=None),
        Column("organization_code", _("组织代码"), _("所在党组织的代码"), required=True, parse=code, longest=32),
        Column("name", _("姓名"), required=True, longest=40),
        Column("post", _("职务"), longest=40),
        Column("phone", _("工作电话"), _("只填工作电话"), parse=phone, longest=20),
        Column("since", _("转入日期"), _("转入这个党组织的日期"), required=True, parse=day),
    )

    def open_to(self, user: Any) -> bool:
        rights = rights_of(user)
        return bool(rights.departments or rights.organizations)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        organizations = _organizations(user, {row.values.get("organization_code") for row in rows})
        for row in rows:
            self._judge(row, organizations, day)
        refuse_twins(rows, _number, self.column("number"))
        refuse_twins([r for r in rows if r.values.get("number") is None], _place, self.column("name"))
        by_number, by_name = _people(organizations, rows)
        for row in rows:
            if row.good:
                self._match(row, by_number, by_name)

    def _judge(self, row: Row, organizations: dict[str, int], day: date) -> None:
        wanted, since = row.values.get("organization_code"), row.values.get("since")
        if wanted and wanted not in organizations:
            row.refuse(self.column("organization_code"), UNKNOWN, _("核对组织代码"))
        row.values["organization_id"] = organizations.get(wanted or "")
        if since and since > day:
            row.refuse(self.column("since"), _("日期在今天之后"), _("填已经转入的日期"))

    def _match(self, row: Row, by_number: dict[int, Any], by_name: dict[Any, list[Any]]) -> None:
        number, place = row.values.get("number"), _place(row)
        if number is not None:
            person = by_number.get(number)
            if person is None or person.organization_id != row.values["organization_id"]:
                row.refuse(
                    self.column("number"), _("这个党组织里没有这个编号"), _("新登记的留空；转组织关系请在页面办理")
                )
                return
        else:
            same = by_name.get(place, [])
            if len(same) > 1:
                words = _("这个党组织有 %(count)s 名同名党员") % {"count": len(same)}
                row.refuse(self.column("name"), words, _("从导出文件里带上编号"))
                return
            person = same[0] if same else None
        if person is None:
            row.is_new()
            return
        if row.values.get("phone") == masked(person.phone):
            row.values["phone"] = person.phone  # a masked phone came back: nothing is known of it, nothing changes
        row.meets(person, differences(person, row.values, FIELDS))

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
        keys = drawn(PartyMember, len(fresh))
        pour(PartyMember, columns_of(fresh, ("organization_id", *FIELDS)) | {"id": keys})
        trail(PartyMember, keys, [("enrol", "")], run, at=at)
        made(run, PartyMember, fresh, keys)
        self._change(old)
        edits = [{"fields": sorted(row.changes)} for row in old]
        trail(PartyMember, [row.thing.pk for row in old], [("edit", "")], run, at=at, details=edits)
        changed(run, PartyMember, old)

    def _change(self, rows: Sequence[Row]) -> None:
        people = PartyMember.objects.in_bulk([row.thing.pk for row in rows])
        for row in rows:
            for name, (_before, after) in row.changes.items():
                setattr(people[row.thing.pk], name, after)
        if rows:
            PartyMember.objects.bulk_update(people.values(), FIELDS, 500)

    def exported(self, things: models.QuerySet[PartyMember]) -> Iterator[list[Any]]:
        found = things.values_list("pk", "organization__code", *FIELDS).iterator(chunk_size=TOGETHER)
        return self.table((f"{NUMBER}{pk:06d}", *values) for pk, *values in found)


def _organizations(user: Any, codes: set[Any]) -> dict[str, int]:
    """Code -> key of the organisations whose list of people the user keeps."""
    named = Among("code", {code for code in codes if code})
    return dict(Organization.objects.contactable_by(user).filter(named, merged_into=None).values_list("code", "pk"))


def _people(organizations: dict[str, int], rows: Sequence[Row]) -> tuple[dict[int, Any], dict[Any, list[Any]]]:
    """The present people of the organisations whom the rows may mean, by key, and by organisation and name."""
    named = {row.values.get("name") for row in rows}
    numbered = {row.values.get("number") for row in rows}
    by_number: dict[int, Any] = {}
    by_name: dict[Any, list[Any]] = defaultdict(list)
    there = PartyMember.objects.filter(Among("organization_id", organizations.values()), until=None)
    for person in there.values_list("pk", "organization_id", *FIELDS, named=True).iterator(chunk_size=5_000):
        if person.name in named or person.pk in numbered:
            by_number[person.pk] = person
            by_name[person.organization_id, person.name].append(person)
    return by_number, by_name


def _number(row: Row) -> int | None:
    return row.values.get("number")


def _place(row: Row) -> Any:
    known = row.values.get("organization_id") and row.values.get("name")
    return (row.values["organization_id"], row.values["name"]) if known else None
