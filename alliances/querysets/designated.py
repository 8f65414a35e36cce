"""The adjectives of alliances as far as they are, or may be, demonstration sites (示范点)."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, QuerySet

from alliances.querysets.search import SearchedQuerySet


class DesignatedQuerySet(SearchedQuerySet):
    """Alliances that a department may name demonstration sites."""

    def designatable_by(self, user: Any) -> Self:
        """Active ones of a department's subtree that are no demonstration site now."""
        return self.directed_by(user).filter(~Exists(self._sites()), state="active")

    def undesignatable_by(self, user: Any) -> Self:
        """Demonstration sites of a department's subtree, whose name it may take back."""
        return self.directed_by(user).filter(Exists(self._sites()))

    def _sites(self) -> QuerySet:
        sites: Any = self.model._meta.get_field("demonstrations").related_model
        return sites._default_manager.filter(alliance=OuterRef("pk"), until=None)
