"""The verbs of membership: an organisation is invited, and itself accepts, declines or leaves (自主自愿)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from alliances.transitions.alliance import refuse_ended
from alliances.transitions.leaving import end_parts
from alliances.transitions.turns import settle
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.scope import rights_of
from members.states import Refused

State = Membership.State


@transaction.atomic
def invite(alliance: Alliance, organization: Organization, *, by: Any, at: datetime) -> Membership:
    """Invite an organisation; it alone can accept. Refused ``ended``, ``already_member`` or ``already_invited``."""
    lock(alliance)
    refuse_ended(alliance)
    present = alliance.memberships.present().filter(organization=organization).first()
    if present is not None:
        if present.state == State.ACCEPTED:
            raise Refused("already_member", _("该组织已经是成员。"))
        raise Refused("already_invited", _("已经邀请过该组织，正在等待答复。"))
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


def accept(membership: Membership, *, by: Any, at: datetime) -> Membership:
    """The organisation joins from this day on. Its affiliation (隶属关系) stays what it was.

    Raises PermissionDenied for whoever does not speak for the organisation: nobody is enrolled by others.
    """
    _speaks(by, membership.organization_id)
    with transaction.atomic():
        lock(membership.alliance)
        refuse_ended(membership.alliance)
        with moving(membership, State.ACCEPTED, verb="accept", at=at, by=by, organization=membership.organization):
            membership.joined_on = timezone.localdate(at)
        settle(membership.alliance, day=membership.joined_on, by=by, at=at)
    return membership


def decline(membership: Membership, *, by: Any, at: datetime, reason: str = "") -> Membership:
    """The organisation does not join; it may be invited again."""
    _speaks(by, membership.organization_id)
    with moving(
        membership, State.DECLINED, verb="decline", at=at, by=by, organization=membership.organization, reason=reason
    ):
        pass
    return membership


def leave(membership: Membership, *, by: Any, at: datetime, reason: str) -> Membership:
    """The organisation leaves: it is a member up to the day before. The lead must first hand over (``lead_stays``)."""
    _speaks(by, membership.organization_id)
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
        end_parts(membership.alliance, membership.organization, by=by, at=at, reason=_("所在党组织退出联合体"))
    return membership


def _speaks(by: Any, organization: int) -> None:
    if organization not in rights_of(by).organizations:
        raise PermissionDenied(_("是否加入、是否退出，只由该组织自己决定。"))
