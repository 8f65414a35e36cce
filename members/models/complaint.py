"""What people complain of and suggest (投诉与建议), and the department's answer."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.querysets import ComplaintQuerySet


class Complaint(models.Model):
    """A complaint or suggestion; ``region`` decides which department answers it. ``answered_at`` None = waiting."""

    text = models.TextField(_("内容"))
    page = models.CharField(_("所在页面"), max_length=200, blank=True)
    region = models.ForeignKey("members.Region", models.PROTECT, null=True, related_name="+", verbose_name=_("区划"))
    by = models.ForeignKey("members.User", models.PROTECT, related_name="complaints", verbose_name=_("提出人"))
    at = models.DateTimeField(_("提出时间"))
    answer = models.TextField(_("答复"), blank=True)
    answered_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = ComplaintQuerySet.as_manager()

    class Meta:
        verbose_name = _("投诉与建议")
        verbose_name_plural = _("投诉与建议")
        ordering = ("-at", "-id")
        indexes = [models.Index(fields=["region", "-at"])]

    def __str__(self) -> str:
        return self.text[:40]

    def get_absolute_url(self) -> str:
        return reverse("complaints:detail", args=[self.pk])
