"""The adjectives of what an alliance has (基础保障): its funds, staff, venues, partners, and what it distributes."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Sum

from alliances.querysets.alliance import RUNNING
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import ScopedQuerySet, rights_of


class MeansQuerySet(OfAllianceQuerySet):
    """What belongs to an alliance and is seen by who follows it: staff above, its members, their Party members."""

    region_path = "alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Those of the alliances that the user follows; not of those that only invite."""
        return self.filter(alliance__in=self._alliances().followed_by(user).values("pk"))

    def kept_by(self, user: Any) -> Self:
        """Of the alliances that the user's organisation leads: the lead keeps the means."""
        return self.filter(alliance__lead__in=rights_of(user).organizations)

    def usable(self) -> Self:
        """Of alliances that run."""
        return self.filter(alliance__state__in=RUNNING)

    def _members(self) -> QuerySet:
        """The current memberships of all alliances."""
        alliances: Any = self.model._meta.get_field("alliance").related_model
        members: Any = alliances._meta.get_field("memberships").related_model
        return members._default_manager.filter(state="accepted")


class LedgerQuerySet(MeansQuerySet):
    """Lines of a ledger; none of them ever changes."""

    def up_to(self, day: date) -> Self:
        """Dated on that day or before."""
        return self.filter(on__lte=day)

    def balance(self) -> Decimal:
        """What is left when all is counted together."""
        total: Decimal | None = self.aggregate(total=Sum("amount"))["total"]
        return total or Decimal("0.00")

    def uncountered(self) -> Self:
        """Neither a counter entry nor taken back by one."""
        return self.filter(reverses=None, reversed_by=None)

    def reversible_by(self, user: Any) -> Self:
        """Which the user may take back by a counter entry: of one's own alliances, once."""
        return self.kept_by(user).usable().uncountered()


class LastingQuerySet(MeansQuerySet):
    """What stands until it is ended."""

    def present(self) -> Self:
        """Not ended."""
        return self.filter(until=None)


class StaffQuerySet(LastingQuerySet):
    """Who works for alliances."""

    def endable_by(self, user: Any) -> Self:
        """Which the user may end: those of one's own alliances that still last."""
        return self.kept_by(user).present()


class PartnerQuerySet(LastingQuerySet):
    """Who is in the consortium."""

    def endable_by(self, user: Any) -> Self:
        """Whose part the lead may end."""
        return self.kept_by(user).present()


class VenueQuerySet(LastingQuerySet):
    """Places that members share."""

    def shared(self) -> Self:
        """Still shared, by who still is a member of an alliance that runs."""
        here = {"alliance": OuterRef("alliance"), "organization": OuterRef("organization")}
        return self.usable().present().filter(Exists(self._members().filter(**here)))

    def owned_by(self, user: Any) -> Self:
        """Of the user's own organisations."""
        return self.filter(organization__in=rights_of(user).organizations)

    def editable_by(self, user: Any) -> Self:
        """What the owner says of its place, and whether it still shares it."""
        return self.owned_by(user).present()

    def used_by(self, user: Any) -> Self:
        """Of the alliances that an organisation of the user has joined."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def bookable_by(self, user: Any) -> Self:
        """Shared with a member for whom the user speaks."""
        return self.used_by(user).shared()


class BookingQuerySet(ScopedQuerySet):
    """Who has which place when."""

    region_path = "venue__alliance__region"

    def visible_to(self, user: Any) -> Self:
        """Those of the places that the user may see."""
        venues: Any = self.model._meta.get_field("venue").related_model
        return self.filter(venue__in=venues._default_manager.visible_to(user).values("pk"))

    def standing(self) -> Self:
        """Neither cancelled nor refused."""
        return self.filter(state="booked")

    def meeting(self, starts_at: datetime, ends_at: datetime) -> Self:
        """That share a moment with the half-open span; who begins when another ends does not meet it."""
        return self.filter(starts_at__lt=ends_at, ends_at__gt=starts_at)

    def held_by(self, user: Any) -> Self:
        """Of the user's own organisations."""
        return self.filter(organization__in=rights_of(user).organizations)

    def releasable_by(self, user: Any) -> Self:
        """One's own, still standing."""
        return self.held_by(user).standing()

    def hosted_by(self, user: Any) -> Self:
        """Of others, in places of the user's own organisations."""
        mine = rights_of(user).organizations
        return self.filter(venue__organization__in=mine).exclude(organization__in=mine)

    def refusable_by(self, user: Any) -> Self:
        """Which the owner may refuse, while they stand."""
        return self.hosted_by(user).standing()


class DistributionSchemeQuerySet(LastingQuerySet):
    """How alliances divide."""

    def distributable_by(self, user: Any) -> Self:
        """By which the user may draw up a distribution: in use, of an alliance that one leads and that runs."""
        return self.kept_by(user).usable().present()

    def retirable_by(self, user: Any) -> Self:
        """Which the lead may put out of use."""
        return self.kept_by(user).present()


class DistributionQuerySet(MeansQuerySet):
    """What was divided; each verb belongs to the lead or to the other members, never to both."""

    def in_force(self) -> Self:
        """Settled and not taken back."""
        return self.filter(state__in=("settled", "reversing"))

    def agreed_by(self, user: Any) -> Self:
        """On which the user may agree for a member other than the lead, whatever its state."""
        mine = self._members().filter(organization__in=rights_of(user).organizations)
        mine = mine.exclude(organization=F("alliance__lead"))
        return self.filter(alliance__in=mine.values("alliance"))

    def confirmable_by(self, user: Any) -> Self:
        """Drafts that wait for a second person, who speaks for a member other than the lead."""
        return self.agreed_by(user).usable().filter(state="draft").exclude(_mine("drawn_up_by", user))

    def settlable_by(self, user: Any) -> Self:
        """Confirmed ones that the lead may settle."""
        return self.kept_by(user).usable().filter(state="confirmed")

    def cancellable_by(self, user: Any) -> Self:
        """Those not settled yet, which the lead may give up."""
        return self.kept_by(user).filter(state__in=("draft", "confirmed"))

    def reversible_by(self, user: Any) -> Self:
        """Settled ones that the lead may ask to take back."""
        return self.kept_by(user).usable().filter(state="settled")

    def reversal_decidable_by(self, user: Any) -> Self:
        """Whose taking back waits for a second person, who speaks for a member other than the lead."""
        return self.agreed_by(user).filter(state="reversing").exclude(_mine("reversal_asked_by", user))


def _mine(field: str, user: Any) -> Q:
    """What the person did; a program has done nothing."""
    return Q(**{field: user}) if getattr(user, "duty", None) else Q(pk__in=())
