"""The verbs of lists: drawn up, signed by the lead and then by the members, frozen, revised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance, RuleSet
from alliances.querysets import RUNNING
from alliances.transitions.alliance import refuse_idle
from listings.models import Excerpt, Item, Listing, Signature
from listings.models.excerpt import words_of
from listings.models.listing import Kind
from listings.transitions.order import retried
from members.lifecycle import lock, moving, note
from members.models import Organization
from members.states import Refused

GONE = (Item.State.RETURNED, Item.State.REFUSED, Item.State.FORWARDED)
"""Items that stand on a list no more."""

EARLIEST, LATEST = date(1921, 1, 1), date(2200, 12, 31)
"""A period beyond these is a slip of the pen that would block every later list of its kind."""


def draw_up(
    alliance: Alliance, *, kind: str, period_from: date, period_to: date, by: Any = None, at: datetime
) -> Listing:
    """Begin a list of a kind for a period; it is a draft until the lead signs it.

    Raises Refused ``not_running`` and ``already_drawn_up`` (a list of that kind has part of the period already).
    """
    if not alliance.runs:
        raise Refused("not_running", _("联合体未在运行，不能拟定清单。"))
    if kind not in Kind.values:
        raise ValidationError({"kind": _("请选择清单类别。")})
    if period_to < period_from:
        raise ValidationError({"period_to": _("止日不能早于起日。")})
    if period_from < EARLIEST or period_to > LATEST:
        raise ValidationError({"period_to": _("清单时段的年份应在 1921 至 2200 之间。")})
    taken = Refused("already_drawn_up", _("本联合体在这一时段已有同类清单，请在其中增补事项。"))
    present = alliance.listings.filter(kind=kind, period_from__lte=period_to, period_to__gte=period_from)
    if present.exclude(state=Listing.State.SUPERSEDED).exists():
        raise taken
    try:
        with transaction.atomic():
            listing = Listing.objects.create(
                alliance=alliance, region_id=alliance.region_id, kind=kind,
                period_from=period_from, period_to=period_to, created_at=at,
            )  # fmt: skip
            note(listing, "draw_up", at=at, by=by, to_state=Listing.State.DRAFT)
    except IntegrityError as clash:
        raise taken from clash
    return listing


def current_list(alliance: Alliance, kind: str, *, by: Any, at: datetime) -> Listing:
    """The alliance's list of that kind for the day; where there is none, drawn up for the half-year, or for as much of
    it as the lists before and after leave free."""
    day = timezone.localdate(at)
    present = alliance.listings.filter(kind=kind).as_of(day).exclude(state=Listing.State.SUPERSEDED).order_by("-pk")
    found = present.first()
    if found is not None:
        return found
    first, last = _free_around(alliance, kind, day)
    try:
        return draw_up(alliance, kind=kind, period_from=first, period_to=last, by=by, at=at)
    except Refused:
        found = present.first()  # somebody else was quicker
        if found is None:
            raise
        return found


def _free_around(alliance: Alliance, kind: str, day: date) -> tuple[date, date]:
    first, last = half_year_of(day)
    others = alliance.listings.filter(kind=kind).exclude(state=Listing.State.SUPERSEDED)
    before = others.filter(period_to__lt=day).aggregate(last=Max("period_to"))["last"]
    after = others.filter(period_from__gt=day).aggregate(first=Min("period_from"))["first"]
    return (
        max(first, before + timedelta(days=1)) if before else first,
        min(last, after - timedelta(days=1)) if after else last,
    )


def half_year_of(day: date) -> tuple[date, date]:
    """The first and the last day of the half-year in which the day lies."""
    return (
        (date(day.year, 1, 1), date(day.year, 6, 30))
        if day.month <= 6
        else (date(day.year, 7, 1), date(day.year, 12, 31))
    )


def sign(listing: Listing, organization: Organization, *, by: Any = None, at: datetime) -> Signature:
    """Put a member's signature under the list: the lead first, then the others; the last one makes it signed.

    Raises Refused ``not_running``, ``not_member``, ``lead_first``, ``already_signed``, ``empty`` (there is nothing to
    sign).
    """
    day = timezone.localdate(at)
    with transaction.atomic():
        lock(listing)
        refuse_idle(listing.alliance)
        missing = set(unsigned_members(listing))
        _check_signature(listing, organization, missing)
        missing.discard(organization.pk)
        target = Listing.State.SIGNING if missing else Listing.State.SIGNED
        signature = Signature.objects.create(
            listing=listing, organization=organization, signed_on=day, by=by if hasattr(by, "duty") else None
        )
        if listing.state == target:
            note(listing, "sign", at=at, by=by, organization=organization)
            return signature
        with moving(listing, target, at=at, by=by, organization=organization, verb="sign"):
            listing.lead_signed_on = listing.lead_signed_on or day
            listing.signed_on = None if missing else day
    return signature


def _check_signature(listing: Listing, organization: Organization, missing: set[int]) -> None:
    if listing.state not in {Listing.State.DRAFT, Listing.State.SIGNING}:
        raise Refused("move_refused", _("清单已经签订，无需再签。"))
    if listing.signatures.filter(organization=organization).exists():
        raise Refused("already_signed", _("本组织已经签署过这份清单。"))
    if organization.pk not in missing:
        raise Refused("not_member", _("只有联合体的成员党组织可以签署。"))
    if listing.state == Listing.State.DRAFT and organization.pk != listing.alliance.lead_id:
        raise Refused("lead_first", _("请先由牵头党组织签署。"))
    if not listing.items.exclude(state__in=GONE).exists():
        raise Refused("empty", _("清单上还没有事项，不能签订空清单。"))


def unsigned_members(listing: Listing) -> list[int]:
    """The ids of the alliance's lead and current members who have not yet signed the list."""
    members = set(listing.alliance.memberships.current().values_list("organization_id", flat=True))
    members.add(listing.alliance.lead_id)
    return sorted(members - set(listing.signatures.values_list("organization_id", flat=True)))


