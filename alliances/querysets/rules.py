"""The adjectives of rules and checklists: which of them hold in a place."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import F, OuterRef, Q
from django.db.models.functions import Left

from alliances.querysets.scope import OfAllianceQuerySet
from members.models.region import LENGTHS

TERM_NOTICE = 60
"""So many days before its end a term is said to end soon, where no rule says otherwise."""


class RuleSetQuerySet(models.QuerySet):
    def for_region(self, code: str) -> Any:
        """The rules of the nearest region upwards that has its own; else the general ones (no region); else the
        unsaved defaults."""
        upwards = [code[:length] for length in LENGTHS if length <= len(code)]
        own = self.filter(region__in=upwards).order_by("-region_id").first()
        return own or self.filter(region=None).first() or self.model()

    def over(self, place: str) -> Self:
        """For a subquery: the rules that may hold where the outer row's ``place`` lies, the nearest first."""
        upwards = Q(region=None)
        for length in LENGTHS:
            upwards |= Q(region_id=Left(OuterRef(place), length))
        return self.filter(upwards).order_by(F("region").desc(nulls_last=True))


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
