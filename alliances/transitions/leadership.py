"""The verbs of leadership (领导班子): nominate, consent, retract, relieve; and what the end of a term does.

A post begins once more than half of the current member organisations have agreed, the lead's nomination being its own
voice; it is not agreed once so many are against that this cannot be reached any more. Each has one voice, given once.
Who has left the alliance has none.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Consent, Post
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.rules import refuse_head
from members.lifecycle import lock, moving, note
from members.models import Organization, PartyMember
from members.scope import rights_of
from members.states import MoveRefused, Refused

State, Kind = Post.State, Post.Kind
LONGEST = timedelta(days=6 * 366)


@transaction.atomic
def nominate(
    alliance: Alliance,
    *,
    kind: str,
    person: str,
    since: date,
    until: date,
    organization: Organization | None = None,
    own_post: str = "",
    title: str = "",
    succeeds: Post | None = None,
    exemption: str = "",
    by: Any,
    at: datetime,
) -> Post:
    """Ask the members for their consent to a person in a post. Where ``by`` speaks for the lead, that is its voice.

    A Party member of that name in the organisation is found and linked. ``succeeds`` is the post that ends when this
    one begins. Raises Refused ``not_running``, ``has_secretary`` or ``head_reserved`` (the region's rule, from which a
    nested branch is exempt where ``exemption`` says why), ValidationError for an odd term or a borrowed post.
    """
    lock(alliance)
    refuse_idle(alliance)
    _check_term(since, until, timezone.localdate(at))
    if succeeds is not None and (succeeds.alliance_id != alliance.pk or succeeds.state != State.STANDING):
        raise ValidationError({"succeeds": _("只能接替本联合体在任的同志。")})
    if kind == Kind.SECRETARY:
        _check_head(alliance, organization, succeeds, exemption)
    post = Post(
        alliance=alliance, kind=kind, person=person.strip(), organization=organization, own_post=own_post, title=title,
        since=since, until=until, succeeds=succeeds, exemption=exemption if kind == Kind.SECRETARY else "",
    )  # fmt: skip
    post.clean_fields(exclude=["alliance", "organization", "succeeds"])
    post.party_member = known(post.person, organization, timezone.localdate(at))
    post.save()
    note(post, "nominate", at=at, by=by, organization=alliance.lead, to_state=State.NOMINATED)
    if alliance.lead_id in rights_of(by).organizations:
        Consent.objects.create(post=post, organization=alliance.lead, agrees=True, by=by, at=at)
        _decide(post, by=by, at=at)
    return post


@transaction.atomic
def consent(
    post: Post, organization: Organization, *, agrees: bool, remark: str = "", by: Any, at: datetime
) -> Post:
    """A member organisation says yes or no; the voice that decides lets the post begin, or fail, at once.

    Raises PermissionDenied for whoever does not speak for it, Refused ``not_member``, ``already_said``, MoveRefused
    where the nomination is decided.
    """
    if organization.pk not in rights_of(by).organizations:
        raise PermissionDenied(_("是否同意，只由该组织自己表态。"))
    lock(post.alliance)
    lock(post)
    refuse_idle(post.alliance)
    if post.state != State.NOMINATED:
        raise MoveRefused(post, State.STANDING)
    if not post.alliance.memberships.current().filter(organization=organization).exists():
        raise Refused("not_member", _("只有现有的成员党组织可以表态。"))
    if post.consents.filter(organization=organization).exists():
        raise Refused("already_said", _("贵组织已经表过态，每个组织一票。"))
    voice = Consent(post=post, organization=organization, agrees=agrees, remark=remark, by=by, at=at)
    voice.clean_fields(exclude=["post", "organization", "by"])
    voice.save()
    note(post, "consent" if agrees else "object", at=at, by=by, organization=organization, reason=remark)
    _decide(post, by=by, at=at)
    return post


def retract(post: Post, *, by: Any, at: datetime, reason: str) -> Post:
    """The lead takes a nomination back, saying why."""
    with moving(post, State.RETRACTED, verb="retract", at=at, by=by, organization=post.alliance.lead, reason=reason):
        demand_reason(reason)
    return post


def relieve(post: Post, *, by: Any, at: datetime, reason: str) -> Post:
    """End a standing post before its term, saying why; this day is its last."""
    with moving(post, State.ENDED, verb="relieve", at=at, by=by, organization=post.alliance.lead, reason=reason):
        demand_reason(reason)
        post.end_on(timezone.localdate(at))
    return post


def keep_terms(day: date, at: datetime) -> int:
    """What the calendar does to posts: decide what a member's leaving has decided, warn of terms that end soon, end
    those that are over. Returns how many posts it touched; twice is once."""
    touched = 0
    for post in Post.objects.nominated().filter(alliance__state__in=("active", "rectifying")).order_by("pk"):
        touched += _decide_anew(post, at)
    for post in Post.objects.ending(day).filter(warned_on=None, until__gte=day).order_by("pk"):
        touched += _warn(post, day, at)
    for post in Post.objects.over(day).order_by("pk"):
        with moving(post, State.ENDED, verb="expire", at=at):
            touched += 1
    return touched


def known(person: str, organization: Organization | None, day: date) -> PartyMember | None:
    """The Party member of that name in the organisation; None where there is none, or more than one."""
    if organization is None:
        return None
    found = list(PartyMember.objects.as_of(day).filter(organization=organization, name=person)[:2])
    return found[0] if len(found) == 1 else None


def _check_term(since: date, until: date, day: date) -> None:
    if until <= max(since, day):
        raise ValidationError({"until": _("任期应止于今天和任期起始日之后。")})
    if since < day - LONGEST or until - max(since, day) > LONGEST:
        raise ValidationError({"until": _("任期不超过六年。")})


def _check_head(alliance: Alliance, organization: Organization | None, succeeds: Post | None, exemption: str) -> None:
    """One secretary at a time, and one whom the region's rule allows."""
    if organization is None:
        raise ValidationError({"organization": _("书记人选要写明所在党组织。")})
    present = alliance.posts.standing().filter(kind=Kind.SECRETARY).first()
    if present is not None and (succeeds is None or succeeds.pk != present.pk):
        raise Refused("has_secretary", _("现任书记是%(person)s；请注明由人选接替。") % {"person": present.person})
    refuse_head(alliance, organization, exemption)


