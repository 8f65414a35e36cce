"""Lists with their items from and to a spreadsheet: a row an item.

An import brings needs, never what became of them: items come in as collected, lists as drafts to be signed. Whether a
need was met is for whoever asked to say, so no file can make a problem solved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Membership, Skill
from listings.importing.collecting import record
from listings.models import Item, Listing
from listings.models.item import number_of
from listings.models.listing import Kind
from listings.transitions.item import MOST
from members.importing.columns import Bad, Column, chosen, chosen_many, code, day, number, truth, words
from members.importing.importer import TOGETHER, UNKNOWN, Importer, differences, refuse_twins
from members.importing.rows import Row
from members.models import ImportRun, Organization, Region
from members.scope import rights_of

State = Item.State
WORDS = ("title", "detail", "category", "urgency", "site_id", "place", "wants", "skills", "capacity", "due_on")
SHORT = {kind.label.removesuffix("清单"): kind for kind in Kind}
ABOUT = {
    "alliance_code": "alliance__code", "asked_code": "asked_by__code",
    "period_from": "listing__period_from", "period_to": "listing__period_to",
}  # fmt: skip
"""The columns that are no fields of the item, and where an export finds them."""

WORDED = ("alliance_code", "kind", "period_from", "title", "asked_code")
"""By what an item without a number is known again: its list, its words, who asked."""

WORDING = tuple(ABOUT.get(key, key) for key in WORDED)
PERIOD = WORDED.index("period_from")
AMENDABLE = (State.COLLECTED, State.STUDIED, State.RETURNED)


def item_number(cell: str, column: Column) -> int:
    """WT-2019-000417 -> 417."""
    last = cell.rpartition("-")[2]
    if not (last.isascii() and last.isdigit() and len(last) <= 18 and cell.count("-") == 2):
        raise Bad(_("不是本系统的编号"), _("新登记的留空；已有的用导出文件里的编号"))
    return int(last)


def several_skills(cell: str, column: Column) -> list[str]:
    return list(chosen_many(cell, column))


def places(cell: str, column: Column) -> int:
    wanted = number(cell, column)
    if not 1 <= wanted <= MOST:
        raise Bad(_("数目不对"), _("写 1 至 %(most)s 的整数") % {"most": MOST})
    return wanted


@dataclass(frozen=True)
class Known:
    """What the rows name, fetched once. ``steered``: alliances in which the user may draw up lists for everybody."""

    alliances: dict[str, Alliance]
    steered: set[int]
    lists: dict[tuple[int, str], list[Listing]]
    items: dict[int, Item]
    by_words: dict[Any, list[Item]]
    organizations: dict[str, Organization]
    members: dict[int, set[int]]
    own: frozenset[int]
    sites: frozenset[str]
    day: date


class ListingImporter(Importer):
    """By whoever steers the alliance; a member writes its own organisation's needs on a list that is there."""

    kind = "listings"
    label = _("清单和事项")
    icon = "scroll-text"
    hint = _("四类清单的事项、提出单位、期限")
    about = (
        _("一行一个事项；同一联合体、同一类别、同一起止日期的各行是一份清单，没有的会新拟一份。"),
        _("导入的事项是“已收集”，之后照常研判、开放、认领、确认；是否办结只由提出方确认，不能导入。"),
        _("已签订的清单上新增的是增补事项；已经开放认领或写在已签订清单上的事项不能修改。"),
        _("提出单位填组织代码，应是联合体的现有成员、上级党组织或当地村社区；成员只填本组织。"),
    )
    columns = (
        Column("number", _("事项编号"), _("系统给的编号；新提出的留空"), parse=item_number, longest=24, empty=None),
        Column("alliance_code", _("联合体编号"), required=True, parse=code, longest=32),
        Column("kind", _("清单类别"), required=True, parse=chosen, choices=Kind, synonyms=SHORT),
        Column("period_from", _("清单起"), _("清单时段的第一天"), required=True, parse=day),
        Column("period_to", _("清单止"), _("清单时段的最后一天"), required=True, parse=day),
        Column("title", _("事项"), required=True, longest=80),
        Column("detail", _("说明"), parse=words, longest=4000),
        Column("category", _("分类"), parse=chosen, choices=Item.Category, empty=Item.Category.OTHER),
        Column("urgency", _("紧急程度"), parse=chosen, choices=Item.Urgency, empty=Item.Urgency.NORMAL),
        Column("site_id", _("所在社区代码"), _("区划代码；不填是提出单位所在社区"), parse=code, longest=12, empty=None),
        Column("place", _("地点"), longest=80),
        Column("wants", _("需要"), longest=120),
        Column("skills", _("所需专长"), _("几项之间用分号隔开"), parse=several_skills, choices=Skill, empty=[]),
        Column("capacity", _("需要几家"), _("不填是 1"), parse=places, empty=1),
        Column("due_on", _("办理期限"), _("不填则按本地规定计算"), parse=day, empty=None),
        Column("asked_code", _("提出单位代码"), required=True, parse=code, longest=32),
        Column("for_resident", _("代居民提出"), _("是或否"), parse=truth, empty=False),
        Column("collected_on", _("提出日期"), _("不填是今天"), parse=day, empty=None),
        Column("state", _("状态"), shown=True, choices=State),
    )  # fmt: skip

    def open_to(self, user: Any) -> bool:
        return bool(rights_of(user).codes or rights_of(user).organizations)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        known = _known(rows, user, day)
        refuse_twins(rows, lambda row: row.values.get("number"), self.column("number"))
        refuse_twins([row for row in rows if row.values.get("number") is None], _wording, self.column("title"))
        drawn: dict[Any, list[Row]] = {}
        for row in rows:
            self._find(row, known)
            if row.good and row.thing is not None:
                self._judge_known(row, known)
            elif row.good:
                self._judge_new(row, known, drawn)

    def remarks(self, rows: Sequence[Row], *, user: Any) -> list[str]:
        count = sum(row.good and row.values.get("first") is row and row.values["listing"] is None for row in rows)
        told = _("新拟 %(count)s 份清单，由牵头党组织先签、成员会签。") % {"count": count}
        return [str(told)] if count else []

    def _find(self, row: Row, known: Known) -> None:
        alliance = known.alliances.get(row.values.get("alliance_code", ""))
        if "alliance_code" in row.values and alliance is None:
            row.refuse(self.column("alliance_code"), UNKNOWN, _("核对联合体编号"))
        asked = known.organizations.get(row.values.get("asked_code", ""))
        row.values |= {"alliance": alliance, "asked_by": asked}
        item_id = row.values.get("number")
        if item_id is not None and alliance is not None:
            row.thing = known.items.get(item_id)
            if row.thing is None or row.thing.alliance_id != alliance.pk:
                row.refuse(self.column("number"), _("这个联合体没有这个事项"), _("新提出的留空这一格"))
        elif row.good:
            same = known.by_words.get(_wording(row), [])
            row.thing = same[0] if same else None
            if len(same) > 1:
                row.refuse(self.column("title"), _("清单上有几个这样的事项"), _("写明事项编号"))

    def _judge_known(self, row: Row, known: Known) -> None:
        item, values = row.thing, row.values
        fixed = (
            ("kind", item.kind), ("period_from", item.listing.period_from), ("period_to", item.listing.period_to),
            ("asked_code", item.asked_by.code), ("for_resident", item.for_resident),
        )  # fmt: skip
        for key, there in fixed:
            if key in values and values[key] != there:
                row.refuse(self.column(key), _("与系统里的不同"), _("这一项不能通过导入修改，请改回原样"))
        if values.get("collected_on") not in {None, item.collected_on}:
            row.refuse(self.column("collected_on"), _("与系统里的不同"), _("这一项不能通过导入修改，请改回原样"))
        changes = differences(item, values, WORDS)
        for found_out in ("due_on", "site_id"):
            if values.get(found_out) is None:
                changes.pop(found_out, None)  # left open: what the rules and the asker's community said stays
        if "site_id" in changes:
            self._judge_site(row, known)
        fixed_by_now = item.state not in AMENDABLE or (item.listing.state != Listing.State.DRAFT and not item.addendum)
        if row.good and changes and fixed_by_now:
            first = next(iter(changes))
            row.refuse(self.column(first), _("事项已开放认领，或清单已签订"), _("改回原样，或另提增补事项"))
        if row.good:
            row.meets(item, changes)

    def _judge_new(self, row: Row, known: Known, drawn: dict[Any, list[Row]]) -> None:
        values, alliance = row.values, row.values["alliance"]
        self._judge_words(row, known)
        asked, steers = values["asked_by"], alliance.pk in known.steered
        members = known.members.get(alliance.pk, set())
        above = asked is not None and (asked.pk == alliance.supervising_id or asked.place_id is not None)
        may = asked is not None and (asked.pk in members or above) and (steers or asked.pk in known.own)
        if not alliance.runs:
            row.refuse(self.column("alliance_code"), _("这个联合体不在运行中"), _("删去这一行"))
        elif not may or (above and asked.pk not in members and not alliance.region_id.startswith(asked.region_id)):
            row.refuse(self.column("asked_code"), _("不是可以提出的单位"), _("填现有成员的组织代码；成员只填本组织"))
        elif row.good:
            self._find_list(row, known, drawn, steers=steers)

    def _judge_site(self, row: Row, known: Known) -> None:
        site, alliance = row.values.get("site_id"), row.values["alliance"]
        if site is not None and not (site in known.sites and site.startswith(alliance.region_id)):
            row.refuse(self.column("site_id"), _("不在联合体的服务区域内"), _("写服务区域内的区划代码，或留空"))

    def _judge_words(self, row: Row, known: Known) -> None:
        self._judge_site(row, known)
        values, asked_on = row.values, row.values.get("collected_on")
        if values["period_to"] < values["period_from"]:
            row.refuse(self.column("period_to"), _("止日早于起日"), _("核对清单时段"))
        if values.get("due_on") is not None and values["due_on"] < known.day:
            row.refuse(self.column("due_on"), _("早于今天"), _("写今后的日期，或留空"))
        if asked_on is not None and not values["period_from"] <= asked_on <= min(values["period_to"], known.day):
            row.refuse(self.column("collected_on"), _("不在清单时段之内，或在今天之后"), _("核对提出日期"))

    def _find_list(self, row: Row, known: Known, drawn: dict[Any, list[Row]], *, steers: bool) -> None:
        """The list that is there; else the first row of its kind and period draws it up."""
        values, place = row.values, (row.values["alliance"].pk, row.values["kind"])
        first, last = period = values["period_from"], values["period_to"]
        others, fellows = known.lists.get(place, ()), drawn.setdefault(place, [])
        there = next((one for one in others if (one.period_from, one.period_to) == period), None)
        same = next((one for one in fellows if _period(one) == period), None)
        if there is None and same is None:
            spans = [*((one.period_from, one.period_to) for one in others), *(_period(one) for one in fellows)]
            if not steers:
                row.refuse(self.column("period_from"), _("没有这份清单"), _("请牵头党组织先拟定清单"))
                return
            if any(begins <= last and ends >= first for begins, ends in spans):
                row.refuse(self.column("period_from"), _("这一时段已有同类清单"), _("把起止日期写成那份清单的"))
                return
            fellows.append(row)
        values["listing"], values["first"] = there, same or row
        row.is_new()

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """The row that draws up a list before the others of it."""
        return sorted(rows, key=lambda row: row.values["first"].number if "first" in row.values else 0)

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        record(rows, run, at=at)

    def exported(self, things: models.QuerySet[Item]) -> Iterator[list[Any]]:
        _number, *keys = [column.key for column in self.columns]
        kind, collected_on = keys.index("kind"), keys.index("collected_on")
        found = things.values_list("pk", *(ABOUT.get(key, key) for key in keys)).iterator(chunk_size=TOGETHER)
        return self.table((number_of(pk, values[kind], values[collected_on]), *values) for pk, *values in found)


