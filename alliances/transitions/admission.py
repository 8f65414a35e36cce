"""The verbs of admission (共建准入): a newcomer asks, the members decide, the calendar closes what is due.

Of a draft nobody votes: acceptance suffices. Of a running alliance each current member has one voice, changeable
until the end; the end comes with the region's term, or at once when everybody entitled has spoken. More than half of
the voices admit (of those given, or of all members: the region's rule); even ones follow the lead's. Where nobody
speaks nobody is admitted. Where the region asks for no vote, an invitation accepted suffices, and on who comes
uninvited the lead decides alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import AdmissionVote, Alliance, Membership, RuleSet
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.turns import settle
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.scope import rights_of
from members.states import Refused

State = Membership.State
LONGEST = 500


@dataclass(frozen=True, slots=True)
class Tally:
    """How a vote stands: who may speak (ids), how many agreed and how many did not, and whether that admits."""

    electors: frozenset[int]
    agreed: int
    refused: int
    admits: bool

    @property
    def complete(self) -> bool:
        """Whether everybody entitled has spoken."""
        return bool(self.electors) and self.agreed + self.refused == len(self.electors)


@transaction.atomic
def apply(alliance: Alliance, organization: Organization, *, by: Any, at: datetime, statement: str = "") -> Membership:
    """The organisation asks to join a running alliance and waits for the members' decision.

    PermissionDenied for whoever does not speak for it. Refused ``not_running``, ``already_member``,
    ``already_invited`` (then it has only to accept) or ``already_applied``.
    """
    speak_for(by, organization.pk)
    lock(alliance)
    refuse_idle(alliance)
    refuse_present(alliance, organization)
    membership = Membership(alliance=alliance, organization=organization, state=State.ASKING)
    _ask(membership, at=at, statement=statement, lead_decides=not rules_of(alliance).admission_vote)
    membership.save()
    note(
        membership, "apply", at=at, by=by, organization=organization, reason=membership.statement,
        to_state=State.ASKING,
    )  # fmt: skip
    return membership


def revoke(membership: Membership, *, by: Any, at: datetime, reason: str = "") -> Membership:
    """The organisation takes its application back before it was decided."""
    speak_for(by, membership.organization_id)
    if membership.state != State.ASKING:
        raise Refused("not_applied", _("申请已经有了结果，不能撤回。"))
    with moving(
        membership, State.DECLINED, verb="revoke", at=at, by=by, organization=membership.organization, reason=reason
    ):
        pass
    return membership


@transaction.atomic
def vote_on(
    membership: Membership, organization: Organization, *, agrees: bool, by: Any, at: datetime
) -> AdmissionVote:
    """A current member says whether the newcomer may join, or says it anew: never two voices of one member.

    The last voice to come in decides the vote. PermissionDenied for whoever does not speak for the member; Refused
    ``not_applied``, ``voting_over`` or ``no_voice`` (no current member, or the lead decides alone).
    """
    speak_for(by, organization.pk)
    _stand(membership)
    if timezone.localdate(at) > membership.vote_until:  # type: ignore[operator]
        raise Refused("voting_over", _("表决已经截止。"))
    if organization.pk not in electors_of(membership):
        raise Refused("no_voice", _("只有现有成员党组织可以表决；本地区不表决的，由牵头党组织决定。"))
    author = by if hasattr(by, "duty") else None
    voice, _new = AdmissionVote.objects.update_or_create(
        membership=membership, organization=organization,
        defaults={"agrees": agrees, "said_at": at, "said_by": author},
    )  # fmt: skip
    note(membership, "vote_on", at=at, by=by, organization=organization)
    conclude(membership, at=at)
    return voice


def conclude(membership: Membership, *, at: datetime) -> None:
    """Decide now where everybody entitled has spoken; the alliance is locked by who calls."""
    tally = tally_of(membership)
    if tally.complete:
        _decide(membership, tally, at=at)


def close_admissions(at: datetime) -> int:
    """Decide every vote whose term has run out before the day; returns how many. Safe to run twice and at once."""
    closed = 0
    due = Membership.objects.due(timezone.localdate(at)).filter(alliance__in=Alliance.objects.running())
    for membership in due.order_by("pk"):
        with transaction.atomic():
            lock(membership.alliance)
            lock(membership)
            if membership.state == State.ASKING and membership.alliance.runs:
                _decide(membership, tally_of(membership), at=at)
                closed += 1
    return closed


def tally_of(membership: Membership) -> Tally:
    """How the vote on a newcomer stands, by the members and the rules of now."""
    electors = electors_of(membership)
    said = dict(membership.voices.filter(organization__in=electors).values_list("organization_id", "agrees"))
    agreed = sum(said.values())
    refused = len(said) - agreed
    whole = len(electors) if rules_of(membership.alliance).admission_majority == RuleSet.Majority.MEMBERS else len(said)
    even = agreed > 0 and 2 * agreed == whole
    admits = 2 * agreed > whole or (even and said.get(membership.alliance.lead_id, False))
    return Tally(electors, agreed, refused, admits)


def electors_of(membership: Membership) -> frozenset[int]:
    """Who may speak on a newcomer: the current members, or the lead alone."""
    alliance = membership.alliance
    if membership.lead_decides:
        return frozenset({alliance.lead_id})
    return frozenset(alliance.memberships.current().values_list("organization_id", flat=True))


def ask_after_invitation(membership: Membership, *, by: Any, at: datetime, statement: str = "") -> Membership:
    """Who was invited to a running alliance accepts, and waits for the members' vote."""
    with moving(membership, State.ASKING, verb="apply", at=at, by=by, organization=membership.organization):
        _ask(membership, at=at, statement=statement, lead_decides=False)
    return membership


