"""The verbs of membership: an organisation is invited, and itself accepts, declines or leaves (自主自愿).

Whether a newcomer comes into a running alliance is decided by its members: see admission.py.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import AdmissionVote, Alliance, Membership
from alliances.transitions.admission import ask_after_invitation, conclude, refuse_present, rules_of, speak_for
from alliances.transitions.alliance import refuse_ended
from alliances.transitions.leaving import end_parts, end_sharing
from alliances.transitions.turns import settle
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Membership.State


@transaction.atomic
def invite(alliance: Alliance, organization: Organization, *, by: Any, at: datetime) -> Membership:
    """Invite an organisation; it alone can accept.

    Refused ``ended``, ``already_member``, ``already_invited`` or ``already_applied``.
    """
    lock(alliance)
    refuse_ended(alliance)
    refuse_present(alliance, organization)
    membership = Membership.objects.create(
        alliance=alliance, organization=organization, invited_on=timezone.localdate(at)
    )
    note(membership, "invite", at=at, by=by, organization=alliance.lead, to_state=State.INVITED)
    return membership


@transaction.atomic
def invite_by_code(alliance: Alliance, code: str, *, by: Any, at: datetime) -> None:
    """Invite by exact code an organisation that ``by`` cannot see: a code that nobody has leaves the same trace.

    Tells neither whether the code exists nor whether its organisation was invited before. Raises Refused ``ended``.
    """
    lock(alliance)
    refuse_ended(alliance)
    note(alliance, "invite", at=at, by=by, organization=alliance.lead, detail={"code": code})
    organization = Organization.objects.coded(code).first()
    if organization and not alliance.memberships.present().filter(organization=organization).exists():
        invite(alliance, organization, by=by, at=at)


def accept(membership: Membership, *, by: Any, at: datetime, statement: str = "") -> Membership:
    """The organisation says yes. Its affiliation (隶属关系) stays what it was.

    It is a member from this day on while the alliance has not begun, and where the region asks for no vote;
    else it waits as applied for the vote of the members. Raises PermissionDenied for whoever does not speak for it.
    """
    speak_for(by, membership.organization_id)
    with transaction.atomic():
        lock(membership.alliance)
        refuse_ended(membership.alliance)
        if membership.alliance.runs and rules_of(membership.alliance).admission_vote:
            return ask_after_invitation(membership, by=by, at=at, statement=statement)
        with moving(membership, State.ACCEPTED, verb="accept", at=at, by=by, organization=membership.organization):
            _only_invited(membership, State.ACCEPTED)
            membership.joined_on = timezone.localdate(at)
        settle(membership.alliance, day=membership.joined_on, by=by, at=at)
    return membership


def decline(membership: Membership, *, by: Any, at: datetime, reason: str = "") -> Membership:
    """The organisation does not join; it may be invited again."""
    speak_for(by, membership.organization_id)
    with moving(
        membership, State.DECLINED, verb="decline", at=at, by=by, organization=membership.organization, reason=reason
    ):
        _only_invited(membership, State.DECLINED)
    return membership


def leave(membership: Membership, *, by: Any, at: datetime, reason: str) -> Membership:
    """The organisation leaves: it is a member up to the day before, and its voices on newcomers end, as do the places
    that it shares and what it has booked.

    The lead must first hand over (Refused ``lead_stays``). What it has claimed is released by the verb of the same
    name among the lists.
    """
    speak_for(by, membership.organization_id)
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    with transaction.atomic():
        lock(membership.alliance)
        if membership.organization_id == membership.alliance.lead_id:
            raise Refused("lead_stays", _("牵头党组织要先把牵头移交给其他成员，才能退出。"))
        with moving(
            membership, State.LEFT, verb="leave", at=at, by=by, organization=membership.organization, reason=reason
        ):
            membership.left_on = timezone.localdate(at)
        settle(membership.alliance, day=membership.left_on, by=by, at=at)
        gone = {"by": by, "at": at, "reason": _("所在党组织退出联合体")}
        end_parts(membership.alliance, membership.organization, **gone)
        end_sharing(membership.alliance, membership.organization, **gone)
        _fall_silent(membership, at=at)
    return membership


def _only_invited(membership: Membership, to: str) -> None:
    """Who has applied is admitted by the members, and takes the application back by another verb."""
    if membership.state != State.INVITED:
        raise MoveRefused(membership, to)


def _fall_silent(membership: Membership, *, at: datetime) -> None:
    """The leaver's voices end where it is not yet decided; what only waited for them is decided now."""
    alliance = membership.alliance
    AdmissionVote.objects.undecided().filter(
        membership__alliance=alliance, organization=membership.organization_id
    ).delete()
    for newcomer in alliance.memberships.asking().order_by("pk"):
        conclude(newcomer, at=at)
