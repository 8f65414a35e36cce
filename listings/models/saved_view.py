"""Saved views (保存的视图): a question to the list of items that a person asks again and again, under a name."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.querysets.saved_view import SavedViewQuerySet


class SavedView(models.Model):
    """``query`` is what stands behind the ``?`` of ``look``. With ``organization`` everybody of it sees the view."""

    class Look(models.TextChoices):
        LIST = "list", _("列表")
        BOARD = "board", _("看板")
        CALENDAR = "calendar", _("月历")

    user = models.ForeignKey("members.User", models.PROTECT, related_name="saved_views")
    name = models.CharField(_("名称"), max_length=20)
    look = models.CharField(_("版式"), max_length=8, choices=Look.choices, default=Look.LIST)
    query = models.CharField(_("筛选条件"), max_length=500, blank=True)
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("共享给")
    )
    saved_at = models.DateTimeField(_("保存时间"))
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True, db_default=Now())

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("保存的视图")
        verbose_name_plural = _("保存的视图")
        ordering = ("id",)
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="one_saved_view_a_name")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse(f'items:{self.look}')}?{self.query}"
