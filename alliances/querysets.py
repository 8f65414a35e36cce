"""The adjectives of alliances: which run, which one may see, which one may change."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from members.scope import Rights, ScopedQuerySet, rights_of, under_any

RUNNING = ("active", "rectifying")

CROSSINGS = ("sector", "industry", "level", "region", "ownership")
"""The organisation's fields from which the ways of crossing (联建方式) are computed: two or more values cross."""


class AllianceQuerySet(ScopedQuerySet):
    def running(self) -> Self:
        """Active or under rectification: those that count and may work."""
        return self.filter(state__in=RUNNING)

    def as_of(self, day: date) -> Self:
        """Running at the end of that day, by the dates of founding and ending."""
        return self.filter(activated_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def visible_to(self, user: Any) -> Self:
        """In a governed subtree or with a current member from it; of one's own organisations; in one's own community."""
        rights = rights_of(user)
        staff = under_any(rights.seen) | Q(pk__in=self._with_members(under_any(rights.codes, "organization__region")))
        own_area = under_any(rights.places)
        founding = Q(lead__in=rights.organizations)
        return self.filter(staff | own_area | founding | self._shared(rights) | self._invited(rights))

    def joined_by(self, user: Any) -> Self:
        """Of which an organisation that the user speaks for is a current member."""
        return self.filter(pk__in=self._with_members(Q(organization__in=rights_of(user).organizations)))

    def led_by(self, user: Any) -> Self:
        """Led by an organisation that the user speaks for."""
        return self.filter(lead__in=rights_of(user).organizations)

    def editable_by(self, user: Any) -> Self:
        """Whose record may be changed and members invited: by the departments above, and by the lead."""
        rights = rights_of(user)
        return self.exclude(state__in=("dissolved", "merged")).filter(
            under_any(rights.departments) | Q(lead__in=rights.organizations)
        )

    def approvable_by(self, user: Any) -> Self:
        """Founding applications on which the user may decide: who governs the supervising organisation's region,
        but never the applicant."""
        above = under_any(rights_of(user).codes, "supervising__region")
        mine = Q(applied_by=user) if getattr(user, "duty", None) else Q(pk__in=())
        return self.filter(above, state="submitted").exclude(mine)

    def rectifiable_by(self, user: Any) -> Self:
        """Which a department above may propose to rectify (a second person approves)."""
        return self.directed_by(user).filter(state="active")

    def rewardable_by(self, user: Any) -> Self:
        return self.directed_by(user).filter(state="active")

    def reinstatable_by(self, user: Any) -> Self:
        return self.directed_by(user).filter(state="rectifying")

    def dissolvable_by(self, user: Any) -> Self:
        return self.directed_by(user).running()

    def with_counts(self) -> Self:
        """Adds ``members_now``, ``last_session_on`` and, for each way of crossing, ``crosses_<field>`` (bool)."""
        members = self._accepted(OuterRef("pk"))
        last = Subquery(
            self._related("activities").filter(alliance=OuterRef("pk"), sessions__held_on__isnull=False)
            .order_by().values("alliance").annotate(last=Max("sessions__held_on")).values("last")
        )  # fmt: skip
        return self.annotate(
            members_now=Subquery(members.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField()),
            last_session_on=last,
            **{f"crosses_{name}": self._crosses(name) for name in CROSSINGS},
        )

    def crossing(self, name: str) -> Self:
        """Whose current members cross in that way."""
        return self.filter(self._crosses(name))

    def _crosses(self, name: str) -> Exists:
        """Two or more values among the current members; for the region, of the first six digits of its code."""
        members = self._accepted(OuterRef("pk"))
        value = Substr("organization__region_id", 1, 6) if name == "region" else F(f"organization__{name}")
        return Exists(members.annotate(values_met=Count(value, distinct=True)).filter(values_met__gte=2).values("alliance"))

    def _accepted(self, alliance: OuterRef) -> models.QuerySet:
        """The current memberships of an outer alliance, grouped by it."""
        return self._related("memberships").filter(alliance=alliance, state="accepted").order_by().values("alliance")

    def _related(self, name: str) -> models.QuerySet:
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.all()

    def _with_members(self, which: Q) -> models.QuerySet:
        return self._related("memberships").filter(which, state="accepted").values("alliance_id")

    def _shared(self, rights: Rights) -> Q:
        return Q(pk__in=self._with_members(Q(organization__in=rights.organizations | rights.membership)))

    def _invited(self, rights: Rights) -> Q:
        """One sees the alliance that invites one, so as to decide."""
        open_calls = self._related("memberships").filter(organization__in=rights.organizations, state="invited")
        return Q(pk__in=open_calls.values("alliance_id"))


class OfAllianceQuerySet(ScopedQuerySet):
    """Rows that belong to an alliance through ``alliance`` and are seen with it."""

    def _alliances(self) -> AllianceQuerySet:
        model: Any = self.model._meta.get_field("alliance").related_model
        return model._default_manager.all()

    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and of the alliances that the user may see."""
        return self.filter(under_any(rights_of(user).seen, self.region_path) | Q(alliance__in=self._alliances().visible_to(user)))


class MembershipQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def current(self) -> Self:
        """Accepted and not left."""
        return self.filter(state="accepted")

    def as_of(self, day: date) -> Self:
        """Members at the end of that day."""
        return self.filter(joined_on__lte=day).filter(Q(left_on=None) | Q(left_on__gt=day))

    def acceptable_by(self, user: Any) -> Self:
        """Open invitations to organisations that the user speaks for: nobody else can accept them."""
        return self.filter(state="invited", organization__in=rights_of(user).organizations)

    def leavable_by(self, user: Any) -> Self:
        """Current memberships of one's own organisations; the lead must first hand over the lead."""
        own = self.filter(state="accepted", organization__in=rights_of(user).organizations)
        return own.exclude(organization=F("alliance__lead"))


class ActivityQuerySet(OfAllianceQuerySet):
    def plannable_by(self, user: Any) -> Self:
        """Of alliances that the user leads, or hosted by one's own organisation."""
        mine = rights_of(user).organizations
        return self.filter(Q(alliance__lead__in=mine) | Q(host__in=mine) | under_any(rights_of(user).towns))


class SessionQuerySet(ScopedQuerySet):
    def counted(self) -> Self:
        """On time, or late and confirmed by a second person."""
        return self.filter(Q(late=False) | Q(confirmed_at__isnull=False))


class DatedQuerySet(ScopedQuerySet):
    """Rows that stand from ``since`` on, up to the day before ``until``."""

    def as_of(self, day: date) -> Self:
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))
