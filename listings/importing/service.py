"""The service catalogue from and to a spreadsheet: a row a service, found by its department and its title."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.models import Item, Service
from listings.transitions.service import LONGEST_TERM, WORDS
from members.importing.columns import Bad, Column, chosen, code, number, words
from members.importing.importer import UNKNOWN, Importer, changed, differences, made, refuse_twins, trail
from members.importing.people import phone
from members.importing.rows import Row
from members.models import ImportRun, Organization, Region
from members.pinyin import pinyin_of
from members.scope import rights_of


def term(cell: str, column: Column) -> int:
    days = number(cell, column)
    if not 1 <= days <= LONGEST_TERM:
        raise Bad(_("时限不对"), _("写 1 至 %(most)s 的整数") % {"most": LONGEST_TERM})
    return days


def lines(cell: str, column: Column) -> str:
    """Several lines without blanks at their ends, and without empty ones."""
    return "\n".join(line.strip() for line in words(cell, column).splitlines() if line.strip())


class ServiceImporter(Importer):
    """By a department for itself, and by who governs it. What is listed already is revised: the next version."""

    kind = "services"
    label = _("服务目录")
    icon = "book-open"
    hint = _("服务事项、依据、步骤、材料、时限")
    about = (
        _("一行一个服务事项；同一部门已有同名事项的，按表里的内容修订为新版本，没有改动的不变。"),
        _("依据、步骤、材料在一个单元格里分行写，每行一项。"),
        _("适用地区不填是部门所在地区；已有事项的适用地区不能通过导入修改。停用请在页面办理。"),
        _("只填窗口和工作电话，不登记群众个人信息。导出文件里的电话是遮住的，原样导回不会改动。"),
    )
    columns = (
        Column("department_code", _("承办部门代码"), _("组织代码"), required=True, parse=code, longest=32),
        Column("title", _("服务事项"), required=True, longest=60),
        Column("region_code", _("适用地区代码"), _("不填是部门所在地区"), parse=code, longest=12, empty=None),
        Column("grid", _("适用网格"), longest=60),
        Column("category", _("分类"), parse=chosen, choices=Item.Category, empty=Item.Category.OTHER),
        Column("basis", _("依据"), _("每行一项"), required=True, parse=lines, longest=600),
        Column("steps", _("办理步骤"), _("每行一步"), required=True, parse=lines, longest=1000),
        Column("documents", _("所需材料"), _("每行一项"), parse=lines, longest=1000),
        Column("wants", _("办理时需要"), longest=120),
        Column("working_days", _("办理时限（工作日）"), required=True, parse=term),
        Column("counter", _("办理窗口"), longest=80),
        Column("phone", _("工作电话"), _("窗口或办公电话"), parse=phone, longest=20),
        Column("state", _("状态"), shown=True, choices=Service.State),
    )  # fmt: skip

    def open_to(self, user: Any) -> bool:
        return bool(rights_of(user).codes or rights_of(user).organizations)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        own = Organization.objects.handed_over_by(user).filter(merged_into=None)
        wanted = {row.values.get("department_code") for row in rows}
        departments = {one.code: one for one in own.filter(code__in=wanted - {None})}
        places = {row.values.get("region_code") for row in rows} - {None}
        regions = set(Region.objects.filter(pk__in=places).values_list("pk", flat=True))
        known = {
            (one.department_id, one.title): one
            for one in Service.objects.current().filter(department__in=[one.pk for one in departments.values()])
        }
        for row in rows:
            self._judge(row, departments, regions)
        refuse_twins([row for row in rows if row.good], _calling, self.column("title"))
        for row in rows:
            if row.good:
                self._match(row, known.get(_calling(row)))

    def _judge(self, row: Row, departments: dict[str, Organization], regions: set[str]) -> None:
        department = departments.get(row.values.get("department_code") or "")
        if department is None:
            if "department_code" in row.values:
                row.refuse(self.column("department_code"), UNKNOWN, _("核对组织代码"))
            return
        place = row.values.get("region_code") or department.region_id
        if not place.startswith(department.region_id) or (place != department.region_id and place not in regions):
            row.refuse(self.column("region_code"), _("不在部门所在地区之内"), _("填部门所在地区或其下级的代码"))
        row.values |= {"department": department, "place": place}

    def _match(self, row: Row, service: Service | None) -> None:
        masked = "*" in (row.values.get("phone") or "")
        if masked and (service is None or row.values["phone"] != service.masked_phone):
            row.refuse(self.column("phone"), _("电话是遮住的"), _("写完整的工作电话，或留空"))
        elif service is None:
            row.is_new()
        elif row.values.get("region_code") not in (None, service.region_id):
            row.refuse(self.column("region_code"), _("与已有的事项不同"), _("改回原样，或停用后重新列入"))
        else:
            if row.values.get("phone") == service.masked_phone:
                row.values["phone"] = service.phone
            row.meets(service, differences(service, row.values, WORDS))

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
        today = timezone.localdate(at)
        listed = Service.objects.bulk_create([_service(row, today) for row in fresh])
        keys = [service.pk for service in listed]
        trail(Service, keys, [("list_service", Service.State.CURRENT)], run, at=at)
        made(run, Service, fresh, keys)
        revisions = _revise(old, today, at)
        trail(Service, [row.thing.pk for row in old], [("revise_service", "")], run, at=at, details=revisions)
        changed(run, Service, old)

    def exported(self, things: models.QuerySet[Service]) -> Iterator[list[Any]]:
        for one in things.select_related("department").iterator(chunk_size=1_000):
            values = {name: getattr(one, name) for name in WORDS} | {
                "department_code": one.department.code, "region_code": one.region_id, "state": one.state,
                "phone": one.masked_phone,
            }  # fmt: skip
            yield self.written(values)


def _calling(row: Row) -> Any:
    return (row.values["department"].pk, row.values.get("title"))


def _service(row: Row, today: date) -> Service:
    words_ = {name: row.values[name] for name in WORDS if name in row.values}
    return Service(
        department=row.values["department"], region_id=row.values["place"], pinyin=pinyin_of(row.values["title"]),
        revised_on=today, **words_,
    )  # fmt: skip


def _revise(rows: Sequence[Row], today: date, at: datetime) -> list[dict[str, Any]]:
    """The next version of each, and what its Step says of it."""
    details = []
    for row in rows:
        words = sorted(row.changes)
        row.changes |= {
            "version": (row.thing.version, row.thing.version + 1), "revised_on": (row.thing.revised_on, today),
        }  # fmt: skip
        for name, (_before, after) in row.changes.items():
            setattr(row.thing, name, after)
        row.thing.updated_at = at
        details.append({"changed": words, "version": row.thing.version})
    if rows:
        fields = [*WORDS, "version", "revised_on", "updated_at"]
        Service.objects.bulk_update([row.thing for row in rows], fields, 500)
    return details
