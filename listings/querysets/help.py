"""The adjectives of help: whose names one sees."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from members.scope import rights_of


class HelpQuerySet(models.QuerySet):
    def named_to(self, user: Any, claim: Any) -> Self:
        """Of the claim, with names: for the helpers' own organisation only. Others see how many there were."""
        own = self.filter(claim=claim, claim__organization__in=rights_of(user).organizations)
        return own.select_related("person")
