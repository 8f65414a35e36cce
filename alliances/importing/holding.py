"""How an import writes activities and sessions: in bulk, each history as the verbs would have left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from alliances.models import Activity, Attendance, Session
from members.importing.importer import made, trail
from members.importing.rows import Row
from members.models import ImportRun

State = Activity.State
PLANNED = [("plan", State.PLANNED.value)]
HELD = [*PLANNED, ("hold", State.HELD.value)]


def record(rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
    """The activities and sessions that good rows bring. ``first`` of a row's values is the row that speaks for its
    activity; an earlier batch may have made it already."""
    fresh: dict[int, tuple[Row, Activity]] = {}
    for row in rows:
        first = row.values["first"]
        if row.thing is None and "made" not in first.values:
            first.values["made"] = _activity(row, held=first.values.get("held", False))
            fresh[first.number] = (row, first.values["made"])
    Activity.objects.bulk_create([activity for _row, activity in fresh.values()])
    sessions = [(row, _session(row, run, at)) for row in rows if row.values.get("held_on") is not None]
    Session.objects.bulk_create([session for _row, session in sessions])
    there = [
        (row, Attendance(session=session, organization_id=pk))
        for row, session in sessions
        for pk in row.values["there"]
    ]
    Attendance.objects.bulk_create([attendance for _row, attendance in there])
    begun = {row.number for row, _activity in fresh.values()}
    for way in (PLANNED, HELD):
        trail(Activity, [one.pk for _row, one in fresh.values() if _way(one) == way], way, run, at=at)
    later = [session for row, session in sessions if row.number not in begun]
    recorded = [{"session": session.pk} for session in later]
    trail(Activity, [one.activity_id for one in later], [("record_session", "")], run, at=at, details=recorded)
    for model, pairs in ((Activity, [*fresh.values()]), (Session, sessions), (Attendance, there)):
        made(run, model, [row for row, _one in pairs], [one.pk for _row, one in pairs])


def _activity(row: Row, *, held: bool) -> Activity:
    values, alliance = row.values, row.values["alliance"]
    return Activity(
        state=State.HELD if held else State.PLANNED, alliance=alliance, region_id=alliance.region_id,
        kind=values["kind"], title=values["title"], host_id=values["host"], place=values.get("place", ""),
        planned_on=values["planned_on"],
    )  # fmt: skip


def _session(row: Row, run: ImportRun, at: datetime) -> Session:
    activity = row.thing or row.values["first"].values["made"]
    return Session(
        activity=activity, region_id=activity.region_id, held_on=row.values["held_on"], note=row.values.get("note", ""),
        late=row.values["late"], recorded_at=at, recorded_by_id=run.by_id,
    )  # fmt: skip


def _way(activity: Activity) -> list[tuple[str, str]]:
    return HELD if activity.state == State.HELD else PLANNED
