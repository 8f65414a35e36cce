"""Days off and make-up days (放假与调休), beyond those that the product ships."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.querysets import HolidayQuerySet


class Holiday(models.Model):
    """A day of a notice on holidays (国务院办公厅放假安排) that an operator has loaded: off, or a make-up working day.

    Read through ``alliances.working_days.Calendar``, where it goes before what the product ships.
    """

    day = models.DateField(_("日期"), unique=True)
    name = models.CharField(_("节日"), max_length=40)
    working = models.BooleanField(_("上班（调休）"))

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("放假安排")
        verbose_name_plural = _("放假安排")
        ordering = ("day",)

    def __str__(self) -> str:
        return f"{self.day} {self.name}"
