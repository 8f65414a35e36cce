"""The adjectives of the working calendar's own rows."""

from __future__ import annotations

from datetime import date

from django.db import models


class HolidayQuerySet(models.QuerySet):
    def by_day(self) -> dict[date, bool]:
        """Day -> whether one works on it; of the whole table, which gains some thirty rows a year."""
        return dict(self.values_list("day", "working"))
