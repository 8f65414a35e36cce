"""The adjectives of double registration: whose links and registrations, who may accept or end them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q

from members.scope import ScopedQuerySet, acted_for, rights_of, under_any


class OrganLinkQuerySet(ScopedQuerySet):
    region_path = "organ__region"

    def as_of(self, day: date) -> Self:
        """Linked at the end of that day."""
        return self.filter(linked_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def present(self) -> Self:
        """Asked and not yet answered, or linked."""
        return self.filter(state__in=("asked", "linked"))

    def current(self) -> Self:
        return self.filter(state="linked")

    def visible_to(self, user: Any) -> Self:
        """Of organs or communities in the governed subtrees, and of the organisations that one belongs to."""
        rights = rights_of(user)
        mine = rights.organizations | rights.membership
        governed = under_any(rights.codes, "organ__region") | under_any(rights.codes, "community__region")
        return self.filter(governed | Q(organ__in=mine) | Q(community__in=mine))

    def sent_by(self, user: Any) -> Self:
        """Of organs that the user speaks for."""
        return self.filter(organ__in=rights_of(user).organizations)

    def received_by(self, user: Any) -> Self:
        """Of communities that the user speaks for."""
        return self.filter(community__in=rights_of(user).organizations)

    def shared_by(self, user: Any) -> Self:
        """Of either side that the user speaks for."""
        mine = rights_of(user).organizations
        return self.filter(Q(organ__in=mine) | Q(community__in=mine))

    def acceptable_by(self, user: Any) -> Self:
        """Waiting for a community of the user: nobody else can accept or decline."""
        return self.received_by(user).filter(state="asked")

    def withdrawable_by(self, user: Any) -> Self:
        """Asked by an organ of the user, and not yet answered."""
        return self.sent_by(user).filter(state="asked")

    def endable_by(self, user: Any) -> Self:
        """Linked, and the user speaks for one of the two."""
        return self.shared_by(user).current()


class RegistrationQuerySet(ScopedQuerySet):
    region_path = "person__organization__region"

    def as_of(self, day: date) -> Self:
        """Registered at the end of that day."""
        return self.filter(registered_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def current(self) -> Self:
        return self.filter(state="registered")

    def visible_to(self, user: Any) -> Self:
        """Of organs or communities in the governed subtrees, of one's own organisation's people, with one's own
        community, and one's own; programs see none."""
        rights = rights_of(user)
        governed = under_any(rights.codes, self.region_path) | under_any(rights.codes, "community__region")
        here = Q(community__in=rights.organizations) if rights.scopes is None else Q(pk__in=())
        return self.filter(governed | here | self._acted_for(user))

    def acted_for_by(self, user: Any) -> Self:
        """Of oneself and of the people of one's own organisation, in whatever state."""
        return self.filter(self._acted_for(user))

    def endable_by(self, user: Any) -> Self:
        """Standing ones of those for whom the user may act: neither staff nor the community ends them."""
        return self.acted_for_by(user).current()

    def _acted_for(self, user: Any) -> Q:
        return acted_for(user, "person") if rights_of(user).scopes is None else Q(pk__in=())
