"""Subscriptions of programs (接口订阅): which events they are told of, and where."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from members.querysets.messages import WebhookQuerySet


class Webhook(models.Model):
    """A client's address, the events that it wants, and the sealed secret with which we sign."""

    client = models.ForeignKey("members.ApiClient", models.PROTECT, related_name="webhooks")
    url = models.URLField(_("地址"), max_length=500)
    events = ArrayField(models.CharField(max_length=40), verbose_name=_("事件"))
    secret = models.TextField()
    created_at = models.DateTimeField(_("创建时间"))
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = WebhookQuerySet.as_manager()

    class Meta:
        verbose_name = _("接口订阅")
        verbose_name_plural = _("接口订阅")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.client} #{self.pk}"
