"""The verbs of joint branches: people are put forward, taken in, and step out; nobody enrols them from above."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Participant
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.leadership import demand_reason
from members.lifecycle import lock, moving, note
from members.models import PartyMember
from members.scope import rights_of
from members.states import Refused

State = Participant.State


@transaction.atomic
def put_forward(alliance: Alliance, person: PartyMember, *, duty: str = "", by: Any, at: datetime) -> Participant:
    """The member's own branch, or the member, offers to take part. The lead's own people are in at once.

    The branch is a current member of the joint branch (Refused ``not_member``); nobody else can put its people
    forward (PermissionDenied). Raises Refused ``no_joint_branch``, ``not_running``, ``already_there``.
    """
    _answers_for(by, person)
    lock(alliance)
    refuse_idle(alliance)
    day = timezone.localdate(at)
    if alliance.form != Alliance.Form.JOINT_BRANCH:
        raise Refused("no_joint_branch", _("只有联合党支部登记参加的党员。"))
    if not alliance.memberships.current().filter(organization=person.organization_id).exists():
        raise Refused("not_member", _("该党员所在党组织不是联合党支部的现有成员。"))
    if not PartyMember.objects.as_of(day).filter(pk=person.pk).exists():
        raise ValidationError({"person": _("该同志已不在原党组织。")})
    if alliance.participants.filter(person=person, state__in=(State.PROPOSED, State.TAKING_PART)).exists():
        raise Refused("already_there", _("%(person)s已在名单中。") % {"person": person})
    at_once = alliance.lead_id == person.organization_id and alliance.lead_id in rights_of(by).organizations
    part = Participant(
        alliance=alliance, person=person, duty=duty, proposed_on=day, joined_on=day if at_once else None,
        state=State.TAKING_PART if at_once else State.PROPOSED,
    )  # fmt: skip
    part.clean_fields(exclude=["alliance", "person"])
    part.save()
    verb = "take_in" if at_once else "put_forward"
    note(part, verb, at=at, by=by, organization=person.organization, to_state=part.state)
    return part


def take_in(part: Participant, *, by: Any, at: datetime) -> Participant:
    """The lead takes the member in from this day on; the organisational relation stays in the own branch."""
    with transaction.atomic():
        lock(part.alliance)
        refuse_idle(part.alliance)
        with moving(part, State.TAKING_PART, verb="take_in", at=at, by=by, organization=part.alliance.lead):
            part.joined_on = timezone.localdate(at)
    return part


def turn_down(part: Participant, *, by: Any, at: datetime, reason: str) -> Participant:
    """The lead does not take the member in, and says why; the branch may offer again."""
    lead = part.alliance.lead
    with moving(part, State.TURNED_DOWN, verb="turn_down", at=at, by=by, organization=lead, reason=reason):
        demand_reason(reason)
    return part


def step_out(part: Participant, *, by: Any, at: datetime, reason: str) -> Participant:
    """The member, or the own branch for the member, ends it: taking part up to the day before."""
    _answers_for(by, part.person)
    own = part.person.organization
    with moving(part, State.LEFT, verb="step_out", at=at, by=by, organization=own, reason=reason):
        demand_reason(reason)
        part.left_on = timezone.localdate(at)
    return part


def _answers_for(by: Any, person: PartyMember) -> None:
    if not PartyMember.objects.acted_for_by(by).filter(pk=person.pk).exists():
        raise PermissionDenied(_("是否参加，只由党员本人和所在党组织决定。"))
