"""The verbs of the yearly assessment: to draw up, amend, open, rate, close, publish a scheme."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.models import AllianceScore, Indicator, MemberScore, Rating, Scheme
from members.lifecycle import lock, moving, note
from members.models import Approval, Organization, Region, User
from members.querysets import ApprovalQuerySet
from members.scope import rights_of
from members.states import Refused
from members.transitions import propose

STANDARD = (
    {"name": "问题解决率", "weight": Decimal(40), "source": "metric", "metric": "solve_rate", "zero_at": Decimal(0),
     "full_at": Decimal("0.95"), "standard": "提出的问题中经提出单位确认解决的比例"},
    {"name": "解决用时", "weight": Decimal(10), "source": "metric", "metric": "median_days_to_solve",
     "zero_at": Decimal(60), "full_at": Decimal(10), "standard": "从提出到确认的天数中位数，少者为优"},
    {"name": "成员评价", "weight": Decimal(30), "source": "members",
     "standard": "成员党组织对联合体作用发挥的评价，互不可见"},
    {"name": "上级评价", "weight": Decimal(20), "source": "superior", "standard": "上级党组织对联合体工作的评价"},
)  # fmt: skip
"""The indicators that a region's first scheme begins with, to be edited."""

COPIED = ("position", "name", "weight", "source", "metric", "zero_at", "full_at", "standard")


def draw_up(region: Region, *, year: int, title: str, cut_off: date, by: Any, at: datetime, **terms: Decimal) -> Scheme:
    """A draft with the indicators of the region's latest scheme before it, or with the standard ones.

    ``terms``: member_weight, excellent_from, good_from, fair_from. Raises Refused ``already_there``.
    """
    latest = Scheme.objects.filter(region=region, year__lt=year).order_by("-year").first()
    scheme = Scheme(region=region, year=year, title=title, cut_off=cut_off, **terms)
    scheme.full_clean(exclude=["region"], validate_unique=False, validate_constraints=False)
    if Scheme.objects.filter(region=region, year=year).exists():
        raise Refused("already_there", _("本地区该年度已有考核方案。"))
    scheme.validate_constraints()
    with transaction.atomic():
        scheme.save()
        rows: Any = (
            latest.indicators.values(*COPIED) if latest else [{"position": n, **i} for n, i in enumerate(STANDARD)]
        )
        Indicator.objects.bulk_create(Indicator(scheme=scheme, **row) for row in rows)
        note(scheme, "draw_up", at=at, by=by, to_state=Scheme.State.DRAFT)
    return scheme


def amend(scheme: Scheme, terms: dict[str, Any], rows: Sequence[dict[str, Any]], *, by: Any, at: datetime) -> Scheme:
    """Replace a draft's terms and indicators. Not while a second person is looking at it."""
    with transaction.atomic():
        lock(scheme)
        if scheme.state != Scheme.State.DRAFT:
            raise Refused("move_refused", _("方案已启动评价，指标和权重不能再改。"))
        if pending_on(scheme).exists():
            raise Refused("already_proposed", _("方案正在等待复核，复核之前不能修改。"))
        for name, value in terms.items():
            setattr(scheme, name, value)
        scheme.full_clean()
        scheme.save()
        scheme.indicators.all().delete()
        for position, row in enumerate(rows):
            indicator = Indicator(scheme=scheme, position=position, **row)
            indicator.full_clean()
            indicator.save()
        note(scheme, "amend", at=at, by=by, detail={"weights": {row["name"]: str(row["weight"]) for row in rows}})
    return scheme


def complete_or_refuse(scheme: Scheme) -> None:
    """Raises ValidationError unless the weights sum to 100 and the members' evaluation is among the indicators."""
    indicators = list(scheme.indicators.all())
    total = sum((indicator.weight for indicator in indicators), Decimal(0))
    if total != scoring.WHOLE:
        raise ValidationError(
            _("各指标权重之和应为 100，现在是 %(total)s。") % {"total": f"{total.normalize():f}"}, code="weights"
        )
    if not any(indicator.source == Indicator.Source.MEMBERS for indicator in indicators):
        raise ValidationError(_("方案必须包含成员评价指标。"), code="members_evaluation")


def open_(scheme: Scheme, *, by: Any, at: datetime, reason: str = "") -> Scheme:
    """Rating begins; from now on the weights are fixed."""
    complete_or_refuse(scheme)
    with moving(scheme, Scheme.State.OPEN, at=at, by=by, reason=reason, verb="open"):
        return scheme


def rate(
    scheme: Scheme, alliance: Alliance, organization: Organization, *, direction: str, score: Decimal, by: User,
    at: datetime, reason: str = "",
) -> Rating:  # fmt: skip
    """One rating of a pair, given once.

    Raises PermissionDenied when it is not the rater's to give; Refused ``not_open``, ``not_assessed``,
    ``not_member``, ``already_rated``.
    """
    _ratable(scheme, alliance)
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
            rating.save()
            _still_open(scheme)
            # Blind: the step says that a rating was given, not what it says.
            note(rating, "rate", at=at, by=by, organization=organization if direction == "members" else None)
    except IntegrityError as twice:
        raise Refused("already_rated", _("已经评价过，每对关系只评一次。")) from twice
    return rating


def close(scheme: Scheme, *, by: Any, at: datetime) -> Scheme:
    """Rating ends, once the cut-off day is past."""
    if timezone.localdate(at) <= scheme.cut_off:
        raise Refused("too_early", _("数据截止日期（%(day)s）过后才能结束评价。") % {"day": scheme.cut_off})
    with moving(scheme, Scheme.State.SCORING, at=at, by=by, verb="close"):
        return scheme


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

    Raises PermissionDenied for who has rated as a superior under this scheme (who scored cannot approve), Refused
    ``figures_changed``.
    """
    if scheme.ratings.filter(direction=Rating.Direction.SUPERIOR, by=by).exists():
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


def pending_on(thing: Any) -> ApprovalQuerySet:
    """The verbs on the thing that are waiting for another person."""
    kind = ContentType.objects.get_for_model(thing)
    found: ApprovalQuerySet = Approval.objects.pending().filter(thing_type=kind, thing_id=thing.pk)
    return found


def _ratable(scheme: Scheme, alliance: Alliance) -> None:
    if scheme.state != Scheme.State.OPEN:
        raise Refused("not_open", _("这个方案现在不接受评价。"))
    if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
        raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))


def _still_open(scheme: Scheme) -> None:
    """The rating's own insert has waited for whoever was closing the scheme."""
    if not Scheme.objects.filter(pk=scheme.pk, state=Scheme.State.OPEN).exists():
        raise Refused("not_open", _("这个方案现在不接受评价。"))


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
