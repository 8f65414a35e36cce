"""The verbs of agreements (共建协议): drafted, put to the parties, signed by every one of them, renewed, expired."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Agreement, Alliance, Party
from alliances.transitions.alliance import refuse_ended
from alliances.transitions.papers import enclose, members_of, midnight, said, sound
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import MoveRefused, Refused

State = Agreement.State
LONGEST = timedelta(days=3653)


@transaction.atomic
def draft_agreement(
    alliance: Alliance,
    *,
    title: str,
    text: str,
    valid_from: date,
    valid_to: date,
    parties: Iterable[Organization] = (),
    file: File | None = None,
    previous: Agreement | None = None,
    by: Any,
    at: datetime,
) -> Agreement:
    """Begin an agreement between the named members, or between all of them where nobody is named.

    ValidationError for fewer than two parties, for a stranger among them, for a time that does not run forward.
    """
    lock(alliance)
    refuse_ended(alliance)
    wanted = _parties(alliance, parties)
    agreement = Agreement(
        alliance=alliance, title=title.strip(), text=sound(text), valid_from=valid_from, valid_to=valid_to,
        previous=previous, version=previous.version + 1 if previous else 1, drafted_at=at,
    )  # fmt: skip
    _check(agreement, timezone.localdate(at))
    agreement.save()
    Party.objects.bulk_create(Party(agreement=agreement, organization_id=pk) for pk in wanted)
    verb = "renew" if previous else "draft"
    note(agreement, verb, at=at, by=by, organization=alliance.lead, to_state=State.DRAFT)
    enclose(agreement, file, by=by, at=at)
    return agreement


@transaction.atomic
def amend_agreement(
    agreement: Agreement,
    *,
    title: str,
    text: str,
    valid_from: date,
    valid_to: date,
    parties: Iterable[Organization] = (),
    file: File | None = None,
    by: Any,
    at: datetime,
) -> Agreement:
    """Change a draft: its words, its time, its parties. What was put to the parties is fixed."""
    lock(agreement)
    if agreement.state != State.DRAFT:
        raise MoveRefused(agreement, State.DRAFT)
    wanted = _parties(agreement.alliance, parties)
    agreement.title, agreement.text = title.strip(), sound(text)
    agreement.valid_from, agreement.valid_to = valid_from, valid_to
    _check(agreement, timezone.localdate(at))
    agreement.save()
    agreement.parties.exclude(organization__in=wanted).delete()
    known = set(agreement.parties.values_list("organization_id", flat=True))
    Party.objects.bulk_create(Party(agreement=agreement, organization_id=pk) for pk in wanted if pk not in known)
    note(agreement, "amend", at=at, by=by, organization=agreement.alliance.lead)
    enclose(agreement, file, by=by, at=at)
    return agreement


@transaction.atomic
def put_agreement(agreement: Agreement, *, by: Any, at: datetime) -> Agreement:
    """Put the draft to its parties for signature; the lead, where it is one of them, has signed with that."""
    alliance, day = _locked(agreement), timezone.localdate(at)
    refuse_ended(alliance)
    with moving(agreement, State.SIGNING, verb="put", at=at, by=by, organization=alliance.lead):
        agreement.put_on = day
    _sign(agreement, alliance.lead_id, day, by)
    return agreement


@transaction.atomic
def sign_agreement(agreement: Agreement, organization: Organization, *, by: Any, at: datetime) -> Agreement:
    """A party signs; with the last signature the agreement is signed, and the version before it superseded.

    Raises Refused ``not_party`` (also for a party that has left) and ``already_signed``.
    """
    alliance, day = _locked(agreement), timezone.localdate(at)
    if agreement.state != State.SIGNING:
        raise MoveRefused(agreement, State.SIGNED)
    party = agreement.parties.filter(organization=organization).first()
    if party is None or organization.pk not in members_of(alliance):
        raise Refused("not_party", _("只有协议的签约方、且仍是成员的党组织可以签署。"))
    if party.signed_on is not None:
        raise Refused("already_signed", _("贵组织已经签署这份协议。"))
    _sign(agreement, organization.pk, day, by)
    note(agreement, "sign", at=at, by=by, organization=organization)
    _conclude(agreement, alliance, by=by, at=at)
    return agreement


def renew(
    agreement: Agreement, *, valid_from: date, valid_to: date, text: str = "", file: File | None = None,
    by: Any, at: datetime,
) -> Agreement:  # fmt: skip
    """Draft the next version (续签): the same title, the parties that are still members, the text unless a new one.

    Raises Refused ``already_renewed``; MoveRefused for what was never signed.
    """
    with transaction.atomic():
        alliance = _locked(agreement)
        if agreement.state not in {State.SIGNED, State.EXPIRED}:
            raise MoveRefused(agreement, State.SUPERSEDED)
        if Agreement.objects.filter(previous=agreement).exists():
            raise Refused("already_renewed", _("这份协议已经在续签。"))
        staying = Organization.objects.filter(agreed__agreement=agreement, pk__in=members_of(alliance))
        return draft_agreement(
            alliance, title=agreement.title, text=text or agreement.text, valid_from=valid_from, valid_to=valid_to,
            parties=list(staying), file=file, previous=agreement, by=by, at=at,
        )  # fmt: skip


def withdraw_agreement(agreement: Agreement, *, reason: str, by: Any, at: datetime) -> Agreement:
    """The lead takes back what not everybody has signed, and says why; the version before may be renewed anew."""
    lead = agreement.alliance.lead
    with moving(agreement, State.WITHDRAWN, verb="withdraw", at=at, by=by, organization=lead, reason=said(reason)):
        agreement.previous = None
    return agreement


def tend_agreements(as_of: date) -> int:
    """What the calendar does: agreements whose last day has passed expire, the parties of those with thirty days to go
    are told once, and those wait for nobody whose missing parties have left. How many changed. Safe to run twice."""
    return _expire(as_of) + _remind(as_of) + _complete(as_of)


def _expire(as_of: date) -> int:
    over = Agreement.objects.filter(state=State.SIGNED, valid_to__lt=as_of).order_by("pk")
    for agreement in over:
        with moving(agreement, State.EXPIRED, at=midnight(agreement.valid_to + timedelta(days=1))):
            pass
    return len(over)


def _remind(as_of: date) -> int:
    soon = Agreement.objects.expiring(as_of).filter(reminded_on=None, alliance__ended_on=None).order_by("pk")
    told = 0
    for agreement in soon:
        with transaction.atomic():
            lock(agreement)
            if agreement.reminded_on is None and agreement.state == State.SIGNED:
                agreement.reminded_on = as_of
                agreement.save()
                note(agreement, "remind", at=midnight(as_of))
                told += 1
    return told


def _complete(as_of: date) -> int:
    done = 0
    for agreement in Agreement.objects.filter(state=State.SIGNING).order_by("pk"):
        with transaction.atomic():
            alliance = _locked(agreement)
            done += _conclude(agreement, alliance, by=None, at=midnight(as_of))
    return done


def _conclude(agreement: Agreement, alliance: Alliance, *, by: Any, at: datetime) -> bool:
    """Signed once no current member among the parties is missing and two or more have signed."""
    parties = list(agreement.parties.all())
    missing = {party.organization_id for party in parties if party.signed_on is None} & members_of(alliance)
    signed = [party for party in parties if party.signed_on is not None]
    if agreement.state != State.SIGNING or missing or len(signed) < 2:
        return False
    with moving(agreement, State.SIGNED, at=at, by=by):
        agreement.agreed_on = max(party.signed_on for party in signed if party.signed_on)
    before = agreement.previous
    if before is not None and before.state == State.SIGNED:
        with moving(before, State.SUPERSEDED, at=at, by=by):
            pass
    return True


def _sign(agreement: Agreement, organization: int, day: date, by: Any) -> None:
    signature = {"signed_on": day, "by": by if hasattr(by, "duty") else None}
    agreement.parties.filter(organization=organization, signed_on=None).update(**signature)


def _parties(alliance: Alliance, named: Iterable[Organization]) -> list[int]:
    members = members_of(alliance)
    wanted = {organization.pk for organization in named} or members
    if wanted - members:
        raise ValidationError({"parties": _("签约方应是联合体的现有成员。")})
    if len(wanted) < 2:
        raise ValidationError({"parties": _("协议至少有两个签约方；请先邀请成员加入。")})
    return sorted(wanted)


def _check(agreement: Agreement, day: date) -> None:
    agreement.clean_fields(exclude=["alliance", "previous"])
    if agreement.valid_from - day > LONGEST:
        raise ValidationError({"valid_from": _("有效期应从十年之内的一天开始。")})
    length = agreement.valid_to - agreement.valid_from
    if not timedelta(0) <= length <= LONGEST:
        raise ValidationError({"valid_to": _("有效期止应不早于起，且不超过十年。")})


def _locked(agreement: Agreement) -> Alliance:
    """The alliance first, then the agreement: signatures of the same moment come one after the other."""
    alliance = agreement.alliance
    lock(alliance)
    lock(agreement)
    return alliance
