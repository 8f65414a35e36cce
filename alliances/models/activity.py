"""What an alliance does together: activities, their sessions, who came, who served."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import ActivityQuerySet, SessionQuerySet
from members.scope import ScopedQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Activity(Stateful):
    """An activity (活动) of an alliance: planned, then held in one or more sessions. ``region`` is the alliance's."""

    class State(models.TextChoices):
        PLANNED = "planned", _("已计划")
        HELD = "held", _("已开展")
        CANCELLED = "cancelled", _("已取消")

    class Kind(models.TextChoices):
        """The five ones (五个一) and what else alliances do; templates, never quotas."""

        FOUNDING_MEETING = "founding_meeting", _("成立大会")
        PARTY_LESSON = "party_lesson", _("书记党课")
        EXCHANGE_VISIT = "exchange_visit", _("交流互访")
        THEME_DAY = "theme_day", _("主题党日")
        MUTUAL_REVIEW = "mutual_review", _("互学互检互评")
        VOLUNTEERING = "volunteering", _("志愿服务")
        OTHER = "other", _("其他活动")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.PLANNED: (State.HELD, State.CANCELLED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, related_name="activities", verbose_name=_("联合体"), db_index=False
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类型"), max_length=20, choices=Kind.choices)
    title = models.CharField(_("主题"), max_length=80)
    host = models.ForeignKey("members.Organization", models.PROTECT, related_name="hosted", verbose_name=_("主办"))
    place = models.CharField(_("地点"), max_length=80, blank=True)
    planned_on = models.DateField(_("计划日期"))
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动")
        verbose_name_plural = _("活动")
        ordering = ("-planned_on", "-id")
        indexes = [
            models.Index(fields=["region", "planned_on"]),
            models.Index(fields=["alliance", "planned_on"]),
            models.Index(fields=["-planned_on", "-id"]),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("activities:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Session(models.Model):
    """One session (场次) of an activity; a day may have several.

    Entered long after the day it is ``late`` and counts once a second person has confirmed it.
    """

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="sessions")
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    held_on = models.DateField(_("开展日期"))
    note = models.TextField(_("记录"), blank=True)
    late = models.BooleanField(_("补录"), default=False)
    recorded_at = models.DateTimeField(_("录入时间"))
    recorded_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("场次")
        verbose_name_plural = _("场次")
        ordering = ("held_on", "id")
        indexes = [
            models.Index(fields=["region", "held_on"]),
            models.Index(fields=["held_on"]),
            # The few whose service records do not count yet: every sum of these leaves them out.
            models.Index(
                fields=["held_on"],
                include=["id"],
                condition=models.Q(late=True, confirmed_at=None),
                name="late_session",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="late_session_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity} {self.held_on}"


class Attendance(models.Model):
    """That a member organisation took part in a session."""

    session = models.ForeignKey(Session, models.CASCADE, related_name="attendances", db_index=False)
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="attendances")

    class Meta:
        verbose_name = _("参加组织")
        verbose_name_plural = _("参加组织")
        constraints = [models.UniqueConstraint(fields=["session", "organization"], name="one_attendance_of_a_session")]

    def __str__(self) -> str:
        return f"{self.organization}"


class ServiceRecord(models.Model):
    """That a Party member served on a day, in a session or for an item: one person-time (人次).

    ``region`` and ``alliance`` are those of the work; ``session`` None = served for an item of a list.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="service_records", db_index=False)
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey("members.PartyMember", models.PROTECT, related_name="service_records")
    session = models.ForeignKey(
        Session, models.PROTECT, null=True, blank=True, related_name="service_records", db_index=False
    )
    served_on = models.DateField(_("服务日期"))
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务记录")
        verbose_name_plural = _("服务记录")
        indexes = [
            models.Index(fields=["region", "served_on"], include=["person", "session"], name="service_by_region"),
            models.Index(fields=["alliance", "served_on"], include=["person", "session"], name="service_by_alliance"),
        ]
        constraints = [models.UniqueConstraint(fields=["session", "person"], name="served_once_a_session")]

    def __str__(self) -> str:
        return f"{self.person} {self.served_on}"
