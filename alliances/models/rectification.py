"""Putting an alliance in order (规范整顿): the order, the plan that answers it in parts, the appeal against it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.rectification import PartQuerySet, RectificationAppealQuerySet, RectificationQuerySet
from members.states import Stateful


class Rectification(Stateful):
    """An order to put an alliance's house in order: a term, measures, a plan, a re-check.

    Counts on ``ordered_on``, the day of the second person's approval, unless an appeal has lifted it: then it counts
    on no day. ``ended_on`` is the day from which the alliance was no longer under it, for whatever reason; ``passed``
    says how the last re-check went (None: none yet); ``recheck_on`` is the day that was set for it, if one was.
    ``appeal_until`` is the last day on which the lead may appeal. ``reminded_for`` and ``overdue_for`` are the terms
    about which people have been told.
    """

    class State(models.TextChoices):
        ORDERED = "ordered", _("待报方案")
        ANSWERED = "answered", _("方案待审")
        UNDER_WAY = "under_way", _("整改中")
        READY = "ready", _("待复核")
        PASSED = "passed", _("复核通过")
        LIFTED = "lifted", _("申诉成立，撤销")
        ENDED = "ended", _("随联合体终止")

    OVER = (State.PASSED, State.LIFTED, State.ENDED)
    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ORDERED: (State.ANSWERED, *OVER),
        State.ANSWERED: (State.UNDER_WAY, State.ORDERED, *OVER),
        State.UNDER_WAY: (State.READY, State.ANSWERED, State.ORDERED, *OVER),
        State.READY: (State.UNDER_WAY, State.ORDERED, *OVER),
        State.PASSED: (State.LIFTED,),
        State.ENDED: (State.LIFTED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ORDERED)
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, related_name="rectifications", verbose_name=_("联合体")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("区划"))
    ordered_on = models.DateField(_("下达日期"))
    due_on = models.DateField(_("整顿期限"))
    recheck_on = models.DateField(_("复核日"), null=True, blank=True)
    reason = models.TextField(_("理由"))
    measures = models.TextField(_("整顿措施"), blank=True)
    plan = models.TextField(_("整改方案"), blank=True)
    planned_on = models.DateField(_("方案报送日期"), null=True, blank=True)
    accepted_on = models.DateField(_("方案同意日期"), null=True, blank=True)
    ready_on = models.DateField(_("自查完成日期"), null=True, blank=True)
    ended_on = models.DateField(_("复核日期"), null=True, blank=True)
    passed = models.BooleanField(_("复核通过"), null=True, blank=True)
    appeal_until = models.DateField(_("申诉期限"), null=True, blank=True)
    reminded_for = models.DateField(null=True, blank=True)
    overdue_for = models.DateField(null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RectificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("规范整顿")
        verbose_name_plural = _("规范整顿")
        ordering = ("-ordered_on", "-id")
        indexes = [
            models.Index(fields=["region", "ordered_on"]),
            models.Index(fields=["due_on", "id"]),
            models.Index(fields=["updated_at", "id"]),
        ]
        constraints = [
            models.UniqueConstraint(fields=["alliance"], condition=Q(ended_on=None), name="one_present_rectification"),
            models.CheckConstraint(
                condition=~Q(state__in=("passed", "lifted", "ended")) | Q(ended_on__isnull=False),
                name="ended_rectification_has_its_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alliance} {self.ordered_on}"

    def get_absolute_url(self) -> str:
        return reverse("rectifications:detail", args=[self.pk])


class RectificationPart(models.Model):
    """One part of a plan (整改事项): what is done, who sees to it, until when; ``done_on`` once it is."""

    rectification = models.ForeignKey(Rectification, models.PROTECT, related_name="parts")
    what = models.CharField(_("做什么"), max_length=120)
    who = models.CharField(_("谁负责"), max_length=60)
    due_on = models.DateField(_("完成期限"))
    done_on = models.DateField(_("完成日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PartQuerySet.as_manager()

    class Meta:
        verbose_name = _("整改事项")
        verbose_name_plural = _("整改事项")
        ordering = ("due_on", "id")

    def __str__(self) -> str:
        return self.what

    def get_absolute_url(self) -> str:
        return reverse("rectifications:detail", args=[self.rectification_id])


class RectificationAppeal(Stateful):
    """The lead's appeal (申诉) against an order. The order holds until somebody upholds the appeal.

    ``addressed_to`` is the region whose organisation department decides; the two who decided on the order,
    ``deciders``, never decide on the appeal. A town committee between may forward it with its ``opinion``.
    """

    class State(models.TextChoices):
        LODGED = "lodged", _("已提出")
        FORWARDED = "forwarded", _("已转呈")
        UPHELD = "upheld", _("申诉成立")
        DISMISSED = "dismissed", _("维持原决定")
        WITHDRAWN = "withdrawn", _("已撤回")

    OPEN = (State.LODGED, State.FORWARDED)
    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.LODGED: (State.FORWARDED, State.UPHELD, State.DISMISSED, State.WITHDRAWN),
        State.FORWARDED: (State.UPHELD, State.DISMISSED, State.WITHDRAWN),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.LODGED)
    rectification = models.ForeignKey(
        Rectification, models.PROTECT, related_name="appeals", verbose_name=_("规范整顿")
    )
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="+", verbose_name=_("联合体"))
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+")
    addressed_to = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("受理"))
    deciders = models.ManyToManyField("members.User", related_name="+")
    text = models.TextField(_("申诉理由"), max_length=2000)
    lodged_on = models.DateField(_("申诉日期"))
    opinion = models.TextField(_("转呈意见"), max_length=500, blank=True)
    forwarded_on = models.DateField(_("转呈日期"), null=True, blank=True)
    answer = models.TextField(_("答复"), max_length=1000, blank=True)
    decided_on = models.DateField(_("答复日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RectificationAppealQuerySet.as_manager()

    class Meta:
        verbose_name = _("整顿申诉")
        verbose_name_plural = _("整顿申诉")
        ordering = ("-lodged_on", "-id")
        indexes = [models.Index(fields=["addressed_to", "state"]), models.Index(fields=["region", "state"])]
        constraints = [
            models.UniqueConstraint(
                fields=["rectification"], condition=~Q(state="withdrawn"), name="one_appeal_of_an_order"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance} {self.lodged_on}"

    def get_absolute_url(self) -> str:
        return reverse("rectifications:detail", args=[self.rectification_id])
