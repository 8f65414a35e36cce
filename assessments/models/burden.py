"""The ceiling over what the system may ask of a branch in a month (减负上限); the department sets it for itself."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.querysets.burden import BurdenCeilingQuerySet


class BurdenCeiling(models.Model):
    """At most so many fields, requests and messages a month for each Party organisation of the region.

    The nearest region's holds. Passing it blocks nothing: staff see who is above it, and hear of it once a month.
    """

    region = models.OneToOneField("members.Region", models.PROTECT, related_name="burden_ceiling")
    fillings = models.PositiveSmallIntegerField(_("填写项"))
    requests = models.PositiveSmallIntegerField(_("办理要求"))
    messages = models.PositiveSmallIntegerField(_("消息"))
    set_at = models.DateTimeField(_("设定时间"))

    objects = BurdenCeilingQuerySet.as_manager()

    class Meta:
        verbose_name = _("减负上限")
        verbose_name_plural = _("减负上限")
        ordering = ("region_id",)

    def __str__(self) -> str:
        return _("%(region)s的减负上限") % {"region": self.region}

    def get_absolute_url(self) -> str:
        return reverse("burden:list")
