"""A message in a person's inbox (消息). No read receipts: whether or when it was opened is not stored.

``put_away`` is the person's own filing: set by a button, without a time, shown to nobody else, counted in no figure.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.querysets.messages import NoticeQuerySet


class Notice(models.Model):
    """What one person is told about one Step; at most once."""

    step = models.ForeignKey("members.Step", models.CASCADE, related_name="notices", db_index=False)
    user = models.ForeignKey("members.User", models.CASCADE, related_name="notices", db_index=False)
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))
    put_away = models.BooleanField(_("已读"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ("-at", "-id")
        indexes = [
            models.Index(fields=["user", "-at"]),
            models.Index(fields=["user"], condition=models.Q(put_away=False), name="notice_unread"),
        ]
        constraints = [models.UniqueConstraint(fields=["step", "user"], name="one_notice_of_a_step")]

    def __str__(self) -> str:
        return self.text
