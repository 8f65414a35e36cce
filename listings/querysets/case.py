"""The adjectives of joint cases: who sees them, steers them, records in them; and what their records sum to."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q, Sum

from alliances.querysets import RUNNING
from listings.querysets.scope import OfAllianceQuerySet
from members.scope import ScopedQuerySet, rights_of


class CaseQuerySet(OfAllianceQuerySet):
    def visible_to(self, user: Any) -> Self:
        """See ``_seen``; and those in which an organisation of the user takes part."""
        rights = rights_of(user)
        taking = self._related("takings").filter(organization__in=rights.organizations)
        return self.filter(self._seen(rights) | Q(pk__in=taking.values("case")))

    def steered_by(self, user: Any) -> Self:
        """In any state: of alliances that the user leads, and those that an organisation of the user leads."""
        leading = self._related("takings").filter(organization__in=rights_of(user).organizations, leads=True)
        return self.filter(self._led(user) | Q(pk__in=leading.values("case")))

    def extendable_by(self, user: Any) -> Self:
        """Under way, so that departments and measures may join."""
        return self.steered_by(user).filter(state="under_way", alliance__state__in=RUNNING)

    def closable_by(self, user: Any) -> Self:
        """Under way."""
        return self.steered_by(user).filter(state="under_way")

    def of_member(self, user: Any) -> Self:
        """Of running alliances of which an organisation of the user is a member."""
        return self.filter(alliance__in=self._alliances().joined_by(user).running().values("pk"))

    def taken_part_in_by(self, user: Any) -> Self:
        """In any state: in which an organisation of the user takes part."""
        taking = self._related("takings").filter(organization__in=rights_of(user).organizations)
        return self.filter(pk__in=taking.values("case"))

    def recordable_by(self, user: Any) -> Self:
        """Under way and with a measure: the user's department, a member still, records what it has reached."""
        measured = self._related("measures").values("case")
        return self.taken_part_in_by(user).of_member(user).filter(state="under_way", pk__in=measured)


class RecordQuerySet(ScopedQuerySet):
    region_path = "measure__case__region"

    def visible_to(self, user: Any) -> Self:
        """Those of the cases that the user sees."""
        return self.filter(measure__case__in=self._cases().visible_to(user).values("pk"))

    def _cases(self) -> CaseQuerySet:
        measures: Any = self.model._meta.get_field("measure").related_model
        cases: Any = measures._meta.get_field("case").related_model
        return cases._default_manager.all()

    def own_of(self, user: Any) -> Self:
        """Entered for an organisation that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def correctable_by(self, user: Any) -> Self:
        """Standing lines of the user's own department, also of a case that is over; not once it has left the
        alliance, or that has ended."""
        return self.own_of(user).standing().filter(measure__case__in=self._cases().of_member(user).values("pk"))

    def standing(self) -> Self:
        """Neither taken back nor a counter entry: what sums."""
        return self.filter(standing=True)

    def by_period(self) -> Any:
        """(period_from, period_to, measure, total): the standing lines of all departments together."""
        named = self.standing().order_by("-period_from", "period_to", "measure")
        return named.values("period_from", "period_to", "measure").annotate(total=Sum("value"))

    def by_department(self) -> Any:
        """(organization, measure, total) over all periods: those of one department never overlap."""
        named = self.standing().order_by("organization", "measure")
        return named.values("organization", "measure").annotate(total=Sum("value"))
