"""A region's checklist for its alliances, such as Nanyang's 七防八有九落实: rows that the department words."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import ChecklistMarkQuerySet, ChecklistRowQuerySet


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChecklistRow(models.Model):
    """One row of a region's checklist; it holds in the region and beneath. Without text nobody sees it on alliances."""

    region = models.ForeignKey("members.Region", models.PROTECT, related_name="checklist_rows")
    group = models.CharField(_("组别"), max_length=20)
    position = models.PositiveSmallIntegerField(_("次序"))
    text = models.CharField(_("内容"), max_length=120, blank=True)

    objects = ChecklistRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单条目")
        verbose_name_plural = _("清单条目")
        ordering = ("region_id", "position")
        constraints = [models.UniqueConstraint(fields=["region", "position"], name="one_checklist_row_a_position")]

    def __str__(self) -> str:
        return f"{self.group} {self.text}".strip()


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ChecklistMark(models.Model):
    """How an alliance stands with a row, in its lead's own words: never a score."""

    class Standing(models.TextChoices):
        OPEN = "open", _("未开展")
        UNDER_WAY = "under_way", _("推进中")
        IN_PLACE = "in_place", _("已落实")
        NOT_HERE = "not_here", _("不涉及")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="checklist_marks")
    row = models.ForeignKey(ChecklistRow, models.PROTECT, related_name="marks")
    standing = models.CharField(_("情况"), max_length=10, choices=Standing.choices)
    remark = models.CharField(_("说明"), max_length=200, blank=True)
    marked_at = models.DateTimeField(_("登记时间"))
    marked_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = ChecklistMarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("清单登记")
        verbose_name_plural = _("清单登记")
        ordering = ("alliance_id", "row_id")
        constraints = [models.UniqueConstraint(fields=["alliance", "row"], name="one_mark_of_a_row")]

    def __str__(self) -> str:
        return f"{self.alliance} · {self.row} · {self.get_standing_display()}"
