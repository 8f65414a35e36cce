"""The secret address under which a calendar program reads what one's alliances have planned."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.querysets import FeedQuerySet


class CalendarFeed(models.Model):
    """An account's calendar feed (日历订阅): one secret at a time, kept as its digest only, until renewed or closed."""

    user = models.OneToOneField("members.User", models.PROTECT, related_name="calendar_feed")
    digest = models.CharField(max_length=64, unique=True)
    opened_at = models.DateTimeField(_("生成时间"))

    objects = FeedQuerySet.as_manager()

    class Meta:
        verbose_name = _("日历订阅")
        verbose_name_plural = _("日历订阅")

    def __str__(self) -> str:
        return str(self.user)
