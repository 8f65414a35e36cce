"""The adjectives of activity templates and of calendar feeds."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from alliances.querysets.scope import WorkQuerySet


class TemplateQuerySet(WorkQuerySet):
    region_path = "alliance__region"

    def arranged_by(self, user: Any) -> Self:
        """In whatever state: of the alliances whose year the user arranges, as lead or as town committee above."""
        return self.filter(alliance__in=self._alliances().arranged_by(user).values("pk"))

    def writable_by(self, user: Any) -> Self:
        """The same, while the alliance runs."""
        return self.filter(alliance__in=self._alliances().arrangeable_by(user).values("pk"))


class FeedQuerySet(models.QuerySet):
    def readable(self) -> Self:
        """Of accounts that may still log in."""
        return self.filter(user__is_active=True)
