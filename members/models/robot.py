"""Robots of a group chat (群机器人): an organisation's or a department's own, in WeCom or DingTalk."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.models.preference import HOURS
from members.querysets.messages import RobotQuerySet


class Robot(models.Model):
    """Where one line a day goes: how many messages wait in the house, never what they say.

    ``address`` and ``secret`` are sealed: whoever holds them can write into the chat. ``ended_at`` None = in use.
    """

    class Kind(models.TextChoices):
        WECOM = "wecom", _("企业微信")
        DINGTALK = "dingtalk", _("钉钉")

    kind = models.CharField(_("平台"), max_length=10, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40)
    organization = models.ForeignKey("members.Organization", models.PROTECT, null=True, blank=True, related_name="+")
    region = models.ForeignKey("members.Region", models.PROTECT, null=True, blank=True, related_name="+")
    address = models.TextField()
    secret = models.TextField(blank=True)
    hour = models.PositiveSmallIntegerField(_("几点以后发"), choices=HOURS, default=9)
    since = models.DateTimeField(_("设置时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = RobotQuerySet.as_manager()

    class Meta:
        verbose_name = _("群机器人")
        verbose_name_plural = _("群机器人")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(organization=None) ^ models.Q(region=None), name="robot_of_one_owner"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("messages:robots")

    @property
    def owner(self) -> Any:
        """The organisation or the region whose messages it counts."""
        return self.organization or self.region
