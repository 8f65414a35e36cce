"""The verbs of the end of a year: to propose exactly what is computed now, and to freeze it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.models import AllianceScore, Indicator, Mark, MemberScore, Rating, Scheme
from members.lifecycle import moving
from members.models import Approval, User
from members.states import Refused
from members.transitions import propose


def digest_now(scheme: Scheme) -> str:
    """The fingerprint of the results as they would be published now."""
    results = scoring.alliance_scores(scheme)
    return scoring.digest_of(results, scoring.member_scores(scheme, results))


def propose_publication(scheme: Scheme, *, by: User, at: datetime, reason: str) -> Approval:
    """Ask a second person to publish exactly what is computed now: its fingerprint goes along."""
    return propose(
        "schemes.publish", scheme, by=by, at=at, reason=reason, region_id=scheme.region_id,
        arguments={"digest": digest_now(scheme)},
    )  # fmt: skip


def publish(scheme: Scheme, *, by: Any, at: datetime, reason: str = "", digest: str = "") -> Scheme:
    """Freeze and publish every result. ``digest`` is what the proposer saw: other figures are not published.

    Raises PermissionDenied for who has rated as a superior or given marks under this scheme (who scored cannot
    approve), Refused ``figures_changed``.
    """
    if scored_by(scheme, by):
        raise PermissionDenied(_("参与评分的人不能复核公布。"))
    with moving(scheme, Scheme.State.PUBLISHED, at=at, by=by, reason=reason, verb="publish"):
        results = scoring.alliance_scores(scheme)
        members = list(scoring.member_scores(scheme, results))
        scheme.digest, scheme.published_on = scoring.digest_of(results, members), timezone.localdate(at)
        if digest and digest != scheme.digest:
            raise Refused("figures_changed", _("提出公布之后数据有变化，请重新核对后再提出。"))
        AllianceScore.objects.bulk_create(results)
        MemberScore.objects.bulk_create(members)
    return scheme


def scored_by(scheme: Scheme, user: Any) -> bool:
    """Whether the user's own hand is in the scores."""
    if scheme.ratings.filter(direction=Rating.Direction.SUPERIOR, by=user).exists():
        return True
    return Mark.objects.filter(indicator__in=Indicator.objects.of(scheme), by=user).exists()
