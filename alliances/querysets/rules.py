"""The adjectives of rules and checklists: which of them hold in a place."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from alliances.querysets.scope import OfAllianceQuerySet
from members.models.region import LENGTHS


class RuleSetQuerySet(models.QuerySet):
    def for_region(self, code: str) -> Any:
        """The rules of the nearest region upwards that has its own; else the general ones (no region); else the
        unsaved defaults."""
        upwards = [code[:length] for length in LENGTHS if length <= len(code)]
        own = self.filter(region__in=upwards).order_by("-region_id").first()
        return own or self.filter(region=None).first() or self.model()


class ChecklistRowQuerySet(models.QuerySet):
    def for_region(self, code: str) -> Self:
        """The rows of the nearest region upwards that has a checklist; none where no region has."""
        upwards = [code[:length] for length in LENGTHS if length <= len(code)]
        owner = self.filter(region__in=upwards).order_by("-region_id").values("region_id")[:1]
        return self.filter(region__in=owner)

    def filled(self) -> Self:
        """Which the department has worded."""
        return self.exclude(text="")


class ChecklistMarkQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"
