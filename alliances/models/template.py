"""Templates of what an alliance does in a year: its own, to be changed freely. Never a quota, never shown as missed."""

from __future__ import annotations

from typing import Any

import pghistory
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from alliances.models.activity import Activity
from alliances.models.alliance import Alliance
from alliances.querysets import TemplateQuerySet


def number(label: Any, most: int, **kwargs: Any) -> Any:
    """A small number from 1 on, or none."""
    within = [MinValueValidator(1), MaxValueValidator(most)]
    return models.PositiveSmallIntegerField(label, null=True, blank=True, validators=within, **kwargs)


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class ActivityTemplate(models.Model):
    """A kind of activity, how often, and about when. ``month`` is counted within the period (None: its first month),
    ``day`` within the month (None: its middle)."""

    class Every(models.TextChoices):
        ONCE = "once", _("一次")
        MONTH = "month", _("每月")
        QUARTER = "quarter", _("每季度")
        HALF_YEAR = "half_year", _("每半年")
        YEAR = "year", _("每年")

    FIVE_ONES = (
        (Activity.Kind.FOUNDING_MEETING, _("成立大会"), Every.ONCE, None, None),
        (Activity.Kind.PARTY_LESSON, _("书记党课"), Every.YEAR, 7, 1),
        (Activity.Kind.EXCHANGE_VISIT, _("交流互访"), Every.MONTH, None, 15),
        (Activity.Kind.THEME_DAY, _("主题党日"), Every.QUARTER, 2, 5),
        (Activity.Kind.MUTUAL_REVIEW, _("互学互检互评"), Every.HALF_YEAR, 6, 20),
    )
    """五个一, from which an alliance may begin: kind, title, how often, month and day."""

    alliance = models.ForeignKey(
        Alliance, models.PROTECT, related_name="activity_templates", verbose_name=_("联合体")
    )
    kind = models.CharField(_("类型"), max_length=20, choices=Activity.Kind.choices)
    title = models.CharField(_("主题"), max_length=60)
    every = models.CharField(_("多久一次"), max_length=10, choices=Every.choices)
    month = number(_("第几个月"), 12, help_text=_("在一个周期里数：每季度填1–3，每半年填1–6，每年填1–12。"))
    day = number(_("几号"), 31)
    place = models.CharField(_("地点"), max_length=80, blank=True)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = TemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("活动模板")
        verbose_name_plural = _("活动模板")
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title
