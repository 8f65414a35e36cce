"""Whistles (吹哨报到): a community or street calls departments to an item that it cannot solve alone."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.whistle import CallQuerySet, WhistleQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Whistle(Stateful):
    """A call of the ``caller`` to several departments, for one item and for one of three reasons only.

    The caller's head lets it sound (never the person who asked), the called answer (see Call), the caller evaluates
    and with that it is over. ``alliance`` and ``region`` repeat the item's. An item has one whistle at a time; once
    it sounds it hangs on the service item on which the work is done. ``sounded_on`` and ``evaluated_on`` are what
    figures count by.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("待批准")
        TURNED_DOWN = "turned_down", _("未批准")
        SOUNDED = "sounded", _("已吹响")
        REPORTED = "reported", _("待评价")
        EVALUATED = "evaluated", _("已评价")
        CALLED_OFF = "called_off", _("已撤销")

    class Reason(models.TextChoices):
        """The only three for which a whistle may be blown."""

        PRESSING = "pressing", _("超出社区街道能力的急难问题")
        ENFORCEMENT = "enforcement", _("需要多部门联合执法")
        EMERGENCY = "emergency", _("应急处置")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.ASKED: (State.SOUNDED, State.TURNED_DOWN, State.CALLED_OFF),
        State.SOUNDED: (State.REPORTED, State.EVALUATED, State.CALLED_OFF),
        State.REPORTED: (State.EVALUATED, State.SOUNDED, State.CALLED_OFF),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.ASKED)
    item = models.ForeignKey(Item, models.PROTECT, related_name="whistles", verbose_name=_("事项"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="whistles", verbose_name=_("联合体"), db_index=False
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    caller = models.ForeignKey("members.Organization", models.PROTECT, related_name="whistles", verbose_name=_("吹哨"))
    reason = models.CharField(_("吹哨情形"), max_length=12, choices=Reason.choices)
    need = models.TextField(_("要部门做什么"))
    asked_at = models.DateTimeField(_("提出时间"))
    asked_by = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    decided_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    sounded_on = models.DateField(_("吹响日期"), null=True, blank=True)
    evaluated_on = models.DateField(_("评价日期"), null=True, blank=True)
    solved = models.BooleanField(_("是否解决"), null=True, blank=True)
    satisfied = models.BooleanField(_("是否满意"), null=True, blank=True)
    remark = models.TextField(_("评价意见"), blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = WhistleQuerySet.as_manager()

    class Meta:
        verbose_name = _("吹哨")
        verbose_name_plural = _("吹哨")
        ordering = ("-asked_at", "-id")
        indexes = [
            models.Index(fields=["-asked_at", "-id"]),
            models.Index(fields=["region", "sounded_on"]),
            models.Index(fields=["region", "evaluated_on"]),
            models.Index(fields=["alliance", "state"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item"],
                condition=models.Q(state__in=("asked", "sounded", "reported")),
                name="one_whistle_an_item",
            ),
            models.CheckConstraint(
                condition=models.Q(decided_by=None) | ~models.Q(decided_by=models.F("asked_by")),
                name="head_is_not_who_asked",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=("sounded", "reported", "evaluated"))
                | models.Q(sounded_on__isnull=False, decided_by__isnull=False),
                name="sounded_whistle_has_day_and_head",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="evaluated")
                | models.Q(evaluated_on__isnull=False, solved__isnull=False, satisfied__isnull=False),
                name="evaluated_whistle_says_how",
            ),
        ]

    def __str__(self) -> str:
        return self.item.title

    @property
    def number(self) -> str:
        """The human number (编号), e.g. CS-2019-000017."""
        return f"CS-{self.asked_at.year}-{self.pk:06d}"

    def get_absolute_url(self) -> str:
        return reverse("whistles:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Call(Stateful):
    """That one department was called by a whistle, and how it answered: signed for, arrived, reported.

    Whoever is not responsible refuses, and says why and who is (``where_next``). ``arrival`` is a statement in words:
    no position, no picture. ``called_on`` is the day on which the whistle sounded for it; None while it waits for the
    head. ``satisfied`` and ``remark`` are the caller's word on this department.
    """

    class State(models.TextChoices):
        CALLED = "called", _("待签收")
        SIGNED_FOR = "signed_for", _("已签收")
        ARRIVED = "arrived", _("已到场")
        REPORTED = "reported", _("已报告")
        REFUSED = "refused", _("不承担")

    class Role(models.TextChoices):
        LEAD = "lead", _("牵头部门")
        ASSIST = "assist", _("协同部门")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.CALLED: (State.SIGNED_FOR, State.REFUSED),
        State.SIGNED_FOR: (State.ARRIVED, State.REFUSED),
        State.ARRIVED: (State.REPORTED, State.REFUSED),
    }

    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.CALLED)
    whistle = models.ForeignKey(Whistle, models.PROTECT, related_name="calls", verbose_name=_("吹哨"), db_index=False)
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="calls", verbose_name=_("部门"), db_index=False
    )
    role = models.CharField(_("分工"), max_length=8, choices=Role.choices)
    called_on = models.DateField(_("呼叫日期"), null=True, blank=True)
    signed_at = models.DateTimeField(_("签收时间"), null=True, blank=True)
    arrived_at = models.DateTimeField(_("到场说明时间"), null=True, blank=True)
    arrival = models.TextField(_("到场情况"), blank=True)
    reported_at = models.DateTimeField(_("报告时间"), null=True, blank=True)
    report = models.TextField(_("处置报告"), blank=True)
    refused_at = models.DateTimeField(_("说明不承担时间"), null=True, blank=True)
    refusal = models.TextField(_("不承担的理由"), blank=True)
    where_next = models.TextField(_("应当找谁"), blank=True)
    satisfied = models.BooleanField(_("是否满意"), null=True, blank=True)
    remark = models.TextField(_("评价意见"), blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门报到")
        verbose_name_plural = _("部门报到")
        ordering = ("whistle", "-role", "id")
        indexes = [models.Index(fields=["organization", "state"]), models.Index(fields=["called_on"])]
        constraints = [
            models.UniqueConstraint(fields=["whistle", "organization"], name="one_call_a_department"),
            models.UniqueConstraint(
                fields=["whistle"],
                condition=models.Q(role="lead") & ~models.Q(state="refused"),
                name="one_lead_a_whistle",
            ),
            models.CheckConstraint(
                condition=models.Q(state="called") | models.Q(called_on__isnull=False), name="answered_call_was_made"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="refused") | ~models.Q(refusal="") & ~models.Q(where_next=""),
                name="refusal_says_why_and_who",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization} · {self.whistle}"

    def get_absolute_url(self) -> str:
        return self.whistle.get_absolute_url()
