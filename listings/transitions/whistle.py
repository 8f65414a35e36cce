"""The verbs of whistles (吹哨): blown by a caller, let sound by its head, joined by more departments, evaluated.

Who speaks one holds the item's row, then the whistle's, then those of its calls.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.transitions.alliance import refuse_idle
from listings.departments import departments_for
from listings.models import Call, Item, Whistle
from listings.models.listing import Kind
from listings.querysets.whistle import SOUNDING, WHISTLEABLE
from listings.transitions.carrying import not_through_a_claim
from listings.transitions.claim import in_line_for
from listings.transitions.item import collect, open_
from listings.transitions.listing import current_list
from listings.transitions.order import lock_items, retried
from listings.transitions.whistle_ends import settle
from members.lifecycle import moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Whistle.State
ONCE = "already_blown"


@retried
def blow(
    item: Item,
    caller: Organization,
    *,
    reason: str,
    need: str,
    lead: Organization,
    assistants: Iterable[Organization] = (),
    by: Any,
    at: datetime,
) -> Whistle:
    """Ask that departments be called to an item; nobody hears of it before the caller's head has agreed.

    Raises Refused ``not_running``, ``not_open`` (the item is done or has ended), ``already_blown``, ``not_callable``
    (neither a member of the alliance nor an organ linked to the caller), ``asker_called`` (who asked for the item
    is to confirm it, so it is not called to it) and ``by_project`` for what a project carries out.
    """
    called = list(dict.fromkeys([lead, *assistants]))
    _check(item, caller, called)
    whistle = Whistle(
        item=item, alliance_id=item.alliance_id, region_id=item.region_id, caller=caller, reason=reason,
        need=need.strip(), asked_at=at, asked_by=by, synthetic=item.synthetic,
    )  # fmt: skip
    whistle.clean_fields(exclude=["item", "alliance", "region", "caller", "asked_by"])
    try:
        with transaction.atomic():
            lock_items(Q(pk=item.pk))
            item.refresh_from_db()
            refuse_idle(item.alliance)
            if item.state not in WHISTLEABLE:
                raise Refused("not_open", _("事项已经办完或终止，不能再吹哨。"))
            not_through_a_claim(item)
            whistle.save()
            Call.objects.bulk_create(
                Call(whistle=whistle, organization=one, role=Call.Role.LEAD if one == lead else Call.Role.ASSIST)
                for one in called
            )
            note(whistle, "blow", at=at, by=by, organization=caller, reason=whistle.need, to_state=State.ASKED)
    except IntegrityError as wall:
        raise _once() from wall
    return whistle


def _once() -> Refused:
    return Refused(ONCE, _("这一事项已经吹过哨，还没有结束。"))


def _check(item: Item, caller: Organization, called: Iterable[Organization]) -> None:
    ids = {one.pk for one in called}
    if departments_for(item.alliance, caller).filter(pk__in=ids).count() != len(ids):
        raise Refused("not_callable", _("只能呼叫本联合体的成员，或与本组织结对的机关。"))
    if item.asked_by_id in ids:
        raise Refused("asker_called", _("事项的提出单位要在办完后确认，不能同时被呼叫来办理。"))


def blow_anew(
    alliance: Alliance,
    caller: Organization,
    *,
    title: str,
    need: str,
    category: str = Item.Category.OTHER,
    place: str = "",
    for_resident: bool = False,
    by: Any,
    at: datetime,
    **words: Any,
) -> Whistle:
    """Write down a problem on the alliance's current list and blow for it in the same step: entered once."""
    with transaction.atomic():
        refuse_idle(alliance)
        item = collect(
            current_list(alliance, Kind.PROBLEM, by=by, at=at), title=title, detail=need.strip(), category=category,
            place=place, for_resident=for_resident, asked_by=caller, by=by, at=at,
        )  # fmt: skip
        return blow(item, caller, need=need, by=by, at=at, **words)


@retried
def approve(whistle: Whistle, *, by: Any, at: datetime, reason: str = "") -> Whistle:
    """The caller's head lets it sound (never who asked for it): the departments hear of it now.

    The item is opened where it was not; for a problem the whistle hangs from now on on the service item that answers
    it, made if there is none. Whom it calls is looked at again: a member may have left meanwhile, and the answer may
    have an asker of its own. Refused ``not_callable``, ``asker_called``.
    """
    with transaction.atomic():
        item = lock_items(Q(pk=whistle.item_id))[0]
        _refuse_unless(whistle, State.ASKED, State.SOUNDED)
        if by.pk == whistle.asked_by_id:
            raise Refused("own_whistle", _("吹哨须由另一位负责同志批准。"))
        if item.state in {Item.State.COLLECTED, Item.State.STUDIED}:
            open_(item, by=by, at=at, reason=_("吹哨获批"))
        target = in_line_for(item, by=by, at=at)
        called = [call.organization for call in whistle.calls.select_related("organization")]
        _check(target, whistle.caller, called)
        day = timezone.localdate(at)
        try:
            own = whistle.caller
            with moving(whistle, State.SOUNDED, at=at, by=by, organization=own, reason=reason, verb="approve"):
                whistle.item, whistle.decided_by, whistle.sounded_on = target, by, day
        except IntegrityError as wall:
            raise _once() from wall
        whistle.calls.update(called_on=day, updated_at=at)
    return whistle


