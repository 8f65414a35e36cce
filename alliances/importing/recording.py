"""How an import writes alliances: rows and Steps in bulk, each history as the verbs would have left it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Chain, Membership
from members.importing.importer import changed, made, trail
from members.importing.rows import Row
from members.models import ImportRun, Organization
from members.pinyin import pinyin_of

State, Joined = Alliance.State, Membership.State
Pair = tuple[Row, Any]


def record(rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
    """The alliances, chains and memberships that good rows bring, and what was done to which."""
    fresh, old = [row for row in rows if row.deed == "new"], [row for row in rows if row.deed == "changed"]
    alliances = [(row, _alliance(row, run)) for row in fresh]
    Alliance.objects.bulk_create([alliance for _row, alliance in alliances])
    _number([alliance for _row, alliance in alliances if alliance.runs])
    _edit(old, at)
    everyone = [*alliances, *((row, row.thing) for row in old)]
    chains = [
        (row, Chain(alliance=alliance, kind=kind))
        for row, alliance in everyone
        for kind in row.values.get("more_chains", row.values.get("chains", ()))
    ]
    Chain.objects.bulk_create([chain for _row, chain in chains])
    by_code = _invited_by_code(everyone)
    memberships = [pair for row, alliance in everyone for pair in _memberships(row, alliance, by_code, at)]
    Membership.objects.bulk_create([membership for _row, membership in memberships])
    _leave_trail(alliances, old, memberships, run, at)
    _leave_invitations(everyone, run, at)
    made(run, Alliance, *_apart(alliances))
    changed(run, Alliance, old)
    made(run, Chain, *_apart(chains))
    made(run, Membership, *_apart(memberships))


def _apart(pairs: Sequence[Pair]) -> tuple[list[Row], list[int]]:
    """The rows, and the keys of what they brought."""
    return [row for row, _thing in pairs], [thing.pk for _row, thing in pairs]


def _alliance(row: Row, run: ImportRun) -> Alliance:
    values = row.values
    return Alliance(
        state=State.ACTIVE if values.get("activated_on") else State.DRAFT, name=values["name"],
        pinyin=pinyin_of(values["name"]), region_id=values["region_id"], form=values["form"],
        mode=values.get("mode", ""), formation=values["formation"], purpose=values.get("purpose", ""),
        lead_id=values["lead"], supervising_id=values["supervising"], applied_by_id=run.by_id,
        document_number=values.get("document_number", ""), activated_on=values.get("activated_on"),
    )  # fmt: skip


def _number(alliances: Sequence[Alliance]) -> None:
    for alliance in alliances:
        alliance.code = f"LHT-{alliance.region_id[:6]:0<6}-{alliance.pk:06d}"
    if alliances:
        Alliance.objects.bulk_update(alliances, ["code"], 500)


def _edit(rows: Sequence[Row], at: datetime) -> None:
    for row in rows:
        for name, (_before, after) in row.changes.items():
            setattr(row.thing, name, after)
        row.thing.pinyin, row.thing.updated_at = pinyin_of(row.thing.name), at
    if rows:
        fields = ["name", "form", "mode", "document_number", "purpose", "pinyin", "updated_at"]
        Alliance.objects.bulk_update([row.thing for row in rows], fields, 200)


def _invited_by_code(everyone: Sequence[Pair]) -> dict[str, Organization]:
    """The organisations behind codes outside the importer's subtree: whoever has one is asked."""
    wanted = {code for row, _alliance in everyone for code, one in row.values["members"].items() if one is None}
    return {one.code: one for one in Organization.objects.filter(code__in=wanted, merged_into=None)}


def _memberships(
    row: Row, alliance: Alliance, by_code: dict[str, Organization], at: datetime
) -> list[tuple[Row, Membership]]:
    """The lead and those of the own subtree as recorded members of what runs; everybody else as asked."""
    new, since, today = row.deed == "new", row.values.get("activated_on"), timezone.localdate(at)
    asked: list[models.Model | None] = []
    recorded: list[int] = [alliance.lead_id] if new and since else []
    for code, one in row.values["members"].items():
        if new and since and one is not None:
            recorded.append(one.pk)
        elif new or code in row.values["invited"]:
            asked.append(one or by_code.get(code))
    invited = [alliance.lead_id] if new and not since else []
    invited += [one.pk for one in asked if one is not None and one.pk != alliance.lead_id]
    return [
        *((row, Membership(alliance=alliance, organization_id=pk, state=Joined.ACCEPTED, joined_on=since))
          for pk in recorded),
        *((row, Membership(alliance=alliance, organization_id=pk, state=Joined.INVITED, invited_on=today))
          for pk in invited),
    ]  # fmt: skip


def _leave_trail(
    alliances: Sequence[Pair], old: Sequence[Row], memberships: Sequence[Pair], run: ImportRun, at: datetime
) -> None:
    ways: dict[tuple[tuple[str, str], ...], list[Pair]] = {}
    for row, alliance in alliances:
        ways.setdefault(_way(alliance), []).append((row, alliance))
    for way, pairs in ways.items():
        rows, keys = _apart(pairs)
        trail(Alliance, keys, way, run, at=at, reasons=[_ground(row) for row in rows])
    edits = [{"fields": sorted(row.changes)} for row in old]
    trail(Alliance, [row.thing.pk for row in old], [("edit", "")], run, at=at, details=edits)
    for verb, state in (("record", Joined.ACCEPTED), ("invite", Joined.INVITED)):
        keys = [membership.pk for _row, membership in memberships if membership.state == state]
        trail(Membership, keys, [(verb, state)], run, at=at, told=False)


def _leave_invitations(everyone: Sequence[Pair], run: ImportRun, at: datetime) -> None:
    """Who is asked by a code outside the importer's subtree, whether it exists or not."""
    asked = [
        (alliance.pk, {"code": code})
        for row, alliance in everyone
        for code, one in row.values["members"].items()
        if one is None and (row.deed == "new" or code in row.values["invited"])
    ]
    trail(
        Alliance, [pk for pk, _detail in asked], [("invite", "")], run, at=at, details=[detail for _pk, detail in asked]
    )


def _way(alliance: Alliance) -> tuple[tuple[str, str], ...]:
    """The moves by which an alliance of that formation comes to where it stands."""
    way = [("found", State.DRAFT.value)]
    if alliance.runs:
        if alliance.formation == Alliance.Formation.NON_ESTABLISHED:
            way.append(("submit", State.SUBMITTED.value))
        way.append(("record", State.ACTIVE.value))
    return tuple(way)


def _ground(row: Row) -> str:
    since = row.values.get("activated_on")
    if since is None:
        return ""
    words = {"day": since.isoformat(), "number": row.values.get("document_number") or _("无文号")}
    return _("导入登记：%(day)s 设立，%(number)s") % words
