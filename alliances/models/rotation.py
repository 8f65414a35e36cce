"""Rotation (轮流主持, 书记轮值): the members take turns to host, exactly one on any day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets.rotation import HostTurnQuerySet, RotationQuerySet, SwapQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Rotation(Stateful):
    """The calendar of an alliance: from which day, how long a turn is, in which ``order`` (ids of organisations).

    While it is a draft the order may be changed; once set, its turns are rows and only swaps change them.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("排定中")
        RUNNING = "running", _("轮值中")
        ENDED = "ended", _("已结束")

    class Unit(models.TextChoices):
        WEEK = "week", _("周")
        MONTH = "month", _("个月")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.DRAFT: (State.RUNNING, State.ENDED),
        State.RUNNING: (State.ENDED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="rotations", verbose_name=_("联合体"))
    starts_on = models.DateField(_("从哪天开始"))
    length = models.PositiveSmallIntegerField(
        _("每期"), default=1, validators=[MinValueValidator(1), MaxValueValidator(24)]
    )
    unit = models.CharField(_("单位"), max_length=5, choices=Unit.choices, default=Unit.MONTH)
    order = models.JSONField(_("次序"), default=list)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = RotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("轮值表")
        verbose_name_plural = _("轮值表")
        ordering = ("-starts_on", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance"], condition=models.Q(state__in=("draft", "running")), name="one_present_rotation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.alliance}轮值表"

    def get_absolute_url(self) -> str:
        return reverse("alliances:rotation", args=[self.alliance_id])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class HostTurn(Stateful):
    """A turn (一期轮值): the organisation hosts from ``since`` up to the day before ``until``.

    The turns of a rotation follow each other without a gap. At most one of an alliance is the present one.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("待轮值")
        PRESENT = "present", _("正在轮值")
        OVER = "over", _("已轮值")
        CANCELLED = "cancelled", _("已取消")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PLANNED: (State.PRESENT, State.CANCELLED),
        State.PRESENT: (State.OVER,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    rotation = models.ForeignKey(Rotation, models.PROTECT, related_name="turns", verbose_name=_("轮值表"))
    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="turns", verbose_name=_("联合体"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="turns", verbose_name=_("轮值组织")
    )
    since = models.DateField(_("起"))
    until = models.DateField(_("止（不含）"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = HostTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("轮值")
        verbose_name_plural = _("轮值")
        ordering = ("since", "id")
        indexes = [models.Index(fields=["organization", "state"]), models.Index(fields=["state", "since"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(until__gt=models.F("since")), name="turn_runs_forward"),
            models.UniqueConstraint(
                fields=["rotation", "since"], condition=~models.Q(state="cancelled"), name="one_turn_begins_a_day"
            ),
            models.UniqueConstraint(fields=["alliance"], condition=models.Q(state="present"), name="one_present_host"),
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.since}"

    @property
    def last_day(self) -> date:
        """The last day on which it hosts."""
        return self.until - timedelta(days=1)

    def get_absolute_url(self) -> str:
        return reverse("alliances:rotation", args=[self.alliance_id])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Swap(Stateful):
    """One host asks another to change turns (调换): both agree, or the other says why not."""

    class State(models.TextChoices):
        PENDING = "pending", _("等待对方答复")
        ACCEPTED = "accepted", _("已调换")
        REFUSED = "refused", _("对方未同意")
        WITHDRAWN = "withdrawn", _("已撤回")
        LAPSED = "lapsed", _("已失效")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.PENDING: (State.ACCEPTED, State.REFUSED, State.WITHDRAWN, State.LAPSED),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PENDING)
    turn = models.ForeignKey(HostTurn, models.PROTECT, related_name="swaps_asked", verbose_name=_("我方"))
    other = models.ForeignKey(HostTurn, models.PROTECT, related_name="swaps_offered", verbose_name=_("对方"))
    asked_by = models.ForeignKey("members.Organization", models.PROTECT, related_name="+", verbose_name=_("提出"))
    asked_of = models.ForeignKey("members.Organization", models.PROTECT, related_name="+", verbose_name=_("对方"))
    asked_at = models.DateTimeField(_("提出时间"))
    reason = models.CharField(_("理由"), max_length=500)
    answer = models.CharField(_("答复"), max_length=500, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = SwapQuerySet.as_manager()

    class Meta:
        verbose_name = _("轮值调换")
        verbose_name_plural = _("轮值调换")
        ordering = ("-asked_at", "-id")
        constraints = [
            models.UniqueConstraint(
                fields=["turn"], condition=models.Q(state="pending"), name="one_swap_asked_at_once"
            ),
            models.CheckConstraint(condition=~models.Q(turn=models.F("other")), name="swap_between_two_turns"),
        ]

    def __str__(self) -> str:
        return f"{self.asked_by} ⇄ {self.asked_of}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:rotation", args=[self.turn.alliance_id])