def _period(row: Row) -> tuple[date, date]:
    return row.values["period_from"], row.values["period_to"]


def _wording(row: Row) -> Any:
    values = row.values
    try:
        return tuple([values[key] for key in WORDED])
    except KeyError:  # a cell of them was refused
        return None


def _lists(alliances: Sequence[int], rows: Sequence[Row]) -> models.QuerySet[Listing]:
    """The lists of the alliances that a period of the rows may be, or may touch."""
    periods = [_period(row) for row in rows if {"period_from", "period_to"} <= row.values.keys()]
    first = min((first for first, _last in periods), default=date.max)
    last = max((last for _first, last in periods), default=date.min)
    there = Listing.objects.filter(alliance__in=alliances, period_from__lte=last, period_to__gte=first)
    return there.exclude(state=Listing.State.SUPERSEDED)


def _wording_of(item: Item) -> Any:
    return (item.alliance.code, item.kind, item.listing.period_from, item.title, item.asked_by.code)


def _items(there: models.QuerySet[Item], rows: Sequence[Row]) -> dict[int, Item]:
    """Those that the rows may mean, by number or by words: the others are only glanced at."""
    wordings = {_wording(row) for row in rows} - {None}
    of_their_periods = there.filter(listing__period_from__in={wording[PERIOD] for wording in wordings})
    glances = of_their_periods.values_list(*WORDING, "pk").iterator(chunk_size=5_000)
    named = {glance[-1] for glance in glances if glance[:-1] in wordings}
    named |= {row.values["number"] for row in rows if row.values.get("number") is not None}
    found = there.select_related("listing", "asked_by", "alliance").in_bulk(named) if named else {}
    return dict(found)


