"""The verbs of double registration (双报到): an organ asks and a community accepts; a member registers, or its branch.

All of it is voluntary on both sides: staff can do none of it for others.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import MemberSkill, OrganLink, Registration
from members.lifecycle import lock, moving, note
from members.models import Organization, PartyMember
from members.scope import acted_for, rights_of
from members.states import Refused

CITY = 4
"""An organ and its people register within their own city: so many digits of the division code are shared."""


def ask(organ: Organization, community: Organization, *, by: Any, at: datetime) -> OrganLink:
    """An organ registers with a community of its city and waits for the answer. Refused ``already_linked``."""
    _speaks(by, organ)
    _require_organ(organ)
    _require_community(community, organ.region_id)
    try:
        with transaction.atomic():
            link = OrganLink.objects.create(organ=organ, community=community, asked_on=timezone.localdate(at))
            note(link, "ask", at=at, by=by, organization=organ, to_state=OrganLink.State.ASKED)
    except IntegrityError as twice:
        raise Refused("already_linked", _("已向这个社区报到，或正在等待它答复。")) from twice
    return link


def accept_link(link: OrganLink, *, by: Any, at: datetime) -> OrganLink:
    """The community takes the organ in: linked from that day on. PermissionDenied for anybody but the community."""
    _speaks(by, link.community)
    with moving(link, OrganLink.State.LINKED, verb="accept_link", at=at, by=by, organization=link.community):
        link.linked_on = timezone.localdate(at)
    return link


def decline_link(link: OrganLink, *, by: Any, at: datetime, reason: str = "") -> OrganLink:
    """The community does not take the organ in; it may ask again."""
    _speaks(by, link.community)
    with moving(link, OrganLink.State.DECLINED, verb="decline_link", at=at, by=by, organization=link.community,
                reason=reason):  # fmt: skip
        pass
    return link


def withdraw_link(link: OrganLink, *, by: Any, at: datetime, reason: str = "") -> OrganLink:
    """The organ takes its question back before the community has answered."""
    _speaks(by, link.organ)
    with moving(link, OrganLink.State.WITHDRAWN, verb="withdraw_link", at=at, by=by, organization=link.organ,
                reason=reason):  # fmt: skip
        pass
    return link


def end_link(link: OrganLink, *, by: Any, at: datetime, reason: str) -> OrganLink:
    """Either side ends the link and says why: linked up to the day before. Its people's registrations stay."""
    own = link.organ if link.organ_id in rights_of(by).organizations else link.community
    _speaks(by, own)
    _require_reason(reason)
    with moving(link, OrganLink.State.ENDED, verb="end_link", at=at, by=by, organization=own, reason=reason):
        link.ended_on = timezone.localdate(at)
    return link


@transaction.atomic
def register(
    people: Sequence[PartyMember], community: Organization, *, by: Any, at: datetime
) -> list[Registration]:
    """Register Party members of organs with a community; who is registered there already stays so.

    Returns the new registrations. Only the member itself or its own branch may (PermissionDenied); the first Step
    says how many came together, so that the community hears of them once.
    """
    day, wanted = timezone.localdate(at), sorted({person.pk for person in people})
    standing = PartyMember.objects.as_of(day).filter(pk__in=wanted).select_for_update(of=("self",))
    found = list(standing.select_related("organization").order_by("pk"))
    if not wanted or len(found) != len(wanted):
        raise ValidationError({"people": _("请选择在册的党员。")})
    for person in found:
        _require_organ(person.organization)
        _require_community(community, person.organization.region_id)
    if PartyMember.objects.filter(acted_for(by), pk__in=wanted).count() != len(wanted):
        raise PermissionDenied(_("报到只由党员本人或其所在党支部办理。"))
    there = set(community.registrations.current().filter(person__in=wanted).values_list("person_id", flat=True))
    new = [person for person in found if person.pk not in there]
    return [_registration(p, community, by, at, day, len(new) if p is new[0] else 0) for p in new]


def _registration(
    person: PartyMember, community: Organization, by: Any, at: datetime, day: date, together: int
) -> Registration:
    made = Registration.objects.create(person=person, community=community, registered_on=day)
    note(
        made, "register_member", at=at, by=by, organization=person.organization,
        to_state=Registration.State.REGISTERED, detail={"people": together} if together else {},
    )  # fmt: skip
    return made


def end_registration(registration: Registration, *, by: Any, at: datetime, reason: str) -> Registration:
    """The member or its branch ends the registration: registered up to the day before.

    Posts and teams of that community end with it. PermissionDenied for others, the community included.
    """
    _require_acting(by, registration.person)
    _require_reason(reason)
    own, day = registration.person.organization, timezone.localdate(at)
    move = moving(
        registration, Registration.State.ENDED, verb="end_registration", at=at, by=by, organization=own, reason=reason
    )
    with move:
        registration.ended_on = day
        _give_up_what_hangs_on_it(registration, by=by, at=at, reason=reason)
    return registration


def _give_up_what_hangs_on_it(registration: Registration, *, by: Any, at: datetime, reason: str) -> None:
    person, day = registration.person, timezone.localdate(at)
    for holding in person.holdings.taken().filter(post__community=registration.community_id).order_by("pk"):
        with moving(holding, "left", verb="leave_post", at=at, by=by, organization=person.organization, reason=reason):
            holding.ended_on = day
    for part in person.teams.current().filter(team__community=registration.community_id).order_by("pk"):
        with moving(part, "left", verb="leave_team", at=at, by=by, organization=person.organization, reason=reason):
            part.left_on = day


def keep_skills(person: PartyMember, *, skills: Sequence[str], by: Any, at: datetime) -> PartyMember:
    """What the member is good at is exactly this, as the member or its own branch says."""
    _require_acting(by, person)
    with transaction.atomic():
        lock(person)
        MemberSkill.objects.filter(person=person).exclude(skill__in=skills).delete()
        rows = [MemberSkill(person=person, skill=skill) for skill in sorted(set(skills))]
        MemberSkill.objects.bulk_create(rows, ignore_conflicts=True)
        note(person, "keep_skills", at=at, by=by, organization=person.organization)
    return person


def _speaks(by: Any, organization: Organization) -> None:
    if organization.pk not in rights_of(by).organizations:
        raise PermissionDenied(_("结对是双方自愿，只由该党组织自己决定。"))


def _require_acting(by: Any, person: PartyMember) -> None:
    if not PartyMember.objects.filter(acted_for(by), pk=person.pk).exists():
        raise PermissionDenied(_("只由党员本人或其所在党支部办理。"))


def _require_organ(organization: Organization) -> None:
    if not Organization.objects.organs().filter(pk=organization.pk).exists():
        raise ValidationError(_("双报到由机关党组织和机关在职党员办理。"))


def _require_community(community: Organization, region: str) -> None:
    known = Organization.objects.communities().within(region[:CITY]).filter(pk=community.pk)
    if not known.exists():
        raise ValidationError({"community": _("请选择本市的社区或嘎查村党组织。")})


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
