"""The adjectives of Party-building instructors: who instructs now, who may see and recall whom."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Q

from members.scope import ScopedQuerySet, rights_of, under_any


class InstructorQuerySet(ScopedQuerySet):
    region_path = "organization__region"

    def as_of(self, day: date) -> Self:
        """Sent on that day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))

    def visible_to(self, user: Any) -> Self:
        """For who governs the social organisation, that organisation, the instructor's own, and the lead that sent
        them; programs see none."""
        rights = rights_of(user)
        mine = rights.organizations
        parts = Q(organization__in=mine) | Q(sent_by__in=mine) | Q(alliance__lead__in=mine)
        return self.filter(under_any(rights.codes, self.region_path) | parts)

    def sent_out_by(self, user: Any) -> Self:
        """Over whose assignment the user decides: a department above, or the lead of the alliance that sent them."""
        rights = rights_of(user)
        return self.filter(
            under_any(rights.departments, self.region_path) | Q(alliance__lead__in=rights.organizations)
        )

    def recallable_by(self, user: Any) -> Self:
        """Open assignments: an end has not been set yet."""
        return self.sent_out_by(user).filter(until=None)
