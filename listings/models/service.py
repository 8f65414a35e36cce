"""The service catalogue (服务目录, 一键式服务): what departments do for people, on which basis, in which steps."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from listings.models.item import Item
from listings.querysets.service import ServiceQuerySet
from members.bigrams import pairs_of
from members.models.organization import masked
from members.states import Stateful


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Service(Stateful):
    """A service item (服务事项) of a department, for everybody who sits in ``region`` or beneath it.

    ``basis``, ``steps`` and ``documents`` hold a line each. A revision is a new ``version`` of the same row; what is no
    longer offered is retired, not deleted. It names a counter and its phone, never a household.
    """

    class State(models.TextChoices):
        CURRENT = "current", _("在用")
        RETIRED = "retired", _("已停用")

    MOVES: ClassVar[dict[str, tuple[str, ...]]] = {
        State.CURRENT: (State.RETIRED,),
    }

    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.CURRENT)
    title = models.CharField(_("服务事项"), max_length=60)
    pinyin = models.CharField(max_length=240, blank=True, db_collation="C", editable=False)
    department = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="services", verbose_name=_("承办部门")
    )
    region = models.ForeignKey("members.Region", models.PROTECT, related_name="+", verbose_name=_("适用地区"))
    grid = models.CharField(_("适用网格"), max_length=60, blank=True)
    category = models.CharField(
        _("分类"), max_length=12, choices=Item.Category.choices, default=Item.Category.OTHER
    )
    basis = models.TextField(_("依据"), max_length=600)
    steps = models.TextField(_("办理步骤"), max_length=1000)
    documents = models.TextField(_("所需材料"), max_length=1000, blank=True)
    wants = models.CharField(_("办理时需要"), max_length=120, blank=True)
    working_days = models.PositiveSmallIntegerField(_("办理时限（工作日）"))
    counter = models.CharField(_("办理窗口"), max_length=80, blank=True)
    phone = models.CharField(_("工作电话"), max_length=20, blank=True)
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    revised_on = models.DateField(_("修订日期"))
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = ServiceQuerySet.as_manager()

    class Meta:
        verbose_name = _("服务事项")
        verbose_name_plural = _("服务目录")
        ordering = ("title", "id")
        indexes = [
            models.Index(fields=["region", "state"]),
            models.Index(fields=["department", "state"]),
            models.Index(fields=["title", "id"]),
            models.Index(fields=["pinyin"]),
            pairs_of("title", "service_title_pairs"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["department", "title"], condition=models.Q(state="current"), name="one_service_a_title"
            ),
            models.CheckConstraint(condition=models.Q(working_days__gte=1), name="service_takes_a_day"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, as every page shows it."""
        return masked(self.phone)

    @property
    def step_lines(self) -> list[str]:
        return self.steps.splitlines()

    @property
    def document_lines(self) -> list[str]:
        return self.documents.splitlines()

    @property
    def basis_lines(self) -> list[str]:
        return self.basis.splitlines()

    def get_absolute_url(self) -> str:
        return reverse("services:detail", args=[self.pk])


class ServiceUse(models.Model):
    """That an item was begun from a service, and from which of its versions."""

    service = models.ForeignKey(Service, models.PROTECT, related_name="uses", verbose_name=_("服务事项"))
    version = models.PositiveSmallIntegerField(_("版本"))
    item = models.OneToOneField(Item, models.PROTECT, related_name="service_use", verbose_name=_("事项"))

    class Meta:
        verbose_name = _("服务目录办件")
        verbose_name_plural = _("服务目录办件")
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.service} · {self.item}"
