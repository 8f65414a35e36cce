"""The verbs of the masses' rating: slips are handed out, and each is good for one opinion without an account.

Of who answers nothing is kept: no name, no address, no device, no time, and no way from an opinion to its slip.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Membership
from assessments import scoring
from assessments.models import Opinion, OpinionSlip, Scheme, SlipBatch
from assessments.transitions.holding import hold
from members.accounts import ALPHABET, digest_of
from members.lifecycle import lock, note
from members.models import Organization
from members.querysets import OrganizationQuerySet
from members.scope import rights_of
from members.states import Refused

MOST = 1000
"""Slips for one alliance in one year."""

STARS = {1: Decimal(20), 2: Decimal(40), 3: Decimal(60), 4: Decimal(80), 5: Decimal(100)}
"""What one tap from 1 to 5 is worth."""


def issuers_for(alliance: Alliance, user: Any) -> OrganizationQuerySet:
    """In whose name the user may hand out slips: the lead, or a community or village among the members."""
    rights = rights_of(user)
    joined = Membership.objects.current().filter(alliance=alliance, organization__place__in=rights.places)
    own = Q(pk=alliance.lead_id) | Q(pk__in=joined.values("organization"))
    return Organization.objects.filter(own, pk__in=rights.organizations).order_by("pk")


def issue(
    scheme: Scheme, alliance: Alliance, organization: Organization, *, count: int, by: Any, at: datetime
) -> tuple[SlipBatch, list[str]]:
    """So many slips, and their codes: these are stored nowhere.

    Raises PermissionDenied for others, Refused ``not_open``, ``not_assessed``, ``not_asked`` where the scheme does
    not ask the masses, ``too_many``.
    """
    if not issuers_for(alliance, by).filter(pk=organization.pk).exists():
        raise PermissionDenied(_("评议邀请单由牵头组织或成员中的社区、村出具。"))
    if not scoring.assessed_by(scheme).filter(pk=alliance.pk).exists():
        raise Refused("not_assessed", _("这个联合体不在本方案的考核范围内。"))
    batch = SlipBatch(
        scheme=scheme, alliance=alliance, organization=organization, count=count, by=by, at=at,
        synthetic=alliance.synthetic,
    )  # fmt: skip
    batch.full_clean(exclude=["scheme", "alliance", "organization", "by"])
    codes = [_code() for _place in range(count)]
    with transaction.atomic():
        lock(scheme)
        refuse_unless_asked(scheme)
        if not any(one.source == "masses" for one, _weight, _of in scoring.Sheets(scheme).of(alliance).weighed()):
            raise Refused("not_asked", _("这个联合体的考核没有群众评价指标。"))
        handed_out = OpinionSlip.objects.filter(batch__scheme=scheme, batch__alliance=alliance).count()
        if handed_out + count > MOST:
            left = {"most": MOST, "there": handed_out}
            raise Refused("too_many", _("一个联合体一年最多出具 %(most)s 张，已出具 %(there)s 张。") % left)
        batch.save()
        OpinionSlip.objects.bulk_create(OpinionSlip(batch=batch, digest=digest_of(code)) for code in codes)
        note(batch, "issue", at=at, by=by, organization=organization, detail={"count": count})
    return batch, codes


def slip_of(code: str) -> OpinionSlip:
    """The unused slip of a code whose rating is still open. Refused ``no_such_code``, ``used``, ``over``."""
    digest = digest_of(code)
    slip = OpinionSlip.objects.select_related("batch__scheme", "batch__alliance").filter(digest=digest).first()
    if slip is None:
        raise Refused("no_such_code", _("没有这个评议码，请对照邀请单再看一看。"))
    if slip.used:
        raise Refused("used", _("这个评议码已经用过，每码只评一次。"))
    if slip.batch.scheme.state != Scheme.State.OPEN:
        raise _over()
    return slip


def _over() -> Refused:
    return Refused("over", _("这次评议已经结束。谢谢您的参与。"))


def vote(code: str, *, stars: int, words: str = "", at: datetime) -> Opinion:
    """One opinion for one slip, which is used up. Only the day is kept, so that no moment leads to a person.

    Raises Refused as ``slip_of`` does, ``used`` also for the second of two at once.
    """
    slip = slip_of(code)
    scheme, alliance = slip.batch.scheme, slip.batch.alliance
    day = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
    opinion = Opinion(
        scheme=scheme, alliance=alliance, score=STARS[stars], words=words.strip(), at=day,
        synthetic=slip.batch.synthetic,
    )  # fmt: skip
    opinion.full_clean(exclude=["scheme", "alliance"], validate_constraints=False)
    with transaction.atomic():
        hold(scheme, Scheme.State.OPEN, _over())
        if not OpinionSlip.objects.filter(pk=slip.pk, used=False).update(used=True):
            raise Refused("used", _("这个评议码已经用过，每码只评一次。"))
        opinion.save()
    return opinion


def refuse_unless_asked(scheme: Scheme) -> None:
    """Raises Refused unless the scheme is open and has an indicator for the masses."""
    if scheme.state != Scheme.State.OPEN:
        raise Refused("not_open", _("这个方案现在不接受评价。"))
    if not Scheme.objects.asking_masses().filter(pk=scheme.pk).exists():
        raise Refused("not_asked", _("这个方案没有群众评价指标。"))


def _code() -> str:
    return "-".join("".join(secrets.choice(ALPHABET) for _place in range(4)) for _group in range(2))
