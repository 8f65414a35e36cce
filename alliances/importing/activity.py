"""Activities with their sessions from and to a spreadsheet: a row a session, or a row for what is only planned.

What was held long ago is a late record: it counts once a second person has confirmed it, as if entered by hand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch, Q
from django.utils.translation import gettext_lazy as _

from alliances.importing.holding import record
from alliances.models import Activity, Alliance, Attendance, Membership, RuleSet, Session
from alliances.transitions.activity import FURTHEST
from alliances.working_days import Calendar
from members.importing.columns import Bad, Column, chosen, code, codes, day, words
from members.importing.importer import UNKNOWN, Importer, refuse_twins
from members.importing.rows import Row
from members.models import ImportRun, Organization
from members.scope import rights_of

State = Activity.State
OF_ACTIVITY, OF_SESSION = "HD-", "CC-"
SAME = ("kind", "title", "host", "place", "planned_on")


def numbered(prefix: str) -> Any:
    """A parser of HD-000123 -> 123."""

    def parse(cell: str, column: Column) -> int:
        digits = cell.removeprefix(prefix)
        if not (digits.isascii() and digits.isdigit() and len(digits) <= 18):
            raise Bad(_("不是本系统的编号"), _("新登记的留空；已有的用导出文件里的编号"))
        return int(digits)

    return parse


@dataclass(frozen=True)
class Known:
    """What the rows name, fetched once. ``any_host``: alliances in which the user names any member as the host."""

    alliances: dict[str, Alliance]
    any_host: set[int]
    organizations: dict[str, Organization]
    activities: dict[Any, Activity | None]
    memberships: dict[int, list[Membership]]
    own: frozenset[int]
    day: date
    calendar: Calendar


class ActivityImporter(Importer):
    """By whoever steers the alliance or takes part in it: a member only what its own organisation hosts."""

    kind = "activities"
    label = _("活动和场次")
    icon = "calendar-days"
    hint = _("主题、主办、日期、参加组织")
    about = (
        _("一行一个场次；同一活动的几个场次写几行，活动的几列照抄。还没有开展的只写计划日期。"),
        _("开展日期超过当地补录期限的是补录，经另一位同志复核后才计入统计。"),
        _("已经登记的活动和场次不能通过导入修改；有计划、还没有开展的活动请在页面记录。"),
        _("参加组织写组织代码，用分号隔开，应是当天的成员。不登记人数，不需要照片。"),
    )
    columns = (
        Column("number", _("活动编号"), _("新登记的留空"), parse=numbered(OF_ACTIVITY), longest=24, empty=None),
        Column("alliance_code", _("联合体编号"), required=True, parse=code, longest=32),
        Column("kind", _("类型"), required=True, parse=chosen, choices=Activity.Kind),
        Column("title", _("主题"), required=True, longest=80),
        Column("host_code", _("主办组织代码"), required=True, parse=code, longest=32),
        Column("place", _("地点"), longest=80),
        Column("planned_on", _("计划日期"), required=True, parse=day),
        Column("session", _("场次编号"), _("新登记的留空"), parse=numbered(OF_SESSION), longest=24, empty=None),
        Column("held_on", _("开展日期"), _("没有开展的留空"), parse=day, empty=None),
        Column("attended", _("参加组织代码"), _("开展了的填写，用分号隔开"), parse=codes, longest=32, empty=()),
        Column("note", _("记录"), parse=words, longest=4000),
        Column("state", _("状态"), shown=True, choices=State),
    )  # fmt: skip

    def open_to(self, user: Any) -> bool:
        return bool(rights_of(user).codes or rights_of(user).organizations)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        known = _known(rows, user, day)
        refuse_twins(rows, lambda row: row.values.get("session"), self.column("session"))
        first: dict[Any, Row] = {}
        sessions: set[Any] = set()
        for row in rows:
            self._find(row, known)
            if row.good:
                self._agree(row, first, sessions)
            if row.good and row.thing is not None:
                self._judge_known(row, known)
            elif row.good:
                self._judge_new(row, known)

    def remarks(self, rows: Sequence[Row], *, user: Any) -> list[str]:
        late = sum(row.good and bool(row.values.get("late")) for row in rows)
        told = _("%(count)s 个场次是补录，导入后要经另一位同志复核才计入统计。") % {"count": late}
        return [str(told)] if late else []

    def _find(self, row: Row, known: Known) -> None:
        number, alliance = row.values.get("number"), known.alliances.get(row.values.get("alliance_code", ""))
        if "alliance_code" in row.values and alliance is None:
            row.refuse(self.column("alliance_code"), UNKNOWN, _("核对联合体编号"))
            return
        host = known.organizations.get(row.values.get("host_code", ""))
        row.values |= {"alliance": alliance, "host": host and host.pk}
        if number is not None:
            row.thing = known.activities.get(number)
            if row.thing is None or row.thing.alliance_id != alliance.pk:  # type: ignore[union-attr]
                row.refuse(self.column("number"), _("这个联合体没有这项活动"), _("新登记的活动留空这一格"))
        elif row.good:
            row.thing = known.activities.get(_calling(row))
            if row.thing is None and _calling(row) in known.activities:
                row.refuse(self.column("number"), _("有几项这样的活动"), _("写明活动编号"))

    def _agree(self, row: Row, first: dict[Any, Row], sessions: set[Any]) -> None:
        """Rows of one activity say the same of it; a session stands once in the file."""
        key = row.thing.pk if row.thing is not None else _calling(row)
        one = first.setdefault(key, row)
        if any(row.values.get(name) != one.values.get(name) for name in SAME):
            words = _("与第 %(row)s 行是同一活动，写的却不同") % {"row": one.number}
            row.refuse(self.column("title"), words, _("把活动的几列改成一样"))
        session = (key, row.values["held_on"], row.values.get("note", ""), row.values.get("session"))
        if session in sessions:
            row.refuse(self.column("held_on"), _("这一场次已在前面写过"), _("只留一行"))
        sessions.add(session)
        row.values["first"] = one

    def _judge_known(self, row: Row, known: Known) -> None:
        thing, labels = row.thing, {"host": "host_code"}
        for name in SAME:
            there = thing.host_id if name == "host" else getattr(thing, name)
            if name in row.values and row.values[name] != there:
                column = self.column(labels.get(name, name))
                row.refuse(column, _("与已登记的活动不同"), _("这一项不能通过导入修改，请改回原样"))
        if not row.good:
            return
        if row.values.get("held_on") is None:
            row.meets(thing, {})
            return
        session = _session_of(row)
        if session is not None or row.values.get("session") is not None:
            there = session and {one.organization.code for one in session.attendances.all()}
            same = session is not None and session.held_on == row.values["held_on"] and (
                there == set(row.values["attended"]) and session.note == row.values.get("note", "")
            )  # fmt: skip
            if not same:
                row.refuse(self.column("session"), _("与已登记的场次不同"), _("改回原样；新的场次留空“场次编号”"))
                return
            row.meets(thing, {})
        elif thing.state != State.HELD:
            row.refuse(self.column("held_on"), _("这项活动已有计划，还没有开展"), _("请在活动页面记录开展情况"))
        else:
            self._judge_session(row, known)

    def _judge_new(self, row: Row, known: Known) -> None:
        alliance, host = row.values["alliance"], row.values["host"]
        current = {one.organization_id for one in known.memberships.get(alliance.pk, ()) if one.state == "accepted"}
        allowed = current if alliance.pk in known.any_host else current & known.own
        planned, since = row.values["planned_on"], alliance.activated_on
        if not alliance.runs:
            row.refuse(self.column("alliance_code"), _("这个联合体不在运行中"), _("删去这一行"))
        elif host not in allowed:
            row.refuse(self.column("host_code"), _("不是可以主办的现有成员"), _("填现有成员的代码；成员只填本组织"))
        elif planned > known.day + FURTHEST or (since and planned < since):
            row.refuse(self.column("planned_on"), _("不在联合体成立之后、一年之内"), _("核对日期"))
        elif row.values.get("held_on") is not None:
            self._judge_session(row, known)
        else:
            row.is_new()

    def _judge_session(self, row: Row, known: Known) -> None:
        alliance, held = row.values["alliance"], row.values["held_on"]
        there = {
            one.organization.code: one.organization_id
            for one in known.memberships.get(alliance.pk, ())
            if one.joined_on and one.joined_on <= held and (one.left_on is None or one.left_on > held)
        }
        strangers = [one for one in row.values["attended"] if one not in there]
        if held > known.day or (alliance.activated_on and held < alliance.activated_on):
            row.refuse(self.column("held_on"), _("不在联合体成立之后、今天之前"), _("核对日期"))
        elif not row.values["attended"]:
            row.refuse(self.column("attended"), _("没有填"), _("写上参加的成员党组织"))
        elif strangers:
            words = _("%(codes)s 当天不是成员") % {"codes": "、".join(strangers[:3])}
            row.refuse(self.column("attended"), words, _("删去这些代码"))
        else:
            row.values["there"] = sorted(there[one] for one in row.values["attended"])
            self._time(row, known)

    def _time(self, row: Row, known: Known) -> None:
        """On time, or late by the rules of the place."""
        term = RuleSet.objects.for_region(row.values["alliance"].region_id).late_working_days
        try:
            row.values["late"] = known.calendar.comes_late(row.values["held_on"], known.day, term)
        except ValidationError as unknown:
            row.refuse(self.column("held_on"), "".join(unknown.messages), _("核对日期"))
            return
        row.values["first"].values["held"] = True
        row.is_new()

    def ordered(self, rows: Sequence[Row]) -> list[Row]:
        """The row that speaks first of an activity before the others of it."""
        return sorted(rows, key=lambda row: row.values["first"].number)

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        record(rows, run, at=at)

    def exported(self, things: models.QuerySet[Activity]) -> Iterator[list[Any]]:
        attendances = Attendance.objects.select_related("organization")
        sessions = Session.objects.order_by("held_on", "pk").prefetch_related(Prefetch("attendances", attendances))
        found = things.select_related("alliance", "host").prefetch_related(Prefetch("sessions", sessions))
        for thing in found.iterator(chunk_size=1_000):
            of_activity = {
                "number": f"{OF_ACTIVITY}{thing.pk:06d}", "alliance_code": thing.alliance.code, "kind": thing.kind,
                "title": thing.title, "host_code": thing.host.code, "place": thing.place,
                "planned_on": thing.planned_on, "state": thing.state,
            }  # fmt: skip
            for session in thing.sessions.all() or [None]:
                yield self.written(of_activity | _exported_session(session))


def _exported_session(session: Session | None) -> dict[str, Any]:
    if session is None:
        return {}
    return {
        "session": f"{OF_SESSION}{session.pk:06d}", "held_on": session.held_on, "note": session.note,
        "attended": tuple(sorted(one.organization.code for one in session.attendances.all())),
    }  # fmt: skip


def _calling(row: Row) -> Any:
    return (row.values["alliance"].pk, row.values["kind"], row.values["title"], row.values["planned_on"])


def _session_of(row: Row) -> Session | None:
    """The session that the row names by its number, else by its day and its note."""
    number, note = row.values.get("session"), row.values.get("note", "")
    for session in row.thing.sessions.all():
        named = session.pk == number if number is not None else None
        if named or (named is None and (session.held_on, session.note) == (row.values["held_on"], note)):
            return session
    return None


def _known(rows: Sequence[Row], user: Any, day: date) -> Known:
    wanted = {row.values.get("alliance_code") or "" for row in rows}
    seen = Alliance.objects.filter(Q(pk__in=Alliance.objects.steered_by(user).values("pk"))
                                   | Q(pk__in=Alliance.objects.joined_by(user).values("pk")))  # fmt: skip
    alliances = {one.code or "": one for one in seen.filter(code__in=wanted)}
    own = [one.pk for one in alliances.values()]
    hosts = {row.values.get("host_code") or "" for row in rows}
    attendances = Prefetch("attendances", Attendance.objects.select_related("organization"))
    sessions = Prefetch("sessions", Session.objects.prefetch_related(attendances))
    activities: dict[Any, Activity | None] = {}
    for one in Activity.objects.filter(alliance__in=own).exclude(state=State.CANCELLED).prefetch_related(sessions):
        calling = (one.alliance_id, one.kind, one.title, one.planned_on)
        activities[calling] = None if calling in activities else one
        activities[one.pk] = one
    memberships: dict[int, list[Membership]] = {}
    for membership in Membership.objects.filter(alliance__in=own).select_related("organization"):
        memberships.setdefault(membership.alliance_id, []).append(membership)
    steered = Alliance.objects.steered_by(user).filter(pk__in=own).values_list("pk", flat=True)
    organizations = {one.code: one for one in Organization.objects.filter(code__in=hosts, merged_into=None)}
    return Known(
        alliances, set(steered), organizations, activities, memberships, rights_of(user).organizations, day,
        Calendar.present(),
    )  # fmt: skip