def _known(rows: Sequence[Row], user: Any, day: date) -> Known:
    steered, joined = Alliance.objects.steered_by(user), Alliance.objects.joined_by(user)
    wanted = {row.values.get("alliance_code") or "" for row in rows}
    seen = Alliance.objects.filter(Q(pk__in=steered.values("pk")) | Q(pk__in=joined.values("pk")), code__in=wanted)
    alliances = {one.code or "": one for one in seen}
    ids = [one.pk for one in alliances.values()]
    lists: dict[tuple[int, str], list[Listing]] = {}
    for listing in _lists(ids, rows):
        lists.setdefault((listing.alliance_id, listing.kind), []).append(listing)
    items = _items(Item.objects.visible_to(user).filter(alliance__in=ids), rows)
    by_words: dict[Any, list[Item]] = {}
    for item in items.values():
        by_words.setdefault(_wording_of(item), []).append(item)
    codes = {row.values.get("asked_code") or "" for row in rows}
    organizations = {one.code: one for one in Organization.objects.filter(code__in=codes, merged_into=None)}
    places_named = {row.values.get("site_id") or "" for row in rows}
    sites = frozenset(Region.objects.filter(code__in=places_named).values_list("code", flat=True))
    members: dict[int, set[int]] = {}
    current = Membership.objects.current().filter(alliance__in=ids).values_list("alliance_id", "organization_id")
    for alliance, organization in current:
        members.setdefault(alliance, set()).add(organization)
    return Known(
        alliances, set(steered.filter(pk__in=ids).values_list("pk", flat=True)), lists, items, by_words,
        organizations, members, rights_of(user).organizations, sites, day,
    )  # fmt: skip
