"""The verbs of the end of a year: to propose exactly what is computed now, and to freeze it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments import scoring
from assessments.models import AllianceScore, Indicator, Mark, MemberScore, Rating, Scheme
from members.lifecycle import moving
from members.models import Approval, Step, User
from members.states import Refused
from members.transitions import propose


def digest_now(scheme: Scheme) -> str:
    """The fingerprint of the results as they would be published now."""
    results = scoring.alliance_scores(scheme)
    return scoring.digest_of(results, scoring.member_scores(scheme, results))


def propose_publication(
    scheme: Scheme, *, by: User, at: datetime, reason: str, document_number: str = ""
) -> Approval:
    """Ask a second person to publish exactly what is computed now: its fingerprint goes along.

    Raises Refused ``appeal_term`` and ``appeals_open``.
    """
    refuse_while_appealable(scheme, timezone.localdate(at))
    return propose(
        "schemes.publish", scheme, by=by, at=at, reason=reason, region_id=scheme.region_id,
        arguments={"digest": digest_now(scheme), "document_number": document_number},
    )  # fmt: skip


def refuse_while_appealable(scheme: Scheme, day: date) -> None:
    """Nothing is published before the appeal term is over, nor while an appeal waits for its answer."""
    if scheme.appeals_until and day <= scheme.appeals_until:
        raise Refused("appeal_term", _("申诉期到 %(day)s 为止，期满后才能公布。") % {"day": scheme.appeals_until})
    if scheme.appeals.open().exists():
        raise Refused("appeals_open", _("还有申诉没有答复，答复之后才能公布。"))


def publish(
    scheme: Scheme, *, by: Any, at: datetime, reason: str = "", digest: str = "", document_number: str = ""
) -> Scheme:
    """Freeze and publish every result. ``digest`` is what the proposer saw: other figures are not published.

    Raises PermissionDenied for who has rated as a superior, given marks or decided an appeal under this scheme (who
    scored cannot approve), Refused ``appeal_term``, ``appeals_open``, ``figures_changed``.
    """
    if scored_by(scheme, by):
        raise PermissionDenied(_("参与评分的人不能复核公布。"))
    with moving(scheme, Scheme.State.PUBLISHED, at=at, by=by, reason=reason, verb="publish"):
        refuse_while_appealable(scheme, timezone.localdate(at))
        scheme.document_number = document_number
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
    if scheme.appeals.filter(decided_by=user).exists():
        return True
    if scheme.ratings.filter(direction=Rating.Direction.SUPERIOR, by=user).exists():
        return True
    marks = Mark.objects.filter(indicator__in=Indicator.objects.of(scheme))
    kind = ContentType.objects.get_for_model(Mark)
    given = Step.objects.filter(thing_type=kind, thing_id__in=marks.values("pk"), verb="mark", by=user)
    return marks.filter(by=user).exists() or given.exists()
