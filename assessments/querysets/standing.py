"""What is told to an alliance of itself: its light, its letters. Nobody reads another's."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from members.scope import ScopedQuerySet, rights_of, under_any


class OfOneAlliance(ScopedQuerySet):
    """Rows about one alliance each."""

    region_path = "alliance__region"

    def told_to(self, user: Any) -> Self:
        """To staff above the alliance, and to the organisations that lead it or are now its members; to no program."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        model: Any = self.model._meta.get_field("alliance").related_model
        joined = model._default_manager.filter(
            memberships__organization__in=rights.organizations, memberships__state="accepted"
        )
        own = Q(alliance__lead__in=rights.organizations) | Q(alliance__in=joined.values("pk"))
        return self.filter(under_any(rights.codes, self.region_path) | own)


class RowQuerySet(OfOneAlliance):
    def visible_to(self, user: Any) -> Self:
        """The figures and the light of a review."""
        return self.told_to(user)

    def complete(self) -> Self:
        """Of reviews that have come to their end."""
        return self.filter(run__state="complete")

    def latest_first(self) -> Self:
        return self.order_by("-run__as_of")