def _decide(post: Post, *, by: Any, at: datetime) -> bool:
    """Count the voices of the current members; begin, or fail, when that is certain."""
    counted: Any = Post.objects.with_voices().get(pk=post.pk)
    agreed, against, voices = counted.agreed, counted.against, counted.voices or 0
    voted = {"agreed": agreed, "against": against, "voices": voices}
    if 2 * agreed > voices:
        _begin(post, by=by, at=at, voted=voted)
        return True
    if 2 * against >= voices:
        with moving(post, State.NOT_AGREED, verb="not_agree", at=at, by=by, detail=voted):
            pass
        return True
    return False


def _begin(post: Post, *, by: Any, at: datetime, voted: dict[str, int]) -> None:
    """From this day on, or from a later one that the nomination names; whom it succeeds is relieved on that day."""
    before = post.succeeds
    if before is not None:
        lock(before)
    if before is not None and before.state == State.STANDING:
        with moving(before, State.ENDED, verb="succeed", at=at, by=by, reason=_("由%s接替") % post.person):
            before.end_on(timezone.localdate(at))
    with moving(post, State.STANDING, verb="begin", at=at, by=by, detail=voted):
        post.since = max(post.since or timezone.localdate(at), timezone.localdate(at))


@transaction.atomic
def _decide_anew(post: Post, at: datetime) -> bool:
    lock(post.alliance)
    lock(post)
    return post.state == State.NOMINATED and _decide(post, by=None, at=at)


@transaction.atomic
def _warn(post: Post, day: date, at: datetime) -> bool:
    lock(post)
    if post.warned_on is not None or post.state != State.STANDING:
        return False
    post.warned_on = day
    post.save()
    note(post, "term_ends", at=at, detail={"until": str(post.until)})
    return True


def demand_reason(reason: str) -> None:
    """Raise ValidationError where nothing is said."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
