"""The adjectives of saved views."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Q

from members.scope import rights_of


class SavedViewQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and those shared within an organisation that one speaks for; a program has none."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        return self.filter(Q(user=user) | Q(organization__in=rights.organizations))

    def droppable_by(self, user: Any) -> Self:
        """One's own."""
        return self.none() if rights_of(user).scopes is not None else self.filter(user=user)
