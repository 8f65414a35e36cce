"""The adjective of voices: they are seen with the application on which they were given."""

from __future__ import annotations

from typing import Any, Self

from django.db import models


class AdmissionVoteQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those on the memberships that the user may see."""
        memberships: Any = self.model._meta.get_field("membership").related_model
        return self.filter(membership__in=memberships._default_manager.visible_to(user))

    def undecided(self) -> Self:
        """On newcomers of whom it is not yet decided."""
        return self.filter(membership__state="asking")
