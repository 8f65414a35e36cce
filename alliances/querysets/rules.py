"""The adjective of rules: which of them hold in a place."""

from __future__ import annotations

from typing import Any

from django.db import models

from members.models.region import LENGTHS


class RuleSetQuerySet(models.QuerySet):
    def for_region(self, code: str) -> Any:
        """The rules of the nearest region upwards that has its own; else the general ones (no region); else the
        unsaved defaults."""
        upwards = [code[:length] for length in LENGTHS if length <= len(code)]
        own = self.filter(region__in=upwards).order_by("-region_id").first()
        return own or self.filter(region=None).first() or self.model()
