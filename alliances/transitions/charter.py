"""The verbs of the charter (章程): drafted by the lead, put to the members, in force when nobody is against it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Assent, Charter, RuleSet
from alliances.transitions.alliance import refuse_ended
from alliances.transitions.papers import enclose, members_of, midnight, said, sound
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Charter.State
TO_COME = (State.DRAFT, State.CONSULTING)


@transaction.atomic
def draft_charter(alliance: Alliance, *, text: str, file: File | None = None, by: Any, at: datetime) -> Charter:
    """Begin the next version; nobody but the lead reads it yet. One version to come at a time (``already_drafted``)."""
    lock(alliance)
    refuse_ended(alliance)
    known = Charter.objects.filter(alliance=alliance)
    if known.filter(state__in=TO_COME).exists():
        raise Refused("already_drafted", _("已有一版章程在拟定或征求同意，请先办完或撤回。"))
    last = known.order_by("-version").first()
    charter = Charter.objects.create(
        alliance=alliance, version=last.version + 1 if last else 1, text=sound(text), drafted_at=at,
        previous=known.filter(state=State.IN_FORCE).first(),
    )  # fmt: skip
    note(charter, "draft", at=at, by=by, organization=alliance.lead, to_state=State.DRAFT)
    enclose(charter, file, by=by, at=at)
    return charter


@transaction.atomic
def amend_charter(charter: Charter, *, text: str, file: File | None = None, by: Any, at: datetime) -> Charter:
    """Change the text of a draft; a file takes the place of the one before. What was put to the members is fixed."""
    lock(charter)
    if charter.state != State.DRAFT:
        raise MoveRefused(charter, State.DRAFT)
    charter.text = sound(text)
    charter.save()
    note(charter, "amend", at=at, by=by, organization=charter.alliance.lead)
    enclose(charter, file, by=by, at=at)
    return charter


@transaction.atomic
def put_charter(charter: Charter, *, by: Any, at: datetime) -> Charter:
    """Put the draft to the members; the lead has assented with that, and the silence term begins."""
    alliance, day = _locked(charter), timezone.localdate(at)
    refuse_ended(alliance)
    with moving(charter, State.CONSULTING, verb="put", at=at, by=by, organization=alliance.lead):
        charter.put_on = day
    _record(charter, alliance.lead_id, day, by)
    _conclude(charter, alliance, by=by, at=at)
    return charter


@transaction.atomic
def assent(charter: Charter, organization: Organization, *, by: Any = None, at: datetime) -> Charter:
    """A current member agrees to the version; the last one brings it into force. Who joins later may assent as well.

    Raises Refused ``not_member`` and ``already_assented``.
    """
    alliance = _locked(charter)
    if charter.state not in {State.CONSULTING, State.IN_FORCE}:
        raise MoveRefused(charter, State.IN_FORCE)
    _refuse_stranger(alliance, organization)
    if charter.assents.filter(organization=organization, agrees=True).exists():
        raise Refused("already_assented", _("贵组织已经同意这一版章程。"))
    _record(charter, organization.pk, timezone.localdate(at), by)
    note(charter, "assent", at=at, by=by, organization=organization)
    if charter.state == State.CONSULTING:
        _conclude(charter, alliance, by=by, at=at)
    return charter


@transaction.atomic
def object_(charter: Charter, organization: Organization, *, reason: str, by: Any = None, at: datetime) -> Charter:
    """A current member is against the version and says why: it cannot come into force until it assents or the lead
    takes the version back. Raises Refused ``not_member`` and ``already_said``."""
    alliance = _locked(charter)
    if charter.state != State.CONSULTING:
        raise MoveRefused(charter, State.CONSULTING)
    _refuse_stranger(alliance, organization)
    if charter.assents.filter(organization=organization).exists():
        raise Refused("already_said", _("贵组织已经表态。"))
    _record(charter, organization.pk, timezone.localdate(at), by, agrees=False, reason=said(reason))
    note(charter, "object", at=at, by=by, organization=organization, reason=reason)
    return charter


def withdraw_charter(charter: Charter, *, reason: str, by: Any, at: datetime) -> Charter:
    """The lead takes the version back, and says why; what members have said to it stays on record."""
    lead = charter.alliance.lead
    with moving(charter, State.WITHDRAWN, verb="withdraw", at=at, by=by, organization=lead, reason=said(reason)):
        pass
    return charter


def complete_charters(as_of: date) -> int:
    """Bring into force what nobody objects to and whose silence term (沉默期) has passed, or whose last silent member
    has left; how many. In force on the day on which the term ran out, however late this runs. Safe to run twice."""
    waiting = Charter.objects.filter(state=State.CONSULTING, put_on__lt=as_of)
    return sum(_complete(charter, as_of) for charter in waiting.order_by("pk"))


def outstanding(charter: Charter, alliance: Alliance) -> tuple[set[int], set[int]]:
    """Of the current members: who has said nothing, and who objects."""
    members, words = members_of(alliance), dict(charter.assents.values_list("organization_id", "agrees"))
    return {pk for pk in members if pk not in words}, {pk for pk in members if words.get(pk) is False}


def term_of(charter: Charter, alliance: Alliance) -> date | None:
    """The day on which silence becomes assent; None before it was put to the members."""
    days = RuleSet.objects.for_region(alliance.region_id).silence_days
    return charter.put_on + timedelta(days=days) if charter.put_on else None


@transaction.atomic
def _complete(charter: Charter, as_of: date) -> bool:
    alliance, term = _locked(charter), term_of(charter, charter.alliance)
    silent, against = outstanding(charter, alliance)
    if charter.state != State.CONSULTING or against or term is None or (silent and term > as_of):
        return False
    for organization in sorted(silent):
        _record(charter, organization, term, None, silent=True)
    _enter_into_force(charter, day=term if silent else as_of, by=None, at=midnight(term if silent else as_of))
    return True


def _conclude(charter: Charter, alliance: Alliance, *, by: Any, at: datetime) -> None:
    if not any(outstanding(charter, alliance)):
        _enter_into_force(charter, day=timezone.localdate(at), by=by, at=at)


def _enter_into_force(charter: Charter, *, day: date, by: Any, at: datetime) -> None:
    for before in Charter.objects.filter(alliance=charter.alliance_id, state=State.IN_FORCE):
        with moving(before, State.SUPERSEDED, at=at, by=by, detail={"version": charter.version}):
            pass
    with moving(charter, State.IN_FORCE, at=at, by=by):
        charter.agreed_on = day


def _record(
    charter: Charter, organization: int, day: date, by: Any, *,
    agrees: bool = True, silent: bool = False, reason: str = ""
) -> None:  # fmt: skip
    words = {"agrees": agrees, "reason": reason, "said_on": day, "silent": silent}
    words["by"] = by if hasattr(by, "duty") else None
    Assent.objects.update_or_create(charter=charter, organization_id=organization, defaults=words)


def _refuse_stranger(alliance: Alliance, organization: Organization) -> None:
    if organization.pk not in members_of(alliance):
        raise Refused("not_member", _("只有联合体的现有成员可以表态。"))


def _locked(charter: Charter) -> Alliance:
    """The alliance first, then the charter: who speaks at the same moment speaks one after the other."""
    alliance = charter.alliance
    lock(alliance)
    lock(charter)
    return alliance
