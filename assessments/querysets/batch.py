"""The adjectives of batches: they are read by who may read an approval among them."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q


class BatchQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those with an approval that the user may see."""
        return self.filter(pk__in=self._lines(self._approvals().visible_to(user)))

    def directed_by(self, user: Any) -> Self:
        """Those with an approval that the user may be the second person of, or might have been."""
        return self.filter(pk__in=self._lines(self._approvals().seconded_by(user)))

    def decidable_by(self, user: Any) -> Self:
        """Those in which something waits for the user."""
        return self.filter(pk__in=self._lines(self._approvals().approvable_by(user)))

    def with_counts(self, user: Any) -> Self:
        """Adds ``lines`` and ``waiting``: how many of its approvals the user sees, and how many still wait."""
        seen = Q(approvals__in=self._approvals().visible_to(user).order_by().values("pk"))
        waiting = seen & Q(approvals__state="pending")
        return self.annotate(lines=Count("approvals", filter=seen), waiting=Count("approvals", filter=waiting))

    def _lines(self, approvals: Any) -> models.QuerySet:
        field: Any = self.model._meta.get_field("approvals")
        through = field.remote_field.through
        return through._default_manager.filter(approval__in=approvals.order_by().values("pk")).values("batch_id")

    def _approvals(self) -> Any:
        related: Any = self.model._meta.get_field("approvals").related_model
        return related._default_manager.all()
