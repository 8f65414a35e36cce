"""A message in a person's inbox (消息). No read receipts: whether it was opened is not stored."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from members.querysets import NoticeQuerySet


class Notice(models.Model):
    """What one person is told about one Step; at most once."""

    step = models.ForeignKey("members.Step", models.CASCADE, related_name="notices")
    user = models.ForeignKey("members.User", models.CASCADE, related_name="notices")
    text = models.CharField(_("内容"), max_length=300)
    url = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(_("时间"))

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("消息")
        verbose_name_plural = _("消息")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["user", "-at"])]
        constraints = [models.UniqueConstraint(fields=["step", "user"], name="one_notice_of_a_step")]

    def __str__(self) -> str:
        return self.text
