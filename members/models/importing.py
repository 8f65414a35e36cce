"""An import (导入): a file that somebody hands in, what was found in it, what it did, so that it can be undone."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.querysets.importing import ImportRunQuerySet
from members.states import Stateful


class ImportRun(Stateful):
    """One file on its way: handed in, checked, confirmed by a person, applied, perhaps undone.

    Its state lies here and nowhere else: a queue only rings the bell, and whoever finds a run without a lease goes on.
    ``kind`` names the importer. ``done`` of ``rows`` tells how far the present stage is. The file, its faults and the
    deeds go after a term; the counts stay.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("等待核对")
        CHECKING = "checking", _("正在核对")
        CHECKED = "checked", _("待确认导入")
        APPLYING = "applying", _("正在导入")
        APPLIED = "applied", _("已导入")
        UNDONE = "undone", _("已撤销导入")
        FAILED = "failed", _("未能导入")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.UPLOADED: (State.CHECKING, State.FAILED),
        State.CHECKING: (State.CHECKED, State.FAILED),
        State.CHECKED: (State.APPLYING,),
        State.APPLYING: (State.APPLIED, State.FAILED),
        State.APPLIED: (State.UNDONE,),
        State.FAILED: (State.UNDONE,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.UPLOADED)
    kind = models.CharField(_("导入内容"), max_length=24)
    by = models.ForeignKey("members.User", models.PROTECT, related_name="+", verbose_name=_("导入人"))
    region = models.ForeignKey("members.Region", models.PROTECT, null=True, related_name="+")
    file_name = models.CharField(_("文件"), max_length=120)
    stored = models.CharField(max_length=80, blank=True)
    digest = models.CharField(_("文件指纹"), max_length=64)
    uploaded_at = models.DateTimeField(_("上传时间"))
    ended_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    rows = models.PositiveIntegerField(_("行数"), default=0)
    done = models.PositiveIntegerField(_("已处理"), default=0)
    new = models.PositiveIntegerField(_("新增"), default=0)
    changed = models.PositiveIntegerField(_("更新"), default=0)
    same = models.PositiveIntegerField(_("不变"), default=0)
    bad = models.PositiveIntegerField(_("有误"), default=0)
    remarks = models.JSONField(_("说明"), default=list, blank=True)
    trouble = models.TextField(_("未能导入的原因"), blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("导入")
        verbose_name_plural = _("导入")
        ordering = ("-id",)
        indexes = [models.Index(fields=["state", "lease_until"]), models.Index(fields=["by", "-id"])]

    def __str__(self) -> str:
        return self.file_name

    @property
    def good(self) -> int:
        """How many rows will change something."""
        return self.new + self.changed

    @property
    def waits(self) -> bool:
        """Whether a worker has it, or should."""
        return self.state in {self.State.UPLOADED, self.State.CHECKING, self.State.APPLYING}

    @property
    def step(self) -> int:
        """Which of the four stages of the way it has reached."""
        early = {self.State.UPLOADED: 2, self.State.CHECKING: 2, self.State.CHECKED: 3, self.State.APPLYING: 3}
        return early.get(self.State(self.state), 4)

    def get_absolute_url(self) -> str:
        return reverse("imports:detail", args=[self.pk])


class ImportFault(models.Model):
    """What is wrong with one cell (or, without ``column``, with a row as a whole), and how to mend it."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="faults")
    row = models.PositiveIntegerField(_("行"))
    letter = models.CharField(max_length=3, blank=True)
    column = models.CharField(_("列"), max_length=40, blank=True)
    value = models.CharField(_("填写的内容"), max_length=60, blank=True)
    wrong = models.CharField(_("问题"), max_length=200)
    mend = models.CharField(_("怎样修改"), max_length=200)

    class Meta:
        verbose_name = _("导入问题")
        verbose_name_plural = _("导入问题")
        ordering = ("row", "id")
        indexes = [models.Index(fields=["run", "row", "id"])]

    def __str__(self) -> str:
        return f"{self.row} {self.column} {self.wrong}"

    @property
    def cell(self) -> str:
        """The cell as Excel names it."""
        return f"{self.letter}{self.row}" if self.letter else str(self.row)


class ImportDeed(models.Model):
    """What an import did to one thing: made it (``before`` None), or changed fields from ``before`` to ``after``."""

    run = models.ForeignKey(ImportRun, models.CASCADE, related_name="deeds")
    row = models.PositiveIntegerField()
    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)

    class Meta:
        verbose_name = _("导入记录")
        verbose_name_plural = _("导入记录")
        ordering = ("id",)
        indexes = [models.Index(fields=["run", "thing_type"])]

    def __str__(self) -> str:
        return f"{self.row} #{self.thing_id}"