def complete_silent_signatures(as_of: date) -> int:
    """Sign the lists whose silence term (沉默期) has passed since the lead's signature; how many were.

    They are signed on the day on which the term ran out, however late this runs. Safe to run twice.
    """
    waiting = Listing.objects.filter(state=Listing.State.SIGNING, lead_signed_on__lt=as_of, alliance__state__in=RUNNING)
    done = 0
    for listing in waiting.select_related("alliance").order_by("pk"):
        term = _term_of(listing.region_id, listing.lead_signed_on)
        if term <= as_of:
            done += _sign_in_silence(listing, term)
    return done


def _term_of(region: str, lead_signed_on: date | None) -> date:
    """The day on which the silence term of the region runs out."""
    days = RuleSet.objects.for_region(region).silence_days
    return (lead_signed_on or date.max - timedelta(days=days)) + timedelta(days=days)


def _sign_in_silence(listing: Listing, term: date) -> bool:
    with transaction.atomic():
        lock(listing)
        if listing.state != Listing.State.SIGNING:
            return False
        Signature.objects.bulk_create(
            Signature(listing=listing, organization_id=pk, signed_on=term, silent=True)
            for pk in unsigned_members(listing)
        )
        midnight = timezone.make_aware(datetime.combine(term, time.min))
        with moving(listing, Listing.State.SIGNED, at=midnight, verb="sign_in_silence"):
            listing.signed_on = term
    return True


@retried
def revise(listing: Listing, *, by: Any = None, at: datetime) -> Listing:
    """Supersede a signed list by a new version, to be signed anew, which takes over the items; excerpts stay behind.

    What were addenda are ordinary items of the new version: all members sign it. The new version does not count as
    another signed list: figures count first versions.
    """
    with transaction.atomic():
        with moving(listing, Listing.State.SUPERSEDED, at=at, by=by, verb="revise"):
            pass
        newer = Listing.objects.create(
            alliance_id=listing.alliance_id, region_id=listing.region_id, kind=listing.kind,
            period_from=listing.period_from, period_to=listing.period_to, version=listing.version + 1,
            previous=listing, synthetic=listing.synthetic, created_at=at,
        )  # fmt: skip
        leave_excerpts(listing, listing.items.select_for_update().order_by("pk"), into=newer)
        Item.objects.filter(listing=listing).update(listing=newer, addendum=False, updated_at=at)
        note(newer, "revise", at=at, by=by, to_state=Listing.State.DRAFT)
    return newer


def leave_excerpts(listing: Listing, items: Iterable[Item], *, into: Listing) -> None:
    """Keep how the items stood on the list that they leave."""
    Excerpt.objects.bulk_create(
        Excerpt(listing=listing, item=item, into=into, state=item.state, position=item.position, words=words_of(item))
        for item in items
    )
