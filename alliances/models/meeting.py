"""How an alliance deliberates (议事决策): meetings, what stands on their agenda, who came, what they decided."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import MeetingQuerySet, TopicQuerySet
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Meeting(Stateful):
    """A meeting (会议) of an alliance's members: convened, then held on one day. ``region`` is the alliance's.

    Recorded long after the day it is ``late`` and counts once a second person has confirmed it. Who came is told by
    organisation, afterwards; nobody checks in.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("待召开")
        HELD = "held", _("已召开")
        CANCELLED = "cancelled", _("已取消")

    class Kind(models.TextChoices):
        REGULAR = "regular", _("工作例会")
        CONSULTATION = "consultation", _("联席会商")
        OTHER = "other", _("其他会议")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.PLANNED: (State.HELD, State.CANCELLED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    alliance = models.ForeignKey(
        Alliance, models.PROTECT, related_name="meetings", verbose_name=_("联合体"), db_index=False
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", db_index=False)
    kind = models.CharField(_("类型"), max_length=14, choices=Kind.choices)
    title = models.CharField(_("会议名称"), max_length=80)
    host = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="hosted_meetings", verbose_name=_("主持")
    )
    planned_on = models.DateField(_("日期"))
    begins_at = models.TimeField(_("时间"), null=True, blank=True)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    invitation = models.TextField(_("通知事项"), blank=True)
    held_on = models.DateField(_("召开日期"), null=True, blank=True)
    minutes = models.TextField(_("纪要"), blank=True)
    late = models.BooleanField(_("补录"), default=False)
    recorded_at = models.DateTimeField(_("录入时间"), null=True, blank=True)
    recorded_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    confirmed_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("会议")
        verbose_name_plural = _("会议")
        ordering = ("-planned_on", "-id")
        indexes = [
            models.Index(fields=["region", "held_on"]),
            models.Index(fields=["alliance", "planned_on"]),
            models.Index(fields=["-planned_on", "-id"]),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="held") | models.Q(held_on__isnull=False), name="held_meeting_has_its_day"
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_by=None) | ~models.Q(confirmed_by=models.F("recorded_by")),
                name="late_meeting_confirmed_by_another",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def waits_for_confirmation(self) -> bool:
        """Entered late, and nobody else has vouched for it yet."""
        return self.late and self.confirmed_at is None

    def get_absolute_url(self) -> str:
        return reverse("meetings:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Topic(models.Model):
    """An item of a meeting's agenda (议题), in order, and which member put it there.

    ``first`` is the 第一议题 that a region's rules put before all others: it stays where it is.
    """

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField(_("顺序"))
    title = models.CharField(_("议题"), max_length=80)
    detail = models.TextField(_("说明"), blank=True)
    first = models.BooleanField(_("第一议题"), default=False)
    proposed_by = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="topics", verbose_name=_("提出")
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = _("议题")
        verbose_name_plural = _("议题")
        ordering = ("position", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "position"], name="one_topic_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=models.Q(first=True), name="one_first_topic_of_a_meeting"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MeetingAttendance(models.Model):
    """That a member organisation was at a meeting."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="attendances")
    organization = models.ForeignKey("members.Organization", models.PROTECT, related_name="meetings_attended")

    class Meta:
        verbose_name = _("到会组织")
        verbose_name_plural = _("到会组织")
        constraints = [
            models.UniqueConstraint(fields=["meeting", "organization"], name="one_attendance_of_a_meeting")
        ]

    def __str__(self) -> str:
        return f"{self.organization}"
