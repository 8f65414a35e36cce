"""The verbs of posts (领岗) and volunteer teams: a community offers, registered members take up, nobody is assigned."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.models import Alliance, PostHolding, Registration, ServicePost, Team, TeamMember
from members.lifecycle import lock, moving, note
from members.models import Organization, PartyMember
from members.scope import acted_for, rights_of
from members.states import MoveRefused, Refused

FULL = noop("名额已满，已有其他党员领岗。")


@transaction.atomic
def offer(
    community: Organization, *, title: str, capacity: int, skill: str = "", times: str = "", detail: str = "",
    by: Any, at: datetime,
) -> ServicePost:  # fmt: skip
    """A community offers a post to those registered with it; raises ValidationError for fields that do not fit."""
    _keeps(by, community)
    post = ServicePost(
        community=community, region=community.region, title=title.strip(), skill=skill, times=times.strip(),
        detail=detail.strip(), capacity=capacity, offered_on=timezone.localdate(at),
    )  # fmt: skip
    post.full_clean()
    post.save()
    note(post, "offer", at=at, by=by, organization=community, to_state=ServicePost.State.OPEN)
    return post


def take(post: ServicePost, person: PartyMember, *, by: Any, at: datetime) -> PostHolding:
    """A registered member takes up a post: never more people than it wants, whatever happens at once.

    All stand in line for the post's row; the unique index on the slot is the last wall. Raises Refused, in this
    order: ``not_open``, ``not_registered``, ``already_taken``, ``full``.
    """
    _acts(by, person)
    try:
        with transaction.atomic():
            lock(post)
            if post.state != ServicePost.State.OPEN:
                raise Refused("not_open", _("这个岗位已经结束。"))
            _require_registered(person, post.community_id)
            held = list(post.holdings.taken().values_list("person_id", "slot"))
            if person.pk in {holder for holder, _slot in held}:
                raise Refused("already_taken", _("已经领了这个岗位。"))
            if len(held) >= post.capacity:
                raise Refused("full", _(FULL))
            slot = min(set(range(1, post.capacity + 1)) - {slot for _holder, slot in held})
            made = PostHolding.objects.create(post=post, person=person, slot=slot, taken_on=timezone.localdate(at))
            note(made, "take", at=at, by=by, organization=person.organization, to_state=PostHolding.State.TAKEN)
    except IntegrityError as wall:
        raise Refused("full", _(FULL)) from wall
    return made


def leave_post(holding: PostHolding, *, by: Any, at: datetime, reason: str = "") -> PostHolding:
    """The member leaves the post, or its branch for it: the place is free at once."""
    _acts(by, holding.person)
    own = holding.person.organization
    with moving(holding, PostHolding.State.LEFT, verb="leave_post", at=at, by=by, organization=own, reason=reason):
        holding.ended_on = timezone.localdate(at)
    return holding


def thank(holding: PostHolding, *, by: Any, at: datetime, words: str = "") -> PostHolding:
    """The community ends a member's service in a post with thanks: the place is free again."""
    community = holding.post.community
    _keeps(by, community)
    with moving(holding, PostHolding.State.THANKED, verb="thank", at=at, by=by, organization=community, reason=words):
        holding.ended_on = timezone.localdate(at)
    return holding


def close_post(post: ServicePost, *, by: Any, at: datetime, words: str = "") -> ServicePost:
    """The community needs the post no longer: who holds it is thanked."""
    own = post.community
    _keeps(by, own)
    with moving(post, ServicePost.State.CLOSED, verb="close_post", at=at, by=by, organization=own, reason=words):
        post.closed_on = timezone.localdate(at)
        for holding in post.holdings.taken().order_by("pk"):
            thank(holding, by=by, at=at, words=words)
    return post


@transaction.atomic
def form_team(
    community: Organization, *, name: str, captain: PartyMember, alliance: Alliance | None = None,
    by: Any, at: datetime,
) -> Team:  # fmt: skip
    """A community forms a volunteer team under a captain who is registered with it and is its first member.

    Raises Refused ``not_registered`` for the captain, ``not_member`` where the community is not in the alliance.
    """
    _keeps(by, community)
    _require_registered(captain, community.pk)
    if alliance is not None and not alliance.memberships.current().filter(organization=community).exists():
        raise Refused("not_member", _("社区党组织不是这个联合体的成员。"))
    day = timezone.localdate(at)
    team = Team(
        community=community, region=community.region, name=name.strip(), captain=captain, alliance=alliance,
        formed_on=day,
    )  # fmt: skip
    team.full_clean()
    team.save()
    note(team, "form_team", at=at, by=by, organization=community, to_state=Team.State.RUNNING)
    _join(team, captain, by=by, at=at)
    return team


def join_team(team: Team, person: PartyMember, *, by: Any, at: datetime) -> TeamMember:
    """A registered member joins, by itself or by its branch. Refused ``not_registered`` or ``already_joined``."""
    _acts(by, person)
    with transaction.atomic():
        lock(team)
        if team.state != Team.State.RUNNING:
            raise MoveRefused(team, Team.State.RUNNING)
        _require_registered(person, team.community_id)
        if team.members.current().filter(person=person).exists():
            raise Refused("already_joined", _("已经是这支队伍的队员。"))
        return _join(team, person, by=by, at=at)


def leave_team(part: TeamMember, *, by: Any, at: datetime, reason: str = "") -> TeamMember:
    """The member leaves the team, or its branch for it. A team whose captain has left forms anew under another."""
    _acts(by, part.person)
    own = part.person.organization
    with moving(part, TeamMember.State.LEFT, verb="leave_team", at=at, by=by, organization=own, reason=reason):
        part.left_on = timezone.localdate(at)
    return part


def end_team(team: Team, *, by: Any, at: datetime, reason: str = "") -> Team:
    """The community ends the team, and with it everybody's part in it."""
    _keeps(by, team.community)
    day = timezone.localdate(at)
    with moving(team, Team.State.ENDED, verb="end_team", at=at, by=by, organization=team.community, reason=reason):
        team.ended_on = day
        for part in team.members.current().order_by("pk"):
            with moving(part, TeamMember.State.LEFT, verb="leave_team", at=at, by=by, reason=reason):
                part.left_on = day
    return team


def _join(team: Team, person: PartyMember, *, by: Any, at: datetime) -> TeamMember:
    made = TeamMember.objects.create(team=team, person=person, joined_on=timezone.localdate(at))
    note(made, "join_team", at=at, by=by, organization=person.organization, to_state=TeamMember.State.JOINED)
    return made


def _require_registered(person: PartyMember, community: int) -> None:
    """The registration is locked: nobody ends it while taking up a post that needs it."""
    standing = Registration.objects.current().filter(person=person, community=community)
    if standing.select_for_update().first() is None:
        raise Refused("not_registered", _("先到这个社区报到，才能领岗或加入队伍。"))


def _keeps(by: Any, community: Organization) -> None:
    if community.pk not in rights_of(by).organizations:
        raise PermissionDenied(_("岗位和队伍由社区党组织自己设立。"))
    if not Organization.objects.communities().filter(pk=community.pk).exists():
        raise ValidationError(_("岗位和队伍由社区或嘎查村党组织设立。"))


def _acts(by: Any, person: PartyMember) -> None:
    if not PartyMember.objects.filter(acted_for(by), pk=person.pk).exists():
        raise PermissionDenied(_("只由党员本人或其所在党支部办理。"))
