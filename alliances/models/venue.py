"""Places that members share (阵地), and who has them when."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import BookingQuerySet, VenueQuerySet
from members.states import Stateful

MONTH = (MinValueValidator(1), MaxValueValidator(12))


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Venue(models.Model):
    """A place that a member organisation shares with the alliance (阵地): a service centre, a station, a hall.

    Seasonal ones are open from the first day of ``season_from`` to the last day of ``season_to`` of each year (months;
    11 to 3 runs over the new year). Shared from ``since`` up to the day before ``until``.
    """

    class Kind(models.TextChoices):
        CENTRE = "centre", _("党群服务中心")
        STATION = "station", _("驿站")
        HALL = "hall", _("活动场所")
        OTHER = "other", _("其他阵地")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="venues", verbose_name=_("联合体"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="venues", verbose_name=_("提供单位")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=60)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    seats = models.PositiveSmallIntegerField(_("座位"), null=True, blank=True)
    opening = models.CharField(_("开放时间"), max_length=80, blank=True)
    season_from = models.PositiveSmallIntegerField(_("季节：从"), null=True, blank=True, validators=MONTH)
    season_to = models.PositiveSmallIntegerField(_("季节：至"), null=True, blank=True, validators=MONTH)
    since = models.DateField(_("共享日期"))
    until = models.DateField(_("停止共享日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = VenueQuerySet.as_manager()

    class Meta:
        verbose_name = _("阵地")
        verbose_name_plural = _("阵地")
        ordering = ("kind", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(season_from=None, season_to=None)
                | models.Q(season_from__range=(1, 12), season_to__range=(1, 12)),
                name="season_has_two_months",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("venues:detail", args=[self.pk])

    @property
    def season(self) -> str:
        """The season in words; empty where it is open all the year."""
        if self.season_from is None:
            return ""
        return str(_("每年%(first)s月至%(last)s月")) % {"first": self.season_from, "last": self.season_to}

    def in_season(self, day: date) -> bool:
        """Whether the place is open in that day's month."""
        first, last = self.season_from, self.season_to
        if first is None or last is None:
            return True
        return first <= day.month <= last if first <= last else day.month >= first or day.month <= last


class Booking(Stateful):
    """A member has a venue from ``starts_at`` up to ``ends_at`` of one day (half-open: the next may begin then).

    It stands at once; the owner may refuse it with a reason before it begins.
    """

    class State(models.TextChoices):
        BOOKED = "booked", _("已预约")
        RELEASED = "released", _("已取消")
        REFUSED = "refused", _("未同意")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {State.BOOKED: (State.RELEASED, State.REFUSED)}

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.BOOKED)
    venue = models.ForeignKey(Venue, models.PROTECT, related_name="bookings", verbose_name=_("阵地"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="bookings", verbose_name=_("预约单位")
    )
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    purpose = models.CharField(_("用途"), max_length=80)
    booked_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    refusal = models.CharField(_("不同意的理由"), max_length=500, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = BookingQuerySet.as_manager()

    class Meta:
        verbose_name = _("预约")
        verbose_name_plural = _("预约")
        ordering = ("-starts_at", "-id")
        indexes = [models.Index(fields=["venue", "starts_at"]), models.Index(fields=["organization", "starts_at"])]
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_at__gt=models.F("starts_at")), name="booking_has_a_length"),
            models.UniqueConstraint(
                fields=["venue", "starts_at"], condition=models.Q(state="booked"), name="one_booking_begins_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.venue} · {self.organization}"

    def get_absolute_url(self) -> str:
        return reverse("venues:detail", args=[self.venue_id])
