"""Joint cases (联动办案、专项行动): work of several departments, with measures of its own by period."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.periods import label_of
from listings.querysets.case import CaseQuerySet, RecordQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class JointCase(Stateful):
    """What several departments of an alliance do together over a time: a court's enforcement with the police, posts
    and banks. One of them leads. ``region`` is the alliance's."""

    class State(models.TextChoices):
        UNDER_WAY = "under_way", _("办理中")
        CLOSED = "closed", _("已结束")

    class Kind(models.TextChoices):
        JOINT = "joint", _("联动办案")
        CAMPAIGN = "campaign", _("专项行动")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.UNDER_WAY: (State.CLOSED,)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.UNDER_WAY)
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="cases", verbose_name=_("联合体"))
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    kind = models.CharField(_("类型"), max_length=10, choices=Kind.choices)
    title = models.CharField(_("名称"), max_length=80)
    detail = models.TextField(_("做什么、怎么分工"), blank=True)
    begun_on = models.DateField(_("开始日期"))
    closed_on = models.DateField(_("结束日期"), null=True, blank=True)
    outcome = models.TextField(_("结果"), blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("联动事项")
        verbose_name_plural = _("联动事项")
        ordering = ("-begun_on", "-id")
        indexes = [models.Index(fields=["-begun_on", "-id"]), models.Index(fields=["region", "begun_on"])]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="closed", closed_on__isnull=False)
                | models.Q(state="under_way", closed_on=None),
                name="closed_case_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("cases:detail", args=[self.pk])


class Taking(models.Model):
    """That a member organisation takes part in a joint case; one leads."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="takings")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="takings")
    leads = models.BooleanField(_("牵头"), default=False)
    since = models.DateField(_("参加日期"))

    class Meta:
        verbose_name = _("参加部门")
        verbose_name_plural = _("参加部门")
        ordering = ("case", "-leads", "id")
        constraints = [
            models.UniqueConstraint(fields=["case", "organization"], name="takes_part_once"),
            models.UniqueConstraint(fields=["case"], condition=models.Q(leads=True), name="one_lead_a_case"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.case}"


class Measure(models.Model):
    """What a joint case measures itself by (执结案件, 件): named by the case, with its unit, whole or to the fen."""

    case = models.ForeignKey(JointCase, models.PROTECT, related_name="measures")
    name = models.CharField(_("名称"), max_length=40)
    unit = models.CharField(_("单位"), max_length=8)
    exact = models.BooleanField(_("保留两位小数（金额）"), default=False)

    class Meta:
        verbose_name = _("成效项目")
        verbose_name_plural = _("成效项目")
        ordering = ("case", "id")
        constraints = [models.UniqueConstraint(fields=["case", "name"], name="one_measure_a_name")]

    def __str__(self) -> str:
        return f"{self.name}（{self.unit}）"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Record(models.Model):
    """What one department reached in a period by one measure: the one number that the system cannot count.

    Nothing is edited. A wrong line is taken back by a counter entry (冲正) of the same value with the other sign, which
    names it in ``reverses`` and says why; both stay visible, and neither is ``standing``. Of standing lines there is
    one a measure, department and period.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="records", verbose_name=_("成效项目"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="case_records", verbose_name=_("部门")
    )
    period_from = models.DateField(_("起"))
    period_to = models.DateField(_("止"))
    value = models.DecimalField(_("数值"), max_digits=18, decimal_places=2)
    note = models.CharField(_("依据"), max_length=200, blank=True)
    standing = models.BooleanField(default=True)
    reverses = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="reversed_by")
    reason = models.CharField(_("更正理由"), max_length=500, blank=True)
    at = models.DateTimeField(_("登记时间"))
    by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("成效登记")
        verbose_name_plural = _("成效登记")
        ordering = ("measure", "period_from", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "organization", "period_from", "period_to"],
                condition=models.Q(standing=True),
                name="one_standing_record",
            ),
            models.CheckConstraint(
                condition=models.Q(period_to__gte=models.F("period_from")), name="record_runs_forward"
            ),
            models.CheckConstraint(
                condition=models.Q(reverses=None, value__gte=0) | models.Q(reverses__isnull=False, standing=False),
                name="only_counter_entries_are_negative",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.period_label}"

    @property
    def period_label(self) -> str:
        """The period in words."""
        return label_of(self.period_from, self.period_to)

    def get_absolute_url(self) -> str:
        return self.measure.case.get_absolute_url()
