"""The verb of a department: to give an alliance its points where the system cannot count."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.models import Indicator, Mark, Scheme
from members.lifecycle import lock, note
from members.models import User
from members.scope import rights_of
from members.states import Refused


def mark(
    scheme: Scheme, indicator: Indicator, alliance: Alliance, *, score: Decimal, reason: str, by: User, at: datetime
) -> Mark:
    """The alliance has these points on the indicator, for this reason; a mark given before is replaced.

    Raises PermissionDenied unless ``by`` directs the alliance's region and sits in none of its organisations;
    Refused ``not_open`` outside rating and checking, ``not_assessed``, ``not_marked`` where the indicator is none of
    the alliance's that the department scores.
    """
    with transaction.atomic():
        lock(scheme)
        if scheme.state not in (Scheme.State.OPEN, Scheme.State.SCORING):
            raise Refused("not_open", _("这个方案现在不接受评分。"))
        _judge(alliance, by)
        if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
            raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))
        if indicator not in scoring.Sheets(scheme).of(alliance).marked():
            raise Refused("not_marked", _("这个指标不由部门评分。"))
        given = Mark.objects.filter(indicator=indicator, alliance=alliance).first()
        before = given.score if given else None
        given = given or Mark(indicator=indicator, alliance=alliance, synthetic=alliance.synthetic)
        given.score, given.reason, given.by, given.at = score, reason.strip(), by, at
        given.full_clean(validate_unique=False)
        given.save()
        detail = {"score": str(score)} | ({} if before is None else {"before": str(before)})
        note(given, "mark", at=at, by=by, reason=given.reason, detail=detail)
    return given


def _judge(alliance: Alliance, by: User) -> None:
    """Whose organisation is scored cannot score it."""
    rights = rights_of(by)
    mine = rights.organizations | rights.membership
    inside = Membership.objects.current().filter(alliance=alliance, organization__in=mine).exists()
    if inside or alliance.lead_id in mine or not rights.directs(alliance.region_id):
        raise PermissionDenied(_("只有联合体所在地的组织部门可以评分。"))