def turn_down(whistle: Whistle, *, by: Any, at: datetime, reason: str) -> Whistle:
    """The caller's head does not let it sound, and says why; the item stays where it is."""
    if by.pk == whistle.asked_by_id:
        raise Refused("own_whistle", _("吹哨须由另一位负责同志批准。"))
    with moving(whistle, State.TURNED_DOWN, at=at, by=by, organization=whistle.caller, reason=reason, verb="turn_down"):
        whistle.decided_by = by
    return whistle


@retried
def call_in(whistle: Whistle, organization: Organization, *, by: Any, at: datetime) -> Call:
    """Call one more department to a sounding whistle; it leads where the lead has refused.

    Refused ``not_callable``, ``asker_called``, ``already_called``.
    """
    with transaction.atomic():
        item = lock_items(Q(pk=whistle.item_id))[0]
        _sounding(whistle)
        _check(item, whistle.caller, [organization])
        led = whistle.calls.filter(role=Call.Role.LEAD).exclude(state=Call.State.REFUSED).exists()
        if whistle.calls.filter(organization=organization).exists():
            raise Refused("already_called", _("这个部门已经在本次吹哨中。"))
        call = Call.objects.create(
            whistle=whistle, organization=organization, role=Call.Role.ASSIST if led else Call.Role.LEAD,
            called_on=timezone.localdate(at),
        )  # fmt: skip
        note(call, "call_in", at=at, by=by, organization=whistle.caller, to_state=Call.State.CALLED)
        if whistle.state == State.REPORTED:
            with moving(whistle, State.SOUNDED, at=at, by=by, organization=whistle.caller, verb="call_in"):
                pass
    return call


@retried
def evaluate(
    whistle: Whistle,
    *,
    solved: bool,
    satisfied: bool,
    remark: str = "",
    departments: Mapping[int, tuple[bool, str]] = {},
    by: Any,
    at: datetime,
) -> Whistle:
    """The caller's word on the whole, and on each department that has reported (call id -> satisfied, remark).

    With it the whistle is over. Solved, the item waits for the confirmation of whoever asked; else it stands where
    its claims put it. Raises Refused ``not_reported`` before any department has reported, ValidationError where one
    that has is left out.
    """
    with transaction.atomic():
        item = lock_items(Q(pk=whistle.item_id))[0]
        reported = {call.pk: call for call in whistle.calls.filter(state=Call.State.REPORTED).select_for_update()}
        if not reported:
            raise Refused("not_reported", _("还没有部门报告处置情况，不能评价。"))
        if set(departments) != set(reported):
            raise ValidationError({"departments": _("请逐个评价已经报告的部门，也只评价它们。")})
        words = {"solved": solved, "satisfied": satisfied}
        own = whistle.caller
        with moving(whistle, State.EVALUATED, at=at, by=by, organization=own, verb="evaluate", detail=words):
            whistle.solved, whistle.satisfied, whistle.remark = solved, satisfied, remark.strip()
            whistle.evaluated_on = timezone.localdate(at)
        for pk, (content, said) in departments.items():
            call = reported[pk]
            call.satisfied, call.remark = content, said.strip()
            call.save(update_fields=["satisfied", "remark", "updated_at"])
        settle(item, by=by, at=at, verb="evaluate", solved=solved)
    return whistle


@retried
def call_off(whistle: Whistle, *, by: Any, at: datetime, reason: str) -> Whistle:
    """The caller takes it back, saying why; the item stands where its claims put it. What has sounded still counts."""
    with transaction.atomic():
        item = lock_items(Q(pk=whistle.item_id))[0]
        own = whistle.caller
        with moving(whistle, State.CALLED_OFF, at=at, by=by, organization=own, reason=reason, verb="call_off"):
            pass
        settle(item, by=by, at=at, verb="call_off", reason=reason)
    return whistle


def _refuse_unless(whistle: Whistle, state: str, to: str) -> None:
    """Lock the whistle; MoveRefused where it does not stand in the state any more."""
    whistle.refresh_from_db(from_queryset=Whistle.objects.select_for_update(of=("self",)))
    if whistle.state != state:
        raise MoveRefused(whistle, to)


def _sounding(whistle: Whistle) -> None:
    """Lock the whistle; Refused ``silent`` where it does not sound."""
    whistle.refresh_from_db(from_queryset=Whistle.objects.select_for_update(of=("self",)))
    if whistle.state not in SOUNDING:
        raise Refused("silent", _("这次吹哨还没有批准，或已经结束。"))
