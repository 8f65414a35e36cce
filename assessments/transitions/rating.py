"""The verb of raters: organisations rate each other, once a pair, blind."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.models import Rating, Scheme
from assessments.transitions.holding import hold
from members.lifecycle import note
from members.models import Organization, User
from members.scope import rights_of
from members.states import Refused


def rate(
    scheme: Scheme, alliance: Alliance, organization: Organization, *, direction: str, score: Decimal, by: User,
    at: datetime, reason: str = "",
) -> Rating:  # fmt: skip
    """One rating of a pair, given once.

    Raises PermissionDenied when it is not the rater's to give; Refused ``not_open``, ``not_assessed``, ``not_asked``,
    ``not_member``, ``already_rated``.
    """
    _ratable(scheme, alliance, direction)
    {"members": _as_member, "superior": _as_superior, "alliance": _as_lead}[direction](alliance, organization, by)
    rating = Rating(
        scheme=scheme, alliance=alliance, organization=organization, direction=direction, score=score, reason=reason,
        by=by, at=at, synthetic=alliance.synthetic,
    )  # fmt: skip
    rating.full_clean(
        exclude=["scheme", "alliance", "organization", "by"], validate_unique=False, validate_constraints=False
    )
    try:
        with transaction.atomic():
            _still_open(scheme)
            rating.save()
            # Blind: the step says that a rating was given, not what it says.
            note(rating, "rate", at=at, by=by, organization=organization if direction == "members" else None)
    except IntegrityError as twice:
        raise Refused("already_rated", _("已经评价过，每对关系只评一次。")) from twice
    return rating


def _ratable(scheme: Scheme, alliance: Alliance, direction: str) -> None:
    if scheme.state != Scheme.State.OPEN:
        raise Refused("not_open", _("这个方案现在不接受评价。"))
    if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
        raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))
    if not scoring.rated_in(scheme, direction).filter(pk=alliance.pk).exists():
        raise Refused("not_asked", _("本方案不采用这一方的评价，不必评。"))


def _still_open(scheme: Scheme) -> None:
    """Nobody closes it meanwhile."""
    hold(scheme, Scheme.State.OPEN, Refused("not_open", _("这个方案现在不接受评价。")))


def _as_member(alliance: Alliance, organization: Organization, by: User) -> None:
    """A current member but not the lead, which is scored with the alliance."""
    _spoken_for(organization.pk, by)
    _rated_member(alliance, organization)


def _as_lead(alliance: Alliance, organization: Organization, by: User) -> None:
    """The alliance speaks through its lead, of any other current member."""
    _spoken_for(alliance.lead_id, by)
    _rated_member(alliance, organization)


def _as_superior(alliance: Alliance, organization: Organization, by: User) -> None:
    """Who governs the supervising organisation's region, unless their own organisation is in the alliance."""
    rights = rights_of(by)
    inside = Membership.objects.current().filter(alliance=alliance, organization__in=rights.organizations).exists()
    above = organization.pk == alliance.supervising_id and rights.governs(alliance.supervising.region_id)
    if inside or not (above and rights.governs(alliance.region_id)):
        raise PermissionDenied(_("只有联合体的上级可以作上级评价。"))


def _spoken_for(pk: int, by: User) -> None:
    if pk not in rights_of(by).organizations:
        raise PermissionDenied(_("只能代表本组织评价。"))


def _rated_member(alliance: Alliance, organization: Organization) -> None:
    joined = Membership.objects.current().filter(alliance=alliance, organization=organization).exists()
    if not joined or organization.pk == alliance.lead_id:
        raise Refused("not_member", _("只在联合体和它的成员（牵头组织除外）之间互评。"))