def refuse_present(alliance: Alliance, organization: Organization) -> None:
    """Raise Refused where the organisation is a member already, or on the way to become one."""
    words = {
        State.ACCEPTED: ("already_member", _("该组织已经是成员。")),
        State.INVITED: ("already_invited", _("已经邀请过该组织，正在等待答复。")),
        State.ASKING: ("already_applied", _("该组织已经申请加入，正在等待表决。")),
    }
    present = alliance.memberships.present().filter(organization=organization).first()
    if present is not None:
        raise Refused(*words[State(present.state)])


def speak_for(by: Any, organization: int) -> None:
    """Raise PermissionDenied for whoever does not speak for the organisation: nobody is enrolled by others."""
    if organization not in rights_of(by).organizations:
        raise PermissionDenied(_("是否加入、是否退出、如何表决，只由该组织自己决定。"))


def rules_of(alliance: Alliance) -> RuleSet:
    """The rules of the place that the alliance serves."""
    rules: RuleSet = RuleSet.objects.for_region(alliance.region_id)
    return rules


def _ask(membership: Membership, *, at: datetime, statement: str, lead_decides: bool) -> None:
    if len(statement) > LONGEST:
        raise ValidationError({"statement": _("不超过500字。")})
    day = timezone.localdate(at)
    membership.applied_on, membership.statement = day, statement.strip()
    membership.vote_until = day + timedelta(days=rules_of(membership.alliance).admission_days)
    membership.lead_decides = lead_decides


def _stand(membership: Membership) -> None:
    """The rows locked, and a newcomer on whom it is still open."""
    lock(membership.alliance)
    lock(membership)
    refuse_idle(membership.alliance)
    if membership.state != State.ASKING:
        raise Refused("not_applied", _("这一申请已经有了结果，不能再表决。"))


def _decide(membership: Membership, tally: Tally, *, at: datetime) -> None:
    to, verb = (State.ACCEPTED, "admit") if tally.admits else (State.NOT_ADMITTED, "not_admit")
    detail = {"agreed": tally.agreed, "refused": tally.refused, "electors": len(tally.electors)}
    with moving(membership, to, verb=verb, at=at, by=None, detail=detail):
        membership.joined_on = timezone.localdate(at) if tally.admits else None
    if membership.joined_on:
        settle(membership.alliance, day=membership.joined_on, at=at)
