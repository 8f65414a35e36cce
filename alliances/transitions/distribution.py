"""The verbs of benefit distribution (利益分配): a scheme is drawn up, an amount divided, agreed on, settled.

Four eyes among the members: the lead, which has the books, draws up and settles; before that a member other than
the lead confirms, by another person. Members share in the result, so the check lies with them and not with a superior,
who only reads. What was settled is taken back in the same way: the lead asks, another member agrees.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, Distribution, DistributionLine, DistributionScheme, ReserveEntry, SchemeShare
from alliances.money import amount_of, reserve_of, split
from alliances.transitions.alliance import refuse_idle
from alliances.transitions.fund import write_counter
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Distribution.State
Share = tuple[str, Decimal, Decimal]
"""Party, its share and its reserve rate, both in per cent."""
MOST_PARTIES = 12


@transaction.atomic
def draw_up_scheme(
    alliance: Alliance, *, name: str, base: str, shares: Sequence[Share], by: Any, at: datetime
) -> DistributionScheme:
    """A scheme in use from today. ValidationError unless the shares sum to exactly 100 and every party stands once.

    Refused ``name_taken`` while another scheme of the name is in use.
    """
    lock(alliance)
    refuse_idle(alliance)
    if alliance.schemes.present().filter(name=name).exists():
        raise Refused("name_taken", _("已有同名的分配方案在用，请先停用它。"))
    scheme = DistributionScheme(alliance=alliance, name=name, base=base, since=timezone.localdate(at))
    scheme.clean_fields(exclude=["alliance"])
    lines = _checked(shares)
    scheme.save()
    for line in lines:
        line.scheme = scheme
    SchemeShare.objects.bulk_create(lines)
    note(scheme, "draw_up_scheme", at=at, by=by, organization=alliance.lead)
    return scheme


@transaction.atomic
def retire_scheme(scheme: DistributionScheme, *, by: Any, at: datetime, reason: str = "") -> DistributionScheme:
    """Put a scheme out of use; what was divided by it stays."""
    lock(scheme)
    if scheme.until is not None:
        raise Refused("retired", _("这个方案已经停用。"))
    scheme.until = timezone.localdate(at)
    scheme.save()
    note(scheme, "retire_scheme", at=at, by=by, organization=scheme.alliance.lead, reason=reason)
    return scheme


@transaction.atomic
def distribute(
    scheme: DistributionScheme, *, amount: Decimal, on: date, basis: str = "", by: Any, at: datetime
) -> Distribution:
    """Draw up a distribution of the amount: shares to the fen, with the reserves. It waits for another member's word.

    Refused ``retired`` for a scheme out of use.
    """
    lock(scheme)
    alliance = scheme.alliance
    refuse_idle(alliance)
    if scheme.until is not None:
        raise Refused("retired", _("这个方案已经停用。"))
    if on > timezone.localdate(at) or (alliance.activated_on and on < alliance.activated_on):
        raise ValidationError({"on": _("日期应在联合体成立之后，不晚于今天。")})
    made = Distribution.objects.create(
        alliance=alliance, scheme=scheme, on=on, amount=amount_of(amount), basis=basis, drawn_up_by=_person(by)
    )
    parties = list(scheme.shares.all())
    for party, share in zip(parties, split(made.amount, [party.percent for party in parties]), strict=True):
        DistributionLine.objects.create(
            distribution=made, position=party.position, party=party.party, percent=party.percent,
            reserve_rate=party.reserve_rate, share=share, reserve=reserve_of(share, party.reserve_rate),
        )  # fmt: skip
    note(made, "distribute", at=at, by=by, organization=alliance.lead, to_state=State.DRAFT)
    return made


def confirm_distribution(
    distribution: Distribution, *, organization: Organization, by: Any, at: datetime
) -> Distribution:
    """A member other than the lead finds the division right. PermissionDenied for who drew it up or for the lead."""
    with moving(distribution, State.CONFIRMED, verb="confirm", at=at, by=by, organization=organization):
        _second(distribution, organization, by, distribution.drawn_up_by_id)
        distribution.confirmed_by, distribution.confirmed_for = _person(by), organization
    return distribution


def settle(distribution: Distribution, *, by: Any, at: datetime) -> Distribution:
    """The lead settles: the reserves stand in the ledger from today."""
    with transaction.atomic():
        alliance = _hold(distribution)
        with moving(distribution, State.SETTLED, verb="settle", at=at, by=by, organization=alliance.lead):
            _only_from(distribution, State.SETTLED, State.CONFIRMED)
            refuse_idle(alliance)
            day = distribution.settled_on = timezone.localdate(at)
            ReserveEntry.objects.bulk_create(
                ReserveEntry(
                    alliance=alliance, distribution=distribution, party=line.party, on=day, amount=line.reserve,
                    by=_person(by), synthetic=distribution.synthetic,
                )
                for line in distribution.lines.filter(reserve__gt=0)
            )  # fmt: skip
    return distribution


def cancel_distribution(distribution: Distribution, *, by: Any, at: datetime, reason: str) -> Distribution:
    """The lead gives up what is not settled, and says why; a wrong draft is drawn up anew, not edited."""
    lead = distribution.alliance.lead
    with moving(distribution, State.CANCELLED, verb="cancel", at=at, by=by, organization=lead, reason=_said(reason)):
        pass
    return distribution


def ask_reversal(distribution: Distribution, *, by: Any, at: datetime, reason: str) -> Distribution:
    """The lead asks to take back what was settled, and says why; it stays in force until another member agrees."""
    lead = distribution.alliance.lead
    with moving(
        distribution, State.REVERSING, verb="ask_reversal", at=at, by=by, organization=lead, reason=_said(reason)
    ):
        distribution.reversal_asked_by, distribution.reversal_reason = _person(by), reason
    return distribution


def agree_reversal(distribution: Distribution, *, organization: Organization, by: Any, at: datetime) -> Distribution:
    """A member other than the lead agrees: counter entries of today take the reserves back.

    Refused ``not_enough`` where the reserve has been drawn on meanwhile.
    """
    with transaction.atomic():
        _hold(distribution)
        reason = distribution.reversal_reason
        with moving(
            distribution, State.REVERSED, verb="reverse", at=at, by=by, organization=organization, reason=reason
        ):
            _second(distribution, organization, by, distribution.reversal_asked_by_id)
            distribution.reversed_on = timezone.localdate(at)
            for entry in distribution.reserve.uncountered().order_by("pk"):
                write_counter(entry, reason=distribution.reversal_reason, by=by, at=at)
    return distribution


def keep(distribution: Distribution, *, organization: Organization, by: Any, at: datetime, reason: str) -> Distribution:
    """A member other than the lead does not agree that it is taken back: it stays settled."""
    with moving(
        distribution, State.SETTLED, verb="keep", at=at, by=by, organization=organization, reason=_said(reason)
    ):
        _only_from(distribution, State.SETTLED, State.REVERSING)
        _second(distribution, organization, by, distribution.reversal_asked_by_id)
        distribution.reversal_asked_by, distribution.reversal_reason = None, ""
    return distribution


def _checked(shares: Sequence[Share]) -> list[SchemeShare]:
    if not 2 <= len(shares) <= MOST_PARTIES:
        raise ValidationError({"shares": _("分配对象应有2至12个。")})
    lines = [
        SchemeShare(position=place, party=party.strip(), percent=percent, reserve_rate=rate)
        for place, (party, percent, rate) in enumerate(shares, 1)
    ]
    for line in lines:
        line.clean_fields(exclude=["scheme"])
    if len({line.party for line in lines}) < len(lines):
        raise ValidationError({"shares": _("同一分配对象只能写一次。")})
    if any(line.percent <= 0 for line in lines):
        raise ValidationError({"shares": _("每个分配对象的比例都要大于0。")})
    total = sum(line.percent for line in lines)
    if total != 100:
        raise ValidationError({"shares": _("各方比例之和应正好是100%%，现在是%(total)s%%。") % {"total": total}})
    return lines


def _hold(distribution: Distribution) -> Alliance:
    """Hold the alliance's row first: whoever writes on its reserve does so."""
    alliance = distribution.alliance
    lock(alliance)
    return alliance


def _second(distribution: Distribution, organization: Organization, by: Any, first: int | None) -> None:
    """Raise PermissionDenied unless a second person speaks for a present member other than the lead."""
    alliance = distribution.alliance
    if organization.pk == alliance.lead_id:
        raise PermissionDenied(_("要由牵头以外的成员党组织来确认。"))
    if not alliance.memberships.current().filter(organization=organization).exists():
        raise PermissionDenied(_("要由现有的成员党组织来确认。"))
    if first is not None and getattr(by, "pk", None) == first:
        raise PermissionDenied(_("同一个人不能既提出又确认，请由另一位同志办理。"))


def _only_from(distribution: Distribution, to: str, state: str) -> None:
    if distribution.state != state:
        raise MoveRefused(distribution, to)


def _said(reason: str) -> str:
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    return reason


def _person(by: Any) -> Any:
    """Only people are remembered by name; a program or the calendar is not."""
    return by if getattr(by, "username", None) else None
