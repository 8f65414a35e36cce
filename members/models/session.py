"""A log-in that lasts (会话): kept in PostgreSQL, listed to its owner, revocable."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils.translation import gettext_lazy as _


class Session(AbstractBaseSession):
    """One browser's session. ``seen_at`` is the last request to the minute and serves the idle limit only."""

    user = models.ForeignKey("members.User", models.CASCADE, null=True, related_name="sessions")
    agent = models.CharField(_("浏览器"), max_length=200, blank=True)
    created_at = models.DateTimeField(_("登录时间"))
    seen_at = models.DateTimeField(_("最近使用"))

    class Meta:
        verbose_name = _("会话")
        verbose_name_plural = _("会话")
        ordering: ClassVar = ["-created_at"]
